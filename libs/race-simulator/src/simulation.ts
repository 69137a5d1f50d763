import { type Choice, chosen, listed } from './choice.js';
import { Day } from './model/day.js';
import { ruleSets } from './model/rules/rule-sets.js';
import { SeededRandom } from './random/seeded-random.js';
import type { SimulatedFrame } from './simulated-frame.js';
import type { SimulationOptions } from './simulation-options.js';
import type { TruthRecord } from './truth/truth-record.js';
import { TruthTeller } from './truth/truth-teller.js';
import { dialects } from './wire/dialects/dialects.js';
import { Feed } from './wire/feed.js';
import { rowIds } from './wire/row-id.js';

const HOUR_MS = 3_600_000;

/** Dialects of the wire: how a circuit's installation writes the feed, and what its track is like. */
export const DIALECTS: readonly Choice[] = listed(dialects);

/** Rules of real events, with their figures. */
export const RULE_SETS: readonly Choice[] = listed(ruleSets);

/**
 * A day of racing that knows the truth. The model decides what happens, the feed writes it as one circuit's installation
 * would, and the truth keeps what really happened; the same seed gives the same bytes.
 */
export class Simulation {
  private readonly day: Day;
  private readonly feed: Feed;
  private readonly teller: TruthTeller;
  private truth: TruthRecord[];

  /** @throws Error that lists the known names when there is no such dialect or rule set */
  constructor(options: SimulationOptions) {
    const { seed, hours, teams, startMs, day, eventful } = options;
    const dialect = chosen('dialect', options.dialect, dialects);
    const rules = chosen('rule set', options.rules, ruleSets);
    const random = new SeededRandom(seed);
    const byLaps = dialect.clock === 'laps';
    this.day = new Day({ circuit: dialect.circuit, rules, teams, raceMs: hours * HOUR_MS, byLaps, startMs, withTrials: day, eventful, random: random.fork('day') });
    this.feed = new Feed(dialect, random.fork('feed'));
    this.teller = new TruthTeller(rowIds(dialect));
    this.truth = this.teller.karts(this.day.karts);
  }

  /** Frames in order of time, made as they are taken. Can be run once. */
  *frames(): Generator<SimulatedFrame> {
    for (const event of this.day.events()) {
      yield* this.feed.tell(event);
      this.truth.push(...this.teller.tell(event));
    }
    yield* this.feed.end();
  }

  /** What a client is sent that joins now, after the last frame that was taken; null before there is a page. Written on each call. */
  page(): string | null {
    return this.feed.page();
  }

  /** The records of what has happened since the last call; until then they are kept. */
  takeTruth(): TruthRecord[] {
    const { truth } = this;
    this.truth = [];
    return truth;
  }
}
