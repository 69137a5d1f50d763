import { type Place, type StandardMessage, isFrameId, partsOfFrameId, standardMessage } from '@lts/contracts';
import { CompetitionFold, type FoldOutcome, PROVIDERS, type TimingProvider } from '@lts/timing-providers';
import { SeenIds } from './seen-ids.js';
import type { ParserMemory } from './state-record.js';

/** Ids that a stored memory holds: a listener that starts again repeats no more than what was on its way. */
const MOST_STORED_IDS = 5_000;

/** A frame with its identity, whichever way it came. */
export interface ArrivedFrame {
  id: string;
  /** Stamp, Unix ms. */
  atMs: number;
  source: string;
  text: string;
  /** Where it stood, if it came as a message. */
  place?: Place;
}

/** What became of a frame. */
export type Verdict =
  | { kind: 'folded'; counts: FoldOutcome['counts']; actions: number; unknownLines: FoldOutcome['unknownLines'] }
  /** Folded before. */
  | { kind: 'repeat' }
  /** Below a frame that was folded, and new: folding it now would give another state than the race had. */
  | { kind: 'out-of-order' };

const sameEntries = (a: Record<string, string>, b: Record<string, string>): boolean => JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** One competition: the fold over its frames, and what it led to that is not published yet. */
export class CompetitionParser {
  /** Records to publish, in order; a record leaves when the topic has it. */
  readonly outbox: StandardMessage[] = [];
  /** Sentences about the feed that nobody has been told yet. */
  readonly warnings: string[] = [];
  /** The frame of the last `initialize` whose storing has not been waited for; null when there is none. */
  pendingInit: string | null = null;
  private readonly seen = new SeenIds();
  private lastId = '';
  private position: Place | null = null;
  private isPartial = false;
  private foldedSinceStored = 0;
  private state: CompetitionFold;

  /** @param overrides what a person has set, by the names of the parser settings */
  constructor(
    readonly competition: string,
    private overrides: Record<string, string>,
    private readonly providers: readonly TimingProvider[] = PROVIDERS,
  ) {
    this.state = new CompetitionFold(overrides, providers);
  }

  /** Goes on from a stored memory. @throws Error when its state is none of this version */
  static restore(competition: string, overrides: Record<string, string>, memory: ParserMemory, providers: readonly TimingProvider[] = PROVIDERS): CompetitionParser {
    const parser = new CompetitionParser(competition, overrides, providers);
    parser.state = CompetitionFold.restore(memory.state, overrides, providers);
    for (const id of memory.seen) parser.seen.add(id);
    parser.lastId = memory.lastId;
    parser.position = memory.position;
    parser.pendingInit = memory.pendingInit;
    parser.isPartial = memory.partial;
    return parser;
  }

  /** True when the fold began in the middle of the competition: its first frame was not the competition's first. */
  get partial(): boolean {
    return this.isPartial;
  }

  /** Frames folded since `memory` was last taken. */
  get unstored(): number {
    return this.foldedSinceStored;
  }

  /** Place of the last message folded. */
  get lastPlace(): Place | null {
    return this.position;
  }

  /** Everything that is needed to go on after the last frame; the outbox is not part of it. */
  memory(): ParserMemory {
    this.foldedSinceStored = 0;
    return { state: this.state.snapshot(), seen: this.seen.last(MOST_STORED_IDS), lastId: this.lastId, position: this.position, pendingInit: this.pendingInit, partial: this.isPartial };
  }

  /** Folds a frame and puts the record that follows from it into the outbox. */
  fold(frame: ArrivedFrame): Verdict {
    if (this.isBehind(frame.place)) return { kind: 'repeat' };
    this.position = frame.place ?? this.position;
    if (frame.id <= this.lastId) return { kind: this.seen.has(frame.id) ? 'repeat' : 'out-of-order' };
    if (this.lastId === '') this.isPartial = isFrameId(frame.id) && partsOfFrameId(frame.id).counter > 1;
    this.foldedSinceStored += 1;
    this.lastId = frame.id;
    this.seen.add(frame.id);
    const { session, actions, counts, unknownLines, warnings } = this.state.apply({ atMs: frame.atMs, text: frame.text });
    if (actions.length > 0) {
      const identified = actions.map((action, index) => ({ ...action, id: `${frame.id}:${index}` }));
      const data = { frame: frame.id, at_ms: frame.atMs, session, actions: identified };
      this.outbox.push(standardMessage({ id: frame.id, competitionCode: this.competition, source: frame.source, atMs: frame.atMs, data }));
    }
    this.warnings.push(...warnings);
    if (actions.some(({ type }) => type === 'initialize')) this.pendingInit = frame.id;
    return { kind: 'folded', counts, actions: actions.length, unknownLines };
  }

  /** True for a message that stands where the fold has been already. */
  private isBehind(place: Place | undefined): boolean {
    const { position } = this;
    if (place === undefined || position === null) return false;
    return place.topic === position.topic && place.partition === position.partition && BigInt(place.offset) <= BigInt(position.offset);
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
    this.state = CompetitionFold.restore(this.state.snapshot(), overrides, this.providers);
  }
}
