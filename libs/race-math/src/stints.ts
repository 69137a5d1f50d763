import type { LapFact, StopFact } from './facts.js';
import { meanOfLeast, median, medianSlope, robustDeviation } from './robust.js';
import type { RowState } from './session-state.js';

/** Laps of a stint in which tyres and driver warm up; measured: 0.4 s on the third, nothing after some ten. */
const WARM_UP_LAPS = 5;
const LEAST_WARM_LAPS = 5;
/** Newest laps that a trend is taken over. */
const TREND_LAPS = 30;
const LEAST_TREND_LAPS = 6;

/** What a driver does between two passages of the pit lane. */
export interface StintFact {
  /** From 1. */
  stint: number;
  fromMs: number | null;
  /** Entry to the pit lane, or the flag; null while it runs. */
  toMs: number | null;
  driver: string | null;
  /** Laps that count. */
  laps: number;
  /** Official counts of its first and last lap. */
  firstLap: number | null;
  lastLap: number | null;
  /** On track until its end or until now, ms. */
  trackMs: number | null;
}

/** A stint and its laps, withdrawn ones included. */
export interface StintLaps extends StintFact {
  driven: readonly LapFact[];
}

/** Pace over clean laps; null where there are too few. Times in ms a lap. */
export interface Pace {
  cleanLaps: number;
  bestMs: number | null;
  medianMs: number | null;
  /** Mean of the best five, as the original system has it. */
  meanOfBestFiveMs: number | null;
  /** Median after the first five laps of a stint. */
  warmMedianMs: number | null;
  /** Robust scatter, see `robustDeviation`. */
  consistencyMs: number | null;
  /** What a lap gets slower by, lap by lap, ms; see `medianSlope`. Over the newest thirty. */
  trendMsPerLap: number | null;
}

/** A lap without any reservation. */
export function isClean({ timeMs, flags }: LapFact): boolean {
  return timeMs !== null && flags.every((flag) => flag === 'corrected');
}

/** Pace of laps in the order they were driven. */
export function paceOf(laps: readonly LapFact[]): Pace {
  const clean = laps.flatMap((lap, place) => (lap.timeMs !== null && isClean(lap) ? [{ place, value: lap.timeMs }] : []));
  const times = clean.map(({ value }) => value);
  const warm = clean.filter(({ place }) => place >= WARM_UP_LAPS).map(({ value }) => value);
  return {
    cleanLaps: clean.length,
    bestMs: times.length === 0 ? null : Math.min(...times),
    medianMs: median(times),
    meanOfBestFiveMs: times.length < 5 ? null : meanOfLeast(times, 5),
    warmMedianMs: warm.length < LEAST_WARM_LAPS ? null : median(warm),
    consistencyMs: times.length < 3 ? null : robustDeviation(times),
    trendMsPerLap: medianSlope(clean.slice(-TREND_LAPS), LEAST_TREND_LAPS),
  };
}

/** The lap and the exit that ended it may come in two frames. */
const CLOSED_BY_EXIT_MS = 2_500;

/**
 * Stints of a row, in order; the pace of each is {@link paceOf} its laps.
 *
 * @param nowMs instant up to which the running one is counted, Unix ms
 */
export function stintsOf(row: RowState, nowMs: number): StintLaps[] {
  const stops = row.stops.filter(({ valid }) => valid).map((stop) => ({ ...stop, ...stop.estimated }));
  const groups = lapsByStint(row.laps, stops);
  return groups.flatMap((laps, place) => {
    const before = stops[place - 1] ?? null;
    if (before !== null && before.outAtMs === null) return [];
    const fromMs = before === null ? row.startedAtMs : before.outAtMs;
    return [stint({ row, number: place + 1, fromMs, before, after: stops[place] ?? null, laps }, nowMs)];
  });
}

/** A lap belongs to the stint after the stops that were over when it ended; one that the exit loop ended, to the stint before. */
function lapsByStint(laps: readonly LapFact[], stops: readonly StopFact[]): LapFact[][] {
  const groups: LapFact[][] = Array.from({ length: stops.length + 1 }, () => []);
  let place = 0;
  for (const lap of laps) {
    const borderMs = lap.crossedAtMs - (lap.closedByExit ? CLOSED_BY_EXIT_MS : 0);
    while ((stops[place]?.outAtMs ?? Infinity) < borderMs) place += 1;
    groups[place]?.push(lap);
  }
  return groups;
}

interface Parts {
  row: RowState;
  number: number;
  fromMs: number | null;
  before: StopFact | null;
  after: StopFact | null;
  laps: readonly LapFact[];
}

function stint({ row, number, fromMs, before, after, laps }: Parts, nowMs: number): StintLaps {
  const toMs = after === null ? row.finishedAtMs : after.inAtMs;
  const counted = laps.filter(({ flags }) => !flags.includes('withdrawn'));
  const endMs = after === null ? (row.finishedAtMs ?? nowMs) : after.inAtMs;
  return {
    stint: number,
    fromMs,
    toMs,
    driver: driverOf(row, laps, before, after),
    laps: counted.length,
    firstLap: counted[0]?.lap ?? null,
    lastLap: counted.at(-1)?.lap ?? null,
    trackMs: fromMs === null || endMs === null ? null : Math.max(0, endMs - fromMs),
    driven: laps,
  };
}

/** The name that stood there last: a correction holds for the whole stint, and a name that came late as well. */
function driverOf(row: RowState, laps: readonly LapFact[], before: StopFact | null, after: StopFact | null): string | null {
  const named = laps.findLast(({ driver }) => driver !== null)?.driver ?? null;
  if (after === null) return row.driver ?? named;
  // a stop that was told later was told with the driver of that moment
  const atEntry = after.estimated === null ? after.driverIn : null;
  return atEntry ?? named ?? before?.driverOut ?? null;
}
