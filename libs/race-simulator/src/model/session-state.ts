import type { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import type { Pace } from './pace.js';
import type { PitRows } from './pit-rows.js';
import type { Intervention } from './intervention.js';
import type { SessionFrame } from './race-event.js';
import type { RaceRules } from './rules/race-rules.js';
import type { Runner } from './runner.js';
import type { Train } from './safety-car.js';
import type { Standings } from './standings.js';
import type { TeamPlan } from './team-plan.js';

/** All that changes while a session runs, shared by its parts. */
export interface SessionState {
  readonly frame: SessionFrame;
  readonly circuit: Circuit;
  readonly rules: RaceRules;
  readonly plan: TeamPlan;
  readonly pace: Pace;
  readonly rows: PitRows;
  readonly random: SeededRandom;
  readonly runners: readonly Runner[];
  readonly standings: Standings;
  /** What race control will do, in order of time. */
  readonly pending: Intervention[];
  nowMs: number;
  /** When the time runs out, or about when the laps will be done. */
  endMs: number;
  /** Factor on lap times: above 1 while the race is neutralised. */
  slowness: number;
  /** The queue behind the safety car; null when there is none. */
  train: Train | null;
  /** When the race was restarted last after a suspension, or began. */
  restartedAtMs: number;
  /** Whether the chequered flag is out. */
  over: boolean;
  /** The last crossing of the line, to see who follows closely. */
  lastPassMs: number;
}
