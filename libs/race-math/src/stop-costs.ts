import type { LapFact, StopFact } from './facts.js';
import { fieldLapMs } from './judge-lap.js';
import { isNeutral } from './neutralisations.js';
import { median } from './robust.js';
import type { RowState, SessionState } from './session-state.js';
import { isClean } from './stints.js';

/** What a passage of the pit lane was for. `unknown` while it lasts. */
export type StopKind = 'stop' | 'drive-through' | 'transit' | 'unknown';

/** A stop with what it cost. */
export interface StopCost extends StopFact {
  kind: StopKind;
  /** Time lost against driving on, ms; null for a stop with a red flag in it, or as long as its laps are not complete. */
  lossMs: number | null;
  /** Whether a flag slowed the field during it, so that it cost less distance than its time says. */
  neutral: boolean;
  /** Places lost; negative when won. */
  placesLost: number | null;
}

/** Clean laps on each side of a stop that tell what the row would have driven. */
const LAPS_BEFORE = 8;
const LAPS_AFTER = 4;
const LEAST_LAPS = 3;
/** A passage shorter than this share of what the field's stops take is none. */
const PASSAGE_SHARE = 0.45;
const LEAST_STOPS = 5;

/**
 * Stops of a row, oldest first, withdrawn ones included, each with what it cost.
 *
 * @param typicalStopMs see {@link typicalStop}; give it where many rows are asked for
 */
export function stopCosts(session: SessionState, row: RowState, typicalStopMs = typicalStop(session)): StopCost[] {
  return row.stops.map((stop) => ({
    ...stop,
    kind: kindOf(stop, typicalStopMs),
    neutral: stop.inAtMs !== null && isNeutral(session.flags, stop.inAtMs, stop.outAtMs ?? session.atMs),
    lossMs: lossOf(session, row, stop),
    placesLost: stop.positionIn === null || stop.positionOut === null ? null : stop.positionOut - stop.positionIn,
  }));
}

/** Median time in the pit lane of the field's stops, ms; null below five. */
export function typicalStop({ rows }: SessionState): number | null {
  const times = Object.values(rows).flatMap(({ stops }) => stops.flatMap(({ valid, laneMs, hasRed }) => (valid && laneMs !== null && !hasRed ? [laneMs] : [])));
  return times.length < LEAST_STOPS ? null : median(times);
}

function kindOf({ outAtMs, laneMs, driverIn, driverOut, penaltyDue }: StopFact, typicalMs: number | null): StopKind {
  if (outAtMs === null || laneMs === null) return 'unknown';
  const sameDriver = driverOut === null || driverOut === driverIn;
  if (typicalMs === null || !sameDriver || laneMs >= PASSAGE_SHARE * typicalMs) return 'stop';
  return penaltyDue ? 'drive-through' : 'transit';
}

/**
 * Loss of a stop: the time of the laps that hold it, less as many laps as the row would have driven instead. These laps
 * run from the last crossing of the line before the stop to the first one after it, whichever loop counts a lap: `L(in) +
 * L(out) - n * typical`. Typical is the median of the clean laps around it; under a neutralisation what the field drives then.
 */
function lossOf(session: SessionState, row: RowState, stop: StopFact): number | null {
  if (!stop.valid || stop.hasRed || stop.inAtMs === null || stop.outAtMs === null) return null;
  const held = lapsHolding(row, stop);
  if (held === null) return null;
  const neutral = isNeutral(session.flags, held.fromMs, held.toMs);
  const typical = neutral ? fieldLapMs(session, true) : typicalAround(row.laps, held.first, held.last);
  return typical === null ? null : held.toMs - held.fromMs - held.laps * typical;
}

interface Held {
  first: number;
  last: number;
  laps: number;
  fromMs: number;
  toMs: number;
}

/** Laps from the entry's to the one after the exit, by place; null while the latter is not complete, or a time is missing. */
function lapsHolding({ laps }: RowState, { inAtMs, outAtMs }: StopFact): Held | null {
  if (inAtMs === null || outAtMs === null) return null;
  const last = laps.findIndex((lap) => lap.crossedAtMs > outAtMs && !lap.closedByExit && !lap.flags.includes('withdrawn'));
  if (last < 0) return null;
  let first = last;
  while (first > 0 && isPartOf(laps[first - 1], inAtMs)) first -= 1;
  const held = laps.slice(first, last + 1).filter(({ flags }) => !flags.includes('withdrawn'));
  const begin = held[0];
  const end = held.at(-1);
  if (begin === undefined || end === undefined || held.some(({ timeMs }) => timeMs === null)) return null;
  return { first, last, laps: held.length, fromMs: begin.crossedAtMs - (begin.timeMs ?? 0), toMs: end.crossedAtMs };
}

/** A lap that ended with the entry, or later. */
function isPartOf(lap: LapFact | undefined, inAtMs: number): boolean {
  return lap !== undefined && (lap.flags.includes('in') || lap.closedByExit) && lap.atMs >= inAtMs - ENTRY_MS;
}

/** The entry loop and the lap it ends may come in two frames. */
const ENTRY_MS = 2_500;

function typicalAround(laps: readonly LapFact[], first: number, last: number): number | null {
  const before = laps.slice(0, first).filter(isClean).slice(-LAPS_BEFORE);
  const after = laps.slice(last + 1).filter(isClean).slice(0, LAPS_AFTER);
  const times = [...before, ...after].flatMap(({ timeMs }) => timeMs ?? []);
  return times.length < LEAST_LAPS ? null : median(times);
}
