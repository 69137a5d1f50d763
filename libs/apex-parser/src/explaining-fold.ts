import { type Column, type ColumnMeaning, columnOf } from './columns.js';
import { FrameFold } from './frame-fold.js';
import { type KeywordRule, type Line, ruleOfTarget, splitLine } from './line.js';
import { type MarkRule, ruleOfMark } from './rows/row-frame.js';
import type { State } from './state.js';

/**
 * The rule that takes a line, as docs/protocol.md names it: that of a keyword, of a mark, of a cell by what its column
 * tells, of a header cell, or none because the row, the column or the line itself is not known.
 */
export type Rule = KeywordRule | MarkRule | ColumnMeaning | 'header' | 'no-such-row' | 'no-such-column' | 'unknown';

/** A line, its 0-based place in the frame, and the rule that took it. */
export interface ExplainedLine {
  index: number;
  text: string;
  rule: Rule;
  /** Columns of the table, as they are understood from this line on; only with the rule `table`. */
  columns?: readonly Column[];
}

/** A fold that notes which rule takes each line, for people who look into a feed; the usual one knows nothing of it. */
export class ExplainingFold extends FrameFold {
  readonly lines: ExplainedLine[] = [];

  override takeLine(text: string, index: number): void {
    const { unknown } = this.counts;
    const rule = ruleOf(text, this.state);
    super.takeLine(text, index);
    const isKnown = this.counts.unknown === unknown;
    this.lines.push({ index, text, rule: isKnown ? rule : 'unknown', ...(isKnown && rule === 'table' ? { columns: this.state.columns } : {}) });
  }
}

function ruleOf(text: string, state: State): Rule {
  const line = splitLine(text);
  if (line === null) return 'unknown';
  return ruleOfTarget(line.target) ?? ruleOfRow(line, state);
}

function ruleOfRow({ target, cls }: Line, { rows, columns }: State): Rule {
  const cell = target.indexOf('c');
  if (target.startsWith('r0c')) return columnOf(columns, Number(target.slice(3))) === undefined ? 'no-such-column' : 'header';
  if (rows.get(cell === -1 ? target : target.slice(0, cell))?.present !== true) return 'no-such-row';
  if (cell === -1) return ruleOfMark(cls) ?? 'unknown';
  return columnOf(columns, Number(target.slice(cell + 1)))?.meaning ?? 'no-such-column';
}
