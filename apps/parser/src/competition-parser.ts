import { CompetitionState, type FrameCounts, type UnknownLine } from '@lts/apex-parser';
import { type StandardMessage, standardMessage } from '@lts/contracts';
import { SeenIds } from './seen-ids.js';

/** A frame with its identity, whichever way it came. */
export interface ArrivedFrame {
  id: string;
  /** Stamp, Unix ms. */
  atMs: number;
  source: string;
  text: string;
}

/** What became of a frame. */
export type Verdict =
  | { kind: 'folded'; counts: FrameCounts; actions: number; unknownLines: readonly UnknownLine[] }
  /** Folded before. */
  | { kind: 'repeat' }
  /** Below a frame that was folded, and new: folding it now would give another state than the race had. */
  | { kind: 'out-of-order' };

const sameEntries = (a: Record<string, string>, b: Record<string, string>): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** One competition: the fold over its frames, and what it led to that is not published yet. */
export class CompetitionParser {
  /** Records to publish, in order; a record leaves when the topic has it. */
  readonly outbox: StandardMessage[] = [];
  /** The frame of the last `initialize` whose storing has not been waited for; null when there is none. */
  pendingInit: string | null = null;
  private readonly seen = new SeenIds();
  private lastId = '';

  constructor(
    readonly competition: string,
    private overrides: Record<string, string>,
    private state: CompetitionState = new CompetitionState({ columnOverrides: overrides }),
  ) {}

  /** Folds a frame and puts the record that follows from it into the outbox. */
  fold(frame: ArrivedFrame): Verdict {
    if (frame.id <= this.lastId) return { kind: this.seen.has(frame.id) ? 'repeat' : 'out-of-order' };
    this.lastId = frame.id;
    this.seen.add(frame.id);
    const { session, actions, counts, unknownLines } = this.state.apply({ atMs: frame.atMs, text: frame.text });
    if (actions.length > 0) {
      const identified = actions.map((action, index) => ({ ...action, id: `${frame.id}:${index}` }));
      const data = { frame: frame.id, at_ms: frame.atMs, session, actions: identified };
      this.outbox.push(standardMessage({ id: frame.id, competitionCode: this.competition, source: frame.source, atMs: frame.atMs, data }));
    }
    if (actions.some(({ type }) => type === 'initialize')) this.pendingInit = frame.id;
    return { kind: 'folded', counts, actions: actions.length, unknownLines };
  }

  /** Forgets what is to be published: it has been stored already. */
  discard(): void {
    this.outbox.length = 0;
    this.pendingInit = null;
  }

  /** Columns that a person has set; they count from the next page on. */
  overrideColumns(overrides: Record<string, string>): void {
    if (sameEntries(overrides, this.overrides)) return;
    this.overrides = overrides;
    this.state = CompetitionState.restore(this.state.snapshot(), { columnOverrides: overrides });
  }
}
