import type { Action } from '@lts/race-actions';
import type { Column, TableTells } from '../columns.js';
import type { ParserLimits } from '../options.js';
import type { Row } from '../state.js';

/** What rows need to know of the frame and its page, and where they tell what they conclude. */
export interface RowContext {
  /** Stamp of the frame, Unix ms. */
  atMs: number;
  limits: ParserLimits;
  columns: readonly Column[];
  has: TableTells;
  /** A race that the chequered flag has not ended. */
  isRacing: boolean;
  /** Many rows lose laps at once, now or a moment ago. */
  isRollback: boolean;
  tell: (action: Action) => void;
  /** The row holds the best lap of the session: for certain, or if it is faster than the one known. */
  noteBest: (row: Row, timeMs: number, isCertain: boolean) => void;
}

/** Signals of one event may be spread over frames this far apart, ms. */
export const JOIN_MS = 2_000;

/** Whether an event may belong to one before it. A clock that was set back meanwhile does not tell how long ago that was. */
export function isSoonAfter(atMs: number, beforeMs: number): boolean {
  return atMs >= beforeMs && atMs - beforeMs <= JOIN_MS;
}
