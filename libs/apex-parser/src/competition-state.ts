import { ColumnBook } from './columns.js';
import { type ExplainedLine, ExplainingFold } from './explaining-fold.js';
import { LogBook } from './events/race-control.js';
import type { Frame, FrameOutcome } from './frame.js';
import { type FoldOptions, FrameFold } from './frame-fold.js';
import { eachLine } from './line.js';
import { DEFAULT_LIMITS, type ParserOptions } from './options.js';
import { awaitsLaps } from './rows/laps.js';
import { awaitsStops } from './rows/stops.js';
import { StageBook, stageWordsOf } from './stage.js';
import { type StateDocument, stateDocument } from './state-document.js';
import { type Row, type State, newState } from './state.js';

/** Rises with every change of the state's shape; snapshots of another version are not read. */
const VERSION = 3;

/** Plain data that holds everything the fold needs; only `CompetitionState.restore` reads it. */
export interface Snapshot {
  version: typeof VERSION;
  state: Omit<State, 'rows'> & { rows: Row[] };
}

/**
 * The fold over all frames of one competition: what the feed has said so far, and what each frame adds to it.
 *
 * Guarantees: the same frames give the same actions; no text makes it throw; a snapshot taken at any frame, restored,
 * goes on as if nothing had happened. Memory is bounded by `ParserLimits`.
 */
export class CompetitionState {
  private state: State = newState();
  private readonly undecided = new Set<Row>();
  private readonly options: FoldOptions;

  constructor(options: ParserOptions = {}) {
    const settings = options.columnOverrides ?? {};
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.options = { limits, columns: new ColumnBook(settings), stages: new StageBook(stageWordsOf(settings)), log: new LogBook(limits) };
  }

  /** Continues from a snapshot. @throws Error when it is none of this version */
  static restore(snapshot: unknown, options: ParserOptions = {}): CompetitionState {
    if (!isSnapshot(snapshot)) throw new Error('This is no snapshot of the parser, or one of another version.');
    const restored = new CompetitionState(options);
    const { rows, ...rest } = structuredClone(snapshot.state);
    restored.state = { ...rest, rows: new Map(rows.map((row) => [row.code, row])) };
    for (const row of rows) if (awaitsLaps(row) || awaitsStops(row)) restored.undecided.add(row);
    return restored;
  }

  /** Folds one frame; frames must come in the order in which they were received. */
  apply(frame: Frame): FrameOutcome {
    return this.run(frame, new FrameFold(this.state, frame.atMs, this.undecided, this.options));
  }

  /** As `apply`, and says which rule took each line that is not blank; takes longer. */
  explain(frame: Frame): { outcome: FrameOutcome; lines: ExplainedLine[] } {
    const fold = new ExplainingFold(this.state, frame.atMs, this.undecided, this.options);
    const outcome = this.run(frame, fold);
    return { outcome, lines: fold.lines };
  }

  private run(frame: Frame, fold: FrameFold): FrameOutcome {
    fold.begin();
    eachLine(frame.text, (text, index) => fold.takeLine(text, index));
    const actions = fold.finish();
    const { isInit, counts, unplaced, unknownLines, warnings } = fold;
    return { session: this.state.session, isInit, actions, counts, unplaced, unknownLines, warnings };
  }

  /** A copy of everything, as plain JSON. */
  snapshot(): Snapshot {
    const { rows, ...rest } = this.state;
    return structuredClone({ version: VERSION, state: { ...rest, rows: [...rows.values()] } });
  }

  /** What the feed has said so far, as a document. */
  view(): StateDocument {
    return stateDocument(this.state);
  }
}

function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'version' in value && value.version === VERSION && 'state' in value && hasRows(value.state);
}

function hasRows(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'rows' in state && Array.isArray(state.rows);
}
