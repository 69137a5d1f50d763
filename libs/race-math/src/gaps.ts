import { type Crossings, distanceAt, instantAt, lastLap } from './crossings.js';
import { fieldLapMs } from './judge-lap.js';
import { runningMedian } from './running-median.js';
import type { RowState, SessionState } from './session-state.js';

/** Distance of two rows at an instant. Positive: the second is ahead of the first. */
export interface Gap {
  /** Time between both at the place on track, and in the lap, where the one behind is. */
  ms: number;
  /** Whole laps between both, towards 0. */
  laps: number;
}

/** A row's distance at an instant, and what its running lap is taken to last. */
export interface RowPlace {
  crossings: Crossings;
  /** Laps and the share of the running one. */
  laps: number;
  lapMs: number;
}

/**
 * Where a row is at an instant, by its own crossings. Null before its first crossing, or while nobody knows how long a lap is.
 *
 * @param atMs Unix ms, now or in the past
 */
export function placeOf(session: SessionState, row: RowState, atMs: number): RowPlace | null {
  const lapMs = expectedLapMs(session, row);
  const laps = distanceAt(row.crossings, atMs, lapMs);
  return laps === null || lapMs === null ? null : { crossings: row.crossings, laps, lapMs };
}

/**
 * Gap from one row to another, at the distance that the one behind has covered: when was the other there? In between two
 * crossings in proportion, so it neither jumps at the line nor with a lap more. Gaps of a row to itself are 0, and turned
 * round they change their sign; at one distance they add up.
 *
 * Null where the other's crossings at that distance were not seen.
 */
export function gapBetween(row: RowPlace, other: RowPlace): Gap | null {
  const laps = Math.min(row.laps, other.laps);
  const rowMs = reachedAt(row, laps);
  const otherMs = reachedAt(other, laps);
  if (rowMs === null || otherMs === null) return null;
  return { ms: rowMs - otherMs || 0, laps: Math.trunc(other.laps - row.laps) || 0 };
}

/** When a row was at a distance, in the running lap by what that lap is taken to last. */
function reachedAt({ crossings, lapMs }: RowPlace, laps: number): number | null {
  const last = lastLap(crossings);
  if (laps <= last) return instantAt(crossings, laps);
  const lastMs = crossings.atMs.at(-1);
  return lastMs === undefined ? null : lastMs + (laps - last) * lapMs;
}

/** Rows in the order of their distance, the foremost first, each with its gap to the leader and to the one ahead. */
export interface GapRow {
  code: string;
  laps: number;
  toLeader: Gap | null;
  toAhead: Gap | null;
}

/** Gaps of all rows at an instant, Unix ms. */
export function gapsAt(session: SessionState, atMs: number): GapRow[] {
  const placed = Object.values(session.rows).flatMap((row) => {
    const place = placeOf(session, row, atMs);
    return place === null ? [] : [{ code: row.code, place }];
  });
  placed.sort((a, b) => b.place.laps - a.place.laps || (a.code < b.code ? -1 : 1));
  const leader = placed[0];
  return placed.map(({ code, place }, index) => {
    const ahead = placed[index - 1];
    return { code, laps: place.laps, toLeader: leader === undefined ? null : gapBetween(place, leader.place), toAhead: ahead === undefined ? null : gapBetween(place, ahead.place) };
  });
}

/** How the gap from a row to another one ahead has changed. */
export interface Chase {
  gap: Gap;
  /** What the row gains a lap, ms; negative when it loses. Over its last `laps` crossings. */
  gainMsPerLap: number;
  laps: number;
  /** Laps until it has caught the other at this rate; null when it does not. */
  catchInLaps: number | null;
}

const CHASE_LAPS = 5;

/** The chase of a row after another at an instant; null while too little was seen, or while the other is behind. */
export function chase(session: SessionState, row: RowState, other: RowState, atMs: number): Chase | null {
  const place = placeOf(session, row, atMs);
  const target = placeOf(session, other, atMs);
  if (place === null || target === null) return null;
  const gap = gapBetween(place, target);
  const last = Math.floor(Math.min(place.laps, target.laps));
  const nowMs = gapAtLap(row, other, last);
  const beforeMs = gapAtLap(row, other, last - CHASE_LAPS);
  if (gap === null || gap.ms <= 0 || nowMs === null || beforeMs === null) return null;
  const gainMsPerLap = (beforeMs - nowMs) / CHASE_LAPS;
  return { gap, gainMsPerLap, laps: CHASE_LAPS, catchInLaps: gainMsPerLap > 0 ? gap.ms / gainMsPerLap : null };
}

/** Gap at the line after so many laps of both, ms. */
export function gapAtLap(row: RowState, other: RowState, lap: number): number | null {
  const rowMs = instantAt(row.crossings, lap);
  const otherMs = instantAt(other.crossings, lap);
  return rowMs === null || otherMs === null ? null : rowMs - otherMs;
}

/** What the running lap is taken to last: the row's own pace now, else its last lap, else what the field drives. */
function expectedLapMs(session: SessionState, row: RowState): number | null {
  const field = fieldLapMs(session, false);
  const deviation = runningMedian(row.deviations, 1) ?? row.formerDeviationMs;
  if (field !== null && deviation !== null) return field + deviation;
  return row.laps.findLast(({ timeMs }) => timeMs !== null)?.timeMs ?? field;
}
