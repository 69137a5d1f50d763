/** Stages of a day. */
export type Stage = 'practice' | 'qualifying' | 'race';

/** A session begins; the records after it belong to it. `lengthMs` is null when it is run over `laps`. */
export interface SessionTruth {
  kind: 'session';
  stage: Stage;
  atMs: number;
  lengthMs: number | null;
  laps: number | null;
  entries: readonly { row: string; number: string; team: string; category: string; drivers: readonly string[] }[];
}

/** A lap. `lap` is the official count after it, so numbers repeat after a withdrawal; `closedBy` says which loop ended it. */
export interface LapTruth {
  kind: 'lap';
  row: string;
  lap: number;
  timeMs: number;
  driver: string;
  atMs: number;
  closedBy: 'line' | 'entry' | 'exit';
}

/** A stop, told when it is over; `outAtMs` is null when the session ended or the stop was taken back while it ran. */
export interface StopTruth {
  kind: 'stop';
  row: string;
  stop: number;
  inAtMs: number;
  outAtMs: number | null;
  kartBefore: string;
  kartAfter: string;
  driverBefore: string;
  driverAfter: string;
}

/** The newest `laps` laps (and `stops` stops) of a row count no longer; `official` is the lap count that is left. */
export interface WithdrawLapsTruth {
  kind: 'withdraw-laps';
  row: string;
  laps: number;
  stops: number;
  official: number;
  cause: 'rollback' | 'correction' | 'penalty';
  atMs: number;
}

/** Race control adds `laps` laps without times. */
export interface GiveLapsTruth {
  kind: 'give-laps';
  row: string;
  laps: number;
  official: number;
  atMs: number;
}

export interface PenaltyTruth {
  kind: 'penalty';
  row: string;
  atMs: number;
  /** What it costs; `stop` is a passage through the pit lane. */
  amount: { laps: number } | { seconds: number } | { stop: true };
  reason: string;
}

export interface FlagTruth {
  kind: 'flag';
  flag: 'red' | 'green' | 'yellow' | 'safety-car' | 'chequered';
  atMs: number;
}

/** A physical kart; `quality` in ms a lap against the mean of all, negative is quicker. Told once, at the start. */
export interface KartTruth {
  kind: 'kart';
  kart: string;
  quality: number;
}

/** Final state of one row in one session. */
export interface ResultTruth {
  kind: 'result';
  row: string;
  position: number;
  laps: number;
  bestLapMs: number | null;
  stops: number;
  drivers: readonly { name: string; drivingMs: number }[];
}

/** What really happened, one record per fact, in order of time; instants in Unix ms. */
export type TruthRecord = SessionTruth | LapTruth | StopTruth | WithdrawLapsTruth | GiveLapsTruth | PenaltyTruth | FlagTruth | KartTruth | ResultTruth;
