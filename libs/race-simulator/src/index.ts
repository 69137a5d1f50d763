export { FRAME_FAULTS, withFaults } from './faults/frame-faults.js';
export { raceOptions } from './race-options.js';
export type { RaceOptions } from './race-options.js';
export type { SimulatedFrame } from './simulated-frame.js';
export { SeededRandom } from './seeded-random.js';
export { SimulatedRace } from './simulated-race.js';
export type { RaceTruth } from './simulated-race.js';
export { DIALECTS, RULE_SETS, Simulation } from './simulation.js';
export type { Choice, SimulationOptions } from './simulation-options.js';
export type {
  FlagTruth,
  GiveLapsTruth,
  KartTruth,
  LapTruth,
  PenaltyTruth,
  ResultTruth,
  SessionTruth,
  Stage,
  StopTruth,
  TruthRecord,
  WithdrawLapsTruth,
} from './truth/truth-record.js';
export type { TrueLap, TrueStop } from './kart.js';
