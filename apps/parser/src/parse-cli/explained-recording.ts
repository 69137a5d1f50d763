import { type Column, CompetitionState, type ExplainedLine } from '@lts/apex-parser';
import { type RecordedFrame, RecordingIds } from '@lts/recordings';

/** Different unknown lines that are counted one by one; what comes beyond is counted together. */
const MOST_UNKNOWN = 10_000;
const LONGEST_SHOWN = 160;
const WIDEST_RULE = 16;

/** Several files as one recording, looked at line by line: for people who meet a circuit that nobody knows yet. */
export class ExplainedRecording {
  readonly counts = { frames: 0, lines: 0, unknown: 0, noSuchRow: 0, noSuchColumn: 0 };
  private readonly state = new CompetitionState();
  private readonly ids = new RecordingIds();
  private readonly unknown = new Map<string, number>();
  private furtherUnknown = 0;

  /** Folds a frame. @returns its lines with the rule that took each, as text; the columns follow their table */
  explain(recorded: RecordedFrame): string {
    const number = (this.counts.frames += 1);
    const { atMs } = this.ids.identify({ ...recorded, number });
    const { lines } = this.state.explain({ atMs, text: recorded.text });
    for (const line of lines) this.count(line);
    return lines.map((line) => `${number}:${line.index + 1}`.padEnd(10) + line.rule.padEnd(WIDEST_RULE) + shown(line.text) + columnsOf(line)).map((line) => `${line}\n`).join('');
  }

  /** The unknown lines with their counts, those that come most often first. */
  unknownLines(): string {
    const listed = [...this.unknown].sort(([, left], [, right]) => right - left).map(([text, count]) => `${String(count).padStart(8)}  ${text}\n`);
    const rest = this.furtherUnknown > 0 ? `${String(this.furtherUnknown).padStart(8)}  (others, each different from these)\n` : '';
    return listed.join('') + rest;
  }

  private count({ rule, text }: ExplainedLine): void {
    this.counts.lines += 1;
    if (rule === 'no-such-row') this.counts.noSuchRow += 1;
    if (rule === 'no-such-column') this.counts.noSuchColumn += 1;
    if (rule !== 'unknown') return;
    this.counts.unknown += 1;
    const key = shown(text);
    const known = this.unknown.get(key);
    if (known === undefined && this.unknown.size >= MOST_UNKNOWN) this.furtherUnknown += 1;
    else this.unknown.set(key, (known ?? 0) + 1);
  }
}

/** A line as a terminal can show it: cut, and without what would steer the terminal. */
function shown(text: string): string {
  const safe = text.slice(0, LONGEST_SHOWN).replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return text.length > LONGEST_SHOWN ? `${safe} … (${text.length} characters)` : safe;
}

function columnsOf({ columns = [] }: ExplainedLine): string {
  return columns.map((column) => `\n${''.padEnd(10)}  ${columnOf(column)}`).join('');
}

function columnOf({ id, type, label, meaning, labelSays }: Column): string {
  const contradiction = labelSays === null ? '' : `, though its label says ${labelSays}`;
  return `c${id}`.padEnd(5) + (type === '' ? '-' : type).padEnd(7) + `${shown(JSON.stringify(label))}  ${meaning}${contradiction}`;
}
