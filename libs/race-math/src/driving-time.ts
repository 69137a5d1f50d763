import type { RowState } from './session-state.js';
import { stintsOf } from './stints.js';

/** Driving time of one driver, ms. */
export interface DrivingTime {
  driver: string;
  stints: number;
  laps: number;
  /** Time on track in all stints, by the row's own passages of the pit lane. */
  totalMs: number;
  /** In the running stint; null for who is not in the kart. */
  stintMs: number | null;
  /** Since the driver last got out; null for who is in the kart, or never drove. */
  restMs: number | null;
  /** What the feed itself says, in whole minutes; null where it says nothing. */
  toldMs: number | null;
}

/**
 * Driving time of each driver of a row, by name, at an instant.
 *
 * @param nowMs Unix ms
 */
export function drivingTimes(row: RowState, nowMs: number): DrivingTime[] {
  const times = new Map<string, DrivingTime>();
  for (const { driver, laps, trackMs, fromMs, toMs } of stintsOf(row, nowMs)) {
    if (driver === null) continue;
    const known = times.get(driver) ?? { driver, stints: 0, laps: 0, totalMs: 0, stintMs: null, restMs: null, toldMs: row.toldDrivingMs[driver] ?? null };
    const isRunning = toMs === null;
    times.set(driver, {
      ...known,
      stints: known.stints + 1,
      laps: known.laps + laps,
      totalMs: known.totalMs + (trackMs ?? 0),
      stintMs: isRunning && fromMs !== null ? nowMs - fromMs : null,
      restMs: toMs === null ? null : Math.max(0, nowMs - toMs),
    });
  }
  return [...times.values()].sort((a, b) => (a.driver < b.driver ? -1 : 1));
}
