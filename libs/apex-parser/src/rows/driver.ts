import type { Row } from '../state.js';
import type { RowContext } from './context.js';
import type { RowFrame } from './row-frame.js';

/** Drivers of a row whose driving time is remembered; further ones are told without it. */
const MOST_DRIVERS = 50;

/**
 * Tells of another driver, and of driving time that has grown. The clock shows whole minutes and falls back by one or
 * two around a stop; only a new highest value is told.
 */
export function settleDriver({ row, driver }: RowFrame, context: RowContext): void {
  if (driver === null) return;
  const { name } = driver;
  const grownMs = grown(row, driver);
  row.driver = name;
  if (row.told === null) return;
  if (row.told.driver !== name) {
    row.told.driver = name;
    context.tell({ type: 'update-driver', data: { participant_code: row.code, name, total_driving_time: grownMs } });
  } else if (grownMs !== null) {
    context.tell({ type: 'update-driver-total-driving-time', data: { participant_code: row.code, name, total_driving_time: grownMs } });
  }
}

/** The driving time if it is the driver's highest so far, which is remembered; else null. */
function grown({ drivingMs: known }: Row, { name, drivingMs }: NonNullable<RowFrame['driver']>): number | null {
  const key = drivingKey(name);
  if (drivingMs === null || drivingMs <= (known[key] ?? 0)) return null;
  if (key in known || Object.keys(known).length < MOST_DRIVERS) known[key] = drivingMs;
  return drivingMs;
}

/** Key of a driver among the driving times; the mark keeps names apart from what every object has. */
export function drivingKey(name: string): string {
  return `~${name}`;
}
