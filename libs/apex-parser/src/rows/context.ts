import type { Action } from '@lts/race-actions';
import type { ParserLimits } from '../options.js';

/** What rows need to know of the frame and its page, and where they tell what they conclude. */
export interface RowContext {
  /** Stamp of the frame, Unix ms. */
  atMs: number;
  limits: ParserLimits;
  /** The table has a column of laps, of stops, of last laps, of states, of best laps. */
  has: { laps: boolean; stops: boolean; lastLap: boolean; status: boolean; bestLap: boolean };
  /** Many rows lose laps at once, now or a moment ago. */
  isRollback: boolean;
  tell: (action: Action) => void;
}

/** Signals of one event may be spread over frames this far apart, ms. */
export const JOIN_MS = 2_000;
