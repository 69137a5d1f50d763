import type { Action, ActionPayloads, ActionType } from '@lts/race-actions';
import { CompetitionState, type FrameOutcome, type ParserOptions, type StateDocument } from '../src/index.js';

/** Columns of an endurance race, and of a sprint, whose table counts no laps and no stops. */
export const RACE = ['grp', 'sta', 'rk', 'no', 'dr', 'tlp', 'llp', 'gap', 'int', 'blp', 'otr', 'pit'];
export const SPRINT = ['sta', 'rk', 'no', 'dr', 'llp', 'gap', 'blp'];

/** Text of a cell, or its class and text. */
export type InventedCell = string | readonly [cssClass: string, text: string];

/** A row of an invented page: its id, and its cells by column type. */
export interface InventedRow {
  code: string;
  place?: number;
  cells?: Record<string, InventedCell>;
}

/** An invented page; what is left out is that of a running race. */
export interface InventedPage {
  letter?: string;
  title1?: string;
  title2?: string;
  light?: string;
  columns?: readonly string[];
  rows?: readonly InventedRow[];
}

export const THREE_TEAMS: readonly InventedRow[] = [
  { code: 'r11', cells: { no: '7', dr: ['dr', 'NORTH WIND'] } },
  { code: 'r12', cells: { no: '21', dr: ['dr', 'SLOW FOXES'] } },
  { code: 'r13', cells: { no: '30', dr: ['dr', '24H OWLS'] } },
];

/** The table of a page, as one line. */
export function gridOf(columns: readonly string[], rows: readonly InventedRow[]): string {
  const header = columns.map((type, index) => `<td data-id="c${index + 1}" data-type="${type}" data-pr="1">${type}</td>`).join('');
  const body = rows.map((row, index) => {
    const place = String(row.place ?? index + 1);
    const cells = columns.map((type, column) => cellOf(row.code, type, column + 1, row.cells?.[type] ?? (type === 'rk' ? place : ''))).join('');
    return `<tr data-id="${row.code}" data-pos="${place}">${cells}</tr>`;
  });
  return `grid||<tbody><tr data-id="r0" class="head" data-pos="0">${header}</tr>${body.join('')}</tbody>`;
}

function cellOf(code: string, type: string, column: number, cell: InventedCell): string {
  const [cssClass, text] = typeof cell === 'string' ? ['in', cell] : cell;
  const id = `data-id="${code}c${column}" class="${cssClass}"`;
  if (type === 'rk') return `<td class="rk"><div><p ${id}>${text}</p></div></td>`;
  if (type === 'no') return `<td class="no"><div ${id}>${text}</div></td>`;
  return `<td ${id}>${text}</td>`;
}

/** A page as one frame. */
export function pageOf({ letter = 'r', title1 = 'WINTER CUP', title2 = 'CARRERA', light = 'lg', columns = RACE, rows = THREE_TEAMS }: InventedPage = {}): string {
  return [`init|${letter}|`, 'best|hide|', `title1||${title1}`, `title2||${title2}`, `light|${light}|`, 'track||RING (900m)', 'com||', gridOf(columns, rows), 'msg||', ''].join('\n');
}

/** Sends invented frames to a parser, and knows the time of each. */
export class InventedFeed {
  atMs = 1_700_000_000_000;
  state: CompetitionState;
  readonly opening: FrameOutcome;

  constructor(
    private readonly page: InventedPage = {},
    private readonly options: ParserOptions = {},
  ) {
    this.state = new CompetitionState(options);
    this.opening = this.state.apply({ atMs: this.atMs, text: pageOf(page) });
  }

  /** Folds the lines as one frame that comes `afterMs` after the one before. */
  send(lines: string | readonly string[], afterMs = 1_000): FrameOutcome {
    this.atMs += afterMs;
    return this.state.apply({ atMs: this.atMs, text: typeof lines === 'string' ? lines : lines.join('\n') });
  }

  /** The update of one cell, e.g. `cell('r11', 'tlp', '4')`. */
  cell(code: string, type: string, cell: InventedCell): string {
    const [cssClass, text] = typeof cell === 'string' ? ['in', cell] : cell;
    return `${code}c${(this.page.columns ?? RACE).indexOf(type) + 1}|${cssClass}|${text}`;
  }

  /** The lines of a row that completes a lap. */
  lap(code: string, lap: number, time: string): string[] {
    const counts = (this.page.columns ?? RACE).includes('tlp');
    return [this.cell(code, 'sta', ['sr', '']), ...(counts ? [this.cell(code, 'tlp', String(lap))] : []), this.cell(code, 'llp', ['tn', time]), `${code}|*|60000|`];
  }

  /** The lines of a row that enters the pit lane for its nth stop. */
  pitIn(code: string, stop: number): string[] {
    return [this.cell(code, 'sta', ['si', '']), this.cell(code, 'otr', ['to', '00.']), this.cell(code, 'pit', String(stop)), `${code}|*in|0`];
  }

  pitOut(code: string): string[] {
    return [this.cell(code, 'sta', ['so', '']), `${code}|*out|0`];
  }

  /** Goes on with a parser restored from what the present one remembers, by way of JSON text. */
  restore(): void {
    const stored: unknown = JSON.parse(JSON.stringify(this.state.snapshot()));
    this.state = CompetitionState.restore(stored, this.options);
  }

  row(code: string): StateDocument['rows'][number] {
    const row = this.state.view().rows.find((candidate) => candidate.code === code);
    if (row === undefined) throw new Error(`There is no row ${code}.`);
    return row;
  }

  laps(code: string): StateDocument['lapList'] {
    return this.state.view().lapList.filter((lap) => lap.code === code);
  }

  stops(code: string): StateDocument['stopList'] {
    return this.state.view().stopList.filter((stop) => stop.code === code);
  }
}

/** Payloads of the actions of one kind, in order. */
export function payloads<T extends ActionType>(outcome: FrameOutcome, type: T): ActionPayloads[T][] {
  const isOfType = (action: Action): action is Extract<Action, { type: T }> => action.type === type;
  return outcome.actions.filter(isOfType).map(({ data }) => data as ActionPayloads[T]);
}

export function typesOf({ actions }: FrameOutcome): ActionType[] {
  return actions.map(({ type }) => type);
}
