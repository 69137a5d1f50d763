export type { Choice } from './choice.js';
export { FRAME_FAULTS, withFaults } from './faults/with-faults.js';
export type { FrameFaultChoice } from './faults/with-faults.js';
export { SeededRandom } from './random/seeded-random.js';
export type { SimulatedFrame } from './simulated-frame.js';
export { DIALECTS, RULE_SETS, Simulation } from './simulation.js';
export type { SimulationOptions } from './simulation-options.js';
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
