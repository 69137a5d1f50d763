import type { Action, ActionPayloads } from '@lts/race-actions';
import { CompetitionFold, type FoldOutcome, type TimingProvider } from '@lts/timing-providers';
import type { FrameSink } from '../link/arrivals.js';

const MOST_UNKNOWN_SHOWN = 5;
const MOST_KARTS_SHOWN = 100;
const LONGEST_LINE_SHOWN = 100;
const LABEL_WIDTH = 12;
const SETTING = 'timing-';

/** What came from a circuit, and what of it was understood. */
export class CircuitFindings implements FrameSink {
  readonly isFull = false;
  private readonly fold: CompetitionFold;
  private readonly kinds = new Map<Action['type'], number>();
  private readonly unknownLines: string[] = [];
  /** Headers of columns without a meaning; as many as a table has at most. */
  private readonly freeLabels = new Set<string>();
  private frames = 0;
  private lines = 0;
  private unknown = 0;
  private page: ActionPayloads['initialize'] | null = null;

  constructor(providers: readonly TimingProvider[]) {
    this.fold = new CompetitionFold({}, providers);
  }

  accept(text: string, atMs: number): Promise<void> {
    this.frames += 1;
    const outcome = this.fold.apply({ atMs, text });
    this.count(outcome);
    for (const action of outcome.actions) this.note(action);
    return Promise.resolve();
  }

  get isEmpty(): boolean {
    return this.frames === 0;
  }

  /** Whether a line was understood. */
  get isUnderstood(): boolean {
    return this.lines > this.unknown;
  }

  /** Name of the provider whose feed it is; null while no frame has told. */
  get provider(): string | null {
    return this.fold.snapshot().provider;
  }

  /** Everything as lines for people. */
  report(): string[] {
    const { frames, lines, unknown, unknownLines } = this;
    const received = line('Received', `${count(frames, 'frame')}, ${count(lines, 'line')}: ${lines - unknown} understood, ${unknown} not`);
    const shown = unknownLines.map((text) => line('', JSON.stringify(text)));
    return [received, ...shown, ...this.ofPage(), line('Told', this.told())];
  }

  private ofPage(): string[] {
    const { page } = this;
    if (page === null) return [line('Page', 'none came. Without one, rows and columns are not known; circuits send it at connect, some only with the next session.')];
    const { stage, title1, title2, track, track_length_m: length, ranking, participants, parsers_settings: columns } = page;
    const meanings = Object.entries(columns).map(([name, column]) => `${name.startsWith(SETTING) ? name.slice(SETTING.length) : name} ${column}`);
    const free = [...this.freeLabels].map((label) => JSON.stringify(label)).join(', ');
    return [
      line('Titles', `${JSON.stringify(title1)}, ${JSON.stringify(title2)}: stage ${stage}, ranking by ${ranking}`),
      line('Track', `${track ?? 'not told'}${typeof length === 'number' ? `, ${length} m` : ''}`),
      line('Columns', meanings.length === 0 ? 'none' : meanings.join(', ')),
      ...(free === '' ? [] : [line('', `without a meaning: ${free}`)]),
      line('Karts', `${participants.length}${participants.length === 0 ? '' : ': '}${kartsOf(participants)}`),
    ];
  }

  private told(): string {
    const kinds = [...this.kinds].sort(([, one], [, other]) => other - one).map(([kind, times]) => `${kind} ${times}`);
    return kinds.length === 0 ? 'nothing' : kinds.join(', ');
  }

  private count({ counts, unknownLines }: FoldOutcome): void {
    this.lines += counts.lines;
    this.unknown += counts.unknown;
    for (const { text } of unknownLines) if (this.unknownLines.length < MOST_UNKNOWN_SHOWN) this.unknownLines.push(text.slice(0, LONGEST_LINE_SHOWN));
  }

  private note(action: Action): void {
    this.kinds.set(action.type, (this.kinds.get(action.type) ?? 0) + 1);
    if (action.type === 'update-free-cell') this.freeLabels.add(action.data.label);
    if (action.type !== 'initialize') return;
    this.page = action.data;
    for (const { free_cells: cells } of action.data.participants) for (const { label } of cells ?? []) this.freeLabels.add(label);
  }
}

function line(label: string, text: string): string {
  return `${label.padEnd(LABEL_WIDTH)}${text}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function kartsOf(participants: ActionPayloads['initialize']['participants']): string {
  const shown = participants.slice(0, MOST_KARTS_SHOWN).map(({ number_text: number, team_name: team, driver_name: driver }) => `${number} ${team ?? driver ?? ''}`.trim());
  return shown.join(' · ') + (participants.length > MOST_KARTS_SHOWN ? ' …' : '');
}
