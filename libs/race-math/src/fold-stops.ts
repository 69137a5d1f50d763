import type { AddPitIn, AddPitOut, UpdateStop, WithdrawStop } from '@lts/race-actions';
import type { StopFact } from './facts.js';
import { fieldLapMs, forgetStint } from './judge-lap.js';
import { flagAt, hasRed } from './neutralisations.js';
import { type RowState, type SessionState, rowOf } from './session-state.js';

/** Into the pit lane; a stop known by its count alone that race control has taken back before is that one again. */
export function addPitIn(session: SessionState, entry: AddPitIn): void {
  const row = rowOf(session, entry.participant_code);
  if (stopOf(row, entry.ordinal) !== undefined) return;
  const former = entry.at_ms === null ? row.stops.findLast(({ stop, valid }) => stop === entry.stop && !valid) : undefined;
  if (former !== undefined) row.stops.push({ ...former, ordinal: entry.ordinal, valid: true });
  else row.stops.push({ ...newStop(entry), estimated: entry.at_ms === null ? estimateOf(session, row, entry.lap) : null, inAtMs: entry.at_ms, lap: entry.lap, driverIn: entry.driver, flag: flagAt(session.flags, entry.at_ms ?? session.atMs), penaltyDue: row.passagesDue > 0, positionIn: row.position || null });
}

/** Out of it; an exit without an entry is a stop that was under way when the listening began. */
export function addPitOut(session: SessionState, exit: AddPitOut): void {
  const row = rowOf(session, exit.participant_code);
  const known = stopOf(row, exit.ordinal);
  const stop = known ?? newStop(exit);
  if (known === undefined) row.stops.push(stop);
  stop.outAtMs = exit.at_ms;
  stop.driverOut = exit.driver;
  stop.laneMs = exit.duration_ms;
  stop.laneSource = exit.duration_ms === null ? null : exit.source;
  stop.hasRed = hasRed(session.flags, stop.inAtMs ?? exit.at_ms, exit.at_ms);
  if (stop.penaltyDue && row.passagesDue > 0) row.passagesDue -= 1;
  forgetStint(row);
}

/** A clock that the feed tells of a stop, while it runs or afterwards. */
export function updateStop(session: SessionState, change: UpdateStop): void {
  const stop = stopOf(rowOf(session, change.participant_code), change.ordinal);
  if (stop === undefined) return;
  if (change.duration_ms !== undefined) {
    stop.laneMs = change.duration_ms;
    stop.laneSource = change.source ?? 'column';
  }
  if (change.driver !== undefined) stop.driverIn = change.driver;
}

/** A stop that counts no longer. */
export function withdrawStop(session: SessionState, { participant_code, ordinal }: WithdrawStop): void {
  const stop = stopOf(rowOf(session, participant_code), ordinal);
  if (stop !== undefined) stop.valid = false;
}

/**
 * When a stop without times was: in the lap that holds the way out of the pits, from its begin to a lap of the field before
 * its end; where there is no such lap, when another driver was named; else when it was told.
 */
function estimateOf(session: SessionState, { laps, stops, driver }: RowState, lap: number): { inAtMs: number; outAtMs: number } {
  const held = laps.findLast((known) => known.lap >= lap && known.timeMs !== null && known.flags.includes('out'));
  if (held?.timeMs != null) {
    const inAtMs = held.crossedAtMs - held.timeMs;
    return { inAtMs, outAtMs: Math.max(inAtMs, held.crossedAtMs - (fieldLapMs(session, false) ?? held.timeMs)) };
  }
  const stintMs = stops.findLast(({ valid, outAtMs }) => valid && outAtMs !== null)?.outAtMs ?? 0;
  const others = laps.findLast((known) => known.driver !== null && known.driver !== driver && known.crossedAtMs > stintMs);
  const atMs = others?.crossedAtMs ?? session.atMs;
  return { inAtMs: atMs, outAtMs: atMs };
}

function stopOf({ stops }: RowState, ordinal: number): StopFact | undefined {
  return stops.findLast((stop) => stop.ordinal === ordinal);
}

function newStop({ ordinal, stop }: { ordinal: number; stop: number }): StopFact {
  return { ordinal, stop, inAtMs: null, outAtMs: null, estimated: null, laneMs: null, laneSource: null, lap: 0, driverIn: null, driverOut: null, flag: 'unknown', hasRed: false, penaltyDue: false, valid: true, positionIn: null, positionOut: null };
}
