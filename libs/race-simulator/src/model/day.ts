import type { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import { entryList, kartPool } from './field.js';
import type { Kart } from './entry.js';
import type { RaceEvent, SessionFrame } from './race-event.js';
import { raceRules } from './rules/race-rules.js';
import type { RuleSet } from './rules/rule-set.js';
import { Session } from './session.js';

/** A day at a circuit. */
export interface DayPlan {
  circuit: Circuit;
  rules: RuleSet;
  teams: number;
  raceMs: number;
  /** Run over laps instead of time: as many as fit into `raceMs`. */
  byLaps: boolean;
  /** When the race goes green. */
  startMs: number;
  /** Practice and qualifying before the race. */
  withTrials: boolean;
  eventful: boolean;
  random: SeededRandom;
}

const MINUTE_MS = 60_000;
const PRACTICE = { beforeMs: 90 * MINUTE_MS, lengthMs: 20 * MINUTE_MS };
const QUALIFYING = { beforeMs: 45 * MINUTE_MS, lengthMs: 15 * MINUTE_MS };

/** Practice, qualifying and race, or the race alone. The order of qualifying is the grid of the race. */
export class Day {
  readonly karts: readonly Kart[];

  constructor(private readonly day: DayPlan) {
    const { teams, rules, circuit, random } = day;
    this.karts = kartPool(teams, rules, circuit, random.fork('karts'));
  }

  /** What happens, in order of time. Can be run once. */
  *events(): Generator<RaceEvent> {
    const { teams, rules, circuit, random } = this.day;
    let grid = entryList(teams, rules, circuit, random.fork('entries'));
    for (const frame of this.sessions()) {
      const lengthMs = frame.lengthMs ?? this.day.raceMs;
      const { eventful } = this.day;
      const isRace = frame.stage === 'race';
      const session = new Session({ frame, circuit, rules: raceRules(rules, lengthMs, eventful && isRace), grid, karts: this.karts, eventful, random: random.fork(frame.stage) });
      yield* session.events();
      grid = session.order;
    }
  }

  private sessions(): SessionFrame[] {
    const { startMs, raceMs, byLaps, circuit, withTrials } = this.day;
    const laps = byLaps ? Math.max(3, Math.round(raceMs / circuit.lapMs)) : null;
    const race: SessionFrame = { stage: 'race', ranking: 'laps', greenAtMs: startMs, lengthMs: byLaps ? null : raceMs, laps };
    if (!withTrials) return [race];
    const trial = (stage: 'practice' | 'qualifying', { beforeMs, lengthMs }: typeof PRACTICE): SessionFrame => ({ stage, ranking: 'best', greenAtMs: startMs - beforeMs, lengthMs, laps: null });
    return [trial('practice', PRACTICE), trial('qualifying', QUALIFYING), race];
  }
}
