import type { Entry } from '../model/entry.js';

/** What the timekeeping keeps of a team besides its cells. */
export interface Row {
  readonly id: string;
  readonly entry: Entry;
  driver: string;
  /** Time in the kart of each driver, of stints that are over and laps that are complete, ms. */
  readonly drivenMs: Map<string, number>;
  /** Since when the present driver is on track; null in the pits and before the start. */
  outSinceMs: number | null;
  /** The unfinished lap of the last stint: taken off while the kart stands, given back at the line. */
  heldBack: { driver: string; ms: number } | null;
  /** The last crossing, and the one before it. */
  lastPassMs: number;
  passBeforeMs: number;
  /** The stop that runs: its number, and since when. */
  stop: { number: number; inAtMs: number } | null;
  /** Grows whenever the clock of the row starts anew, so that ticks of the old one know. */
  clockRun: number;
  /** What the provider expects of the next lap, ms; null before the first. */
  expectedMs: number | null;
  /** Sectors of the last whole lap. */
  sectorsMs: readonly number[];
  /** Best time of each sector so far. */
  readonly bestSectorsMs: number[];
  /** Place at the last crossing, to show who gained and lost. */
  place: number;
  /** Place on the grid, from 0. */
  readonly gridPlace: number;
}

export function newRow(id: string, entry: Entry, driver: string, place: number): Row {
  return {
    id,
    entry,
    driver,
    drivenMs: new Map(),
    outSinceMs: null,
    heldBack: null,
    lastPassMs: 0,
    passBeforeMs: 0,
    stop: null,
    clockRun: 0,
    expectedMs: null,
    sectorsMs: [],
    bestSectorsMs: [],
    place,
    gridPlace: place,
  };
}

/** Time in the kart that is shown for the present driver, ms. */
export function shownDrivingMs({ driver, drivenMs, outSinceMs, heldBack }: Row, nowMs: number): number {
  const runningMs = outSinceMs === null ? 0 : nowMs - outSinceMs;
  const heldMs = heldBack?.driver === driver ? heldBack.ms : 0;
  return Math.max(0, (drivenMs.get(driver) ?? 0) + runningMs - heldMs);
}

/** The present driver is out of the kart, or stands: his time so far is booked. */
export function bookDriving(row: Row, atMs: number): void {
  if (row.outSinceMs !== null) row.drivenMs.set(row.driver, (row.drivenMs.get(row.driver) ?? 0) + atMs - row.outSinceMs);
  row.outSinceMs = null;
}
