import type { SessionFacts } from '@lts/race-actions';
import type { Crossings } from './crossings.js';
import type { LapFact, StopFact } from './facts.js';
import type { FlagSpan } from './neutralisations.js';
import { type RunningMedian, newRunningMedian } from './running-median.js';

/** Everything known of one row in one session; plain data, so that it can be stored and restored. */
export interface RowState {
  code: string;
  laps: LapFact[];
  stops: StopFact[];
  crossings: Crossings;
  driver: string | null;
  /** Start of the first stint: when the race began for this row, as far as was seen, Unix ms. */
  startedAtMs: number | null;
  /** When it took the flag. */
  finishedAtMs: number | null;
  position: number;
  /** Time in the lead up to the last change of it, ms. */
  ledMs: number;
  /** Deviations of the stint's laps from the field. */
  deviations: RunningMedian;
  /** Typical deviation of the stint before, ms. */
  formerDeviationMs: number | null;
  /** Passages through the pit lane that race control has asked for and that were not driven yet. */
  passagesDue: number;
  /** Best lap as the feed states it, ms. */
  toldBestMs: number | null;
  /** Driving time by name as the feed states it, ms. */
  toldDrivingMs: Record<string, number>;
}

/** One session; plain data. */
export interface SessionState {
  session: number;
  facts: SessionFacts | null;
  rows: Record<string, RowState>;
  flags: FlagSpan[];
  /** Times of the field's newest laps. */
  field: RunningMedian;
  /** The same under neutralisation. */
  neutralField: RunningMedian;
  leader: string | null;
  leadsSinceMs: number;
  /** Race time of the newest frame, Unix ms. */
  atMs: number;
}

export function newSession(session: number): SessionState {
  return { session, facts: null, rows: {}, flags: [], field: newRunningMedian(), neutralField: newRunningMedian(), leader: null, leadsSinceMs: 0, atMs: 0 };
}

export function newRow(code: string): RowState {
  return {
    code,
    laps: [],
    stops: [],
    crossings: { from: 0, atMs: [] },
    driver: null,
    startedAtMs: null,
    finishedAtMs: null,
    position: 0,
    ledMs: 0,
    deviations: newRunningMedian(),
    formerDeviationMs: null,
    passagesDue: 0,
    toldBestMs: null,
    toldDrivingMs: {},
  };
}

/** The row of a code, made when it is new. */
export function rowOf(session: SessionState, code: string): RowState {
  return (session.rows[code] ??= newRow(code));
}
