import type { Entry, Kart } from './entry.js';

export type Stage = 'practice' | 'qualifying' | 'race';
export type Flag = 'red' | 'green' | 'yellow' | 'safety-car' | 'chequered';

/** How a session is to be run. */
export interface SessionFrame {
  stage: Stage;
  /** By best lap, or by laps and then time. */
  ranking: 'best' | 'laps';
  /** When it goes green, Unix ms. */
  greenAtMs: number;
  /** Planned length; null when it is run over `laps`. */
  lengthMs: number | null;
  laps: number | null;
}

/** Who starts in what. */
export interface LineUp {
  entry: Entry;
  driver: string;
  kart: Kart;
}

interface At {
  /** When it happens, Unix ms. */
  atMs: number;
}
interface Of {
  entry: Entry;
}

/** The table is opened, under red; `lineUps` in the order of the grid. */
export type SessionBegins = At & { kind: 'session-begins'; frame: SessionFrame; lineUps: readonly LineUp[] };

/** `endAtMs` is when the time runs out, as known now; null when the session is run over laps. */
export type FlagShown = At & {
  kind: 'flag';
  flag: Flag;
  why: 'before-start' | 'start' | 'slow' | 'suspended' | 'restart' | 'finish';
  endAtMs: number | null;
};

/** Over the line without a lap: at the start, after a restart from the grid, or the first time out of the pits. */
export type FirstPassage = At & Of & { kind: 'first-passage' };

/** Past an intermediate loop, counted from 1; `timeMs` since the loop before. */
export type SectorDone = At & Of & { kind: 'sector'; sector: number; timeMs: number };

/**
 * A lap is complete. `number` is the official count with it; `sectors` hold the times of the loops that were passed, the last
 * one up to the end of the lap; `finish` marks the lap that ends the session for this team.
 */
export type LapDone = At & Of & {
  kind: 'lap';
  number: number;
  timeMs: number;
  sectors: readonly number[];
  driver: string;
  closedBy: 'line' | 'exit' | 'entry';
  finish: boolean;
};

export type StopReason = 'change' | 'penalty' | 'repair';
export type PitIn = At & Of & { kind: 'pit-in'; stop: number; why: StopReason };
/** `inAtMs` is null for a kart that leaves the pits for the first time in a session. */
export type PitOut = At & Of & { kind: 'pit-out'; inAtMs: number | null };
export type DriverChange = At & Of & { kind: 'driver-change'; before: string; after: string };
export type KartChange = At & Of & { kind: 'kart-change'; before: Kart; after: Kart };

/** What a penalty costs: laps, seconds on the next stop, or a passage through the pit lane. */
export type PenaltyAmount = { laps: number } | { seconds: number } | { stop: true };
export type PenaltyReason = 'contact' | 'yellow-flag' | 'pit-too-short' | 'stint-too-long' | 'pit-closed' | 'stop-missing' | 'seconds-not-served';
export type Penalty = At & Of & { kind: 'penalty'; amount: PenaltyAmount; reason: PenaltyReason };

/** `pitMs` where the warning is about the time in the pit lane. */
export type Warning = At & Of & { kind: 'warning'; about: 'pit-speed' | 'pit-time' | 'driving'; pitMs: number | null; lap: number };

/** Race control changes counts. Negative `laps` take the newest ones back, positive ones come without times; `stops` likewise. */
export type Correction = At & { kind: 'correction'; cause: 'rollback' | 'judgement'; changes: readonly { entry: Entry; laps: number; stops: number }[] };

/** A kart stands on the track; `final` when it will not go on. */
export type Breakdown = At & Of & { kind: 'breakdown'; final: boolean };

/** Final state of one team; `stops` as counted. */
export type Result = At & Of & { kind: 'result'; position: number; laps: number; bestLapMs: number | null; stops: number; drivers: readonly { name: string; drivingMs: number }[] };

/** Results are out; nothing more happens in this session. */
export type SessionEnds = At & { kind: 'session-ends' };

/** All that can happen, in order of time. */
export type RaceEvent =
  | SessionBegins
  | FlagShown
  | FirstPassage
  | SectorDone
  | LapDone
  | PitIn
  | PitOut
  | DriverChange
  | KartChange
  | Penalty
  | Warning
  | Correction
  | Breakdown
  | Result
  | SessionEnds;
