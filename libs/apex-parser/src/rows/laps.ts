import type { AddLap, Reason } from '@lts/race-actions';
import type { Lap, LapLedger, Row } from '../state.js';
import { JOIN_MS, type RowContext } from './context.js';
import type { RowFrame } from './row-frame.js';

/** Difference up to which the time between two crossings fits a lap time; stamps may be whole seconds, ms. */
const SAME_LAP_MS = 1_500;

/**
 * Concludes from a frame which laps a row has completed, lost, or been given.
 *
 * Where the table counts laps, the count decides and the last-lap cell only gives the time; both may come up to two
 * seconds apart. Elsewhere a new last lap counts, or the same again together with a line crossing.
 */
export function settleLaps(frame: RowFrame, context: RowContext): void {
  if (frame.crossed !== null && !isRaceControl(frame)) noteCrossing(frame.row.lapLedger, context.atMs);
  if (context.has.laps) settleCounted(frame, context);
  else settleUncounted(frame, context);
}

/** A row that has taken the flag drives no more laps: a crossing without a time is race control changing its laps. */
function isRaceControl({ row, lastLaps }: RowFrame): boolean {
  return row.state === 'finished' && lastLaps.length === 0;
}

/** A crossing told a moment after its lap belongs to that lap. */
function noteCrossing(ledger: LapLedger, atMs: number): void {
  const last = ledger.list.at(-1);
  if (last !== undefined && !ledger.hasCrossing && atMs - last.atMs <= JOIN_MS) ledger.hasCrossing = true;
  else ledger.crossedAtMs = atMs;
}

function settleCounted(frame: RowFrame, context: RowContext): void {
  const { row } = frame;
  const count = frame.lapCount ?? row.laps;
  if (frame.highestLapCount === row.laps + 1 && count <= row.laps) complete(frame, frame.highestLapCount, context);
  if (count < row.laps) withdraw(row, count, context);
  else if (count > row.laps) complete(frame, count, context);
  else takeTime(frame, context);
}

function complete({ row, lastLaps }: RowFrame, count: number, context: RowContext): void {
  const ledger = row.lapLedger;
  giveUpWaiting(row, context);
  const times: (number | null)[] = lastLaps.length > 0 ? lastLaps : [unclaimedTime(ledger, context.atMs)];
  const made = count - row.laps;
  const listed = Math.min(made, context.limits.jump);
  ledger.base += made - listed;
  for (let back = listed - 1; back >= 0; back -= 1) {
    const timeMs = times.at(-1 - back) ?? null;
    const reason = timeMs === null ? (back === 0 ? 'unconfirmed' : 'given') : null;
    const lap = add(row, { lap: count - back, timeMs, reason }, context);
    ledger.awaiting = reason === 'unconfirmed' ? { ordinal: lap.ordinal, sinceMs: context.atMs } : null;
  }
  row.laps = count;
}

/** A last lap without a change of the count: the time of a lap counted before, a repaint, or a rewrite. */
function takeTime({ row, lastLaps }: RowFrame, context: RowContext): void {
  const timeMs = lastLaps.at(-1);
  if (timeMs === undefined) return;
  const ledger = row.lapLedger;
  if (ledger.awaiting === null) {
    ledger.unclaimed = { timeMs, atMs: context.atMs };
    return;
  }
  const lap = ledger.list.find(({ ordinal }) => ordinal === ledger.awaiting?.ordinal);
  ledger.awaiting = null;
  if (lap !== undefined) change(row, lap, { timeMs, reason: null }, context);
}

function settleUncounted(frame: RowFrame, context: RowContext): void {
  const { row, lastLaps, lastMsBefore } = frame;
  const ledger = row.lapLedger;
  if (!context.has.lastLap) {
    if (frame.crossed === 'timed') add(row, { lap: (row.laps += 1), timeMs: null, reason: 'unconfirmed' }, context);
    return;
  }
  let before = lastMsBefore;
  for (const timeMs of lastLaps) {
    takeUncounted({ row, timeMs, isSame: timeMs === before }, context);
    before = timeMs;
  }
  if (lastLaps.length > 0 || frame.crossed === null) return;
  const timeMs = unclaimedTime(ledger, context.atMs);
  if (timeMs !== null) add(row, { lap: (row.laps += 1), timeMs, reason: null }, context);
}

function takeUncounted({ row, timeMs, isSame }: { row: Row; timeMs: number; isSame: boolean }, context: RowContext): void {
  const ledger = row.lapLedger;
  const hasCrossed = ledger.crossedAtMs !== null && context.atMs - ledger.crossedAtMs <= JOIN_MS;
  if (isSame && !hasCrossed) {
    ledger.unclaimed = { timeMs, atMs: context.atMs };
    return;
  }
  const last = ledger.list.at(-1);
  const isCorrection = !hasCrossed && last?.valid === true && context.atMs - last.atMs <= JOIN_MS;
  if (isCorrection) change(row, last, { timeMs }, context);
  else add(row, { lap: (row.laps += 1), timeMs, reason: null }, context);
}

/** What has waited too long is decided: a time without a lap corrects the last one, a lap without a time was given. */
export function settleLateLaps(row: Row, context: RowContext): void {
  const ledger = row.lapLedger;
  if (ledger.awaiting !== null && context.atMs - ledger.awaiting.sinceMs > JOIN_MS) giveUpWaiting(row, context);
  if (ledger.crossedAtMs !== null && context.atMs - ledger.crossedAtMs > JOIN_MS) settleLateCrossing(row, ledger.crossedAtMs, context);
  if (ledger.unclaimed !== null && context.atMs - ledger.unclaimed.atMs > JOIN_MS) correctLast(row, ledger.unclaimed.timeMs, context);
}

/** A last lap that no count confirmed rewrites the last lap that counts. */
function correctLast(row: Row, timeMs: number, context: RowContext): void {
  const { lapLedger } = row;
  lapLedger.unclaimed = null;
  const last = lapLedger.list.findLast(({ valid }) => valid);
  if (context.has.laps && last !== undefined && last.timeMs !== null && last.timeMs !== timeMs) change(row, last, { timeMs }, context);
}

/**
 * A lap whose time did not come: the feed does not send a last lap again that is the same as before, so it is that one
 * when it fits the time since the lap before; else the lap was given.
 */
function giveUpWaiting(row: Row, context: RowContext): void {
  const ledger = row.lapLedger;
  const index = ledger.list.findIndex(({ ordinal }) => ordinal === ledger.awaiting?.ordinal);
  ledger.awaiting = null;
  const lap = ledger.list[index];
  if (lap === undefined) return;
  const isSame = fits(row.lastMs, ledger.list[index - 1], lap.atMs);
  change(row, lap, isSame && row.lastMs !== null ? { timeMs: row.lastMs, reason: null } : { reason: 'given' }, context);
}

/** A crossing without a last lap: where no count tells of laps, one of the same time as before, if it fits. */
function settleLateCrossing(row: Row, crossedAtMs: number, context: RowContext): void {
  const ledger = row.lapLedger;
  ledger.crossedAtMs = null;
  if (context.has.laps || !context.has.lastLap || !fits(row.lastMs, ledger.list.at(-1), crossedAtMs)) return;
  const made = add(row, { lap: (row.laps += 1), timeMs: row.lastMs, reason: null }, { ...context, atMs: crossedAtMs });
  ledger.hasCrossing = made.valid;
}

function fits(timeMs: number | null, before: Lap | undefined, atMs: number): boolean {
  return timeMs !== null && before !== undefined && Math.abs(atMs - before.atMs - timeMs) <= SAME_LAP_MS;
}

/** Where the pit entry closes the lap, the entry may be told a moment after it. */
export function flagClosedLap(row: Row, context: RowContext): void {
  const { lapLedger, stopLedger } = row;
  const lap = lapLedger.list.at(-1);
  if (!stopLedger.inPit || stopLedger.enteredAtMs !== context.atMs || lapLedger.hasCrossing || lapLedger.awaiting !== null) return;
  if (lap?.valid !== true || lap.reason !== null || lap.atMs === context.atMs || context.atMs - lap.atMs > JOIN_MS) return;
  lap.inLap = true;
  lap.reason = 'closed-by-pit-entry';
  context.tell({ type: 'update-lap', data: { participant_code: row.code, ordinal: lap.ordinal, in_lap: true, reason: lap.reason } });
}

/** Whether something of the row's laps is still to be decided. */
export function awaitsLaps({ lapLedger }: Row): boolean {
  return lapLedger.awaiting !== null || lapLedger.unclaimed !== null || lapLedger.crossedAtMs !== null;
}

function unclaimedTime(ledger: LapLedger, atMs: number): number | null {
  return ledger.unclaimed !== null && atMs - ledger.unclaimed.atMs <= JOIN_MS ? ledger.unclaimed.timeMs : null;
}

function add(row: Row, { lap, timeMs, reason }: { lap: number; timeMs: number | null; reason: Reason | null }, context: RowContext): Lap {
  const ledger = row.lapLedger;
  const closed = closing(row, context.atMs);
  const made: Lap = {
    ordinal: (ledger.lastOrdinal += 1),
    lap,
    timeMs,
    driver: row.driver,
    atMs: context.atMs,
    sectors: timeMs === null ? row.sectors.map(() => null) : [...row.sectors],
    inLap: closed !== null,
    outLap: closed === null && ledger.leftPit,
    valid: true,
    reason: reason ?? closed,
  };
  if (closed !== 'closed-by-pit-entry') ledger.leftPit = false;
  ledger.unclaimed = null;
  ledger.hasCrossing = ledger.crossedAtMs !== null;
  ledger.crossedAtMs = null;
  ledger.list.push(made);
  if (ledger.list.length > context.limits.lapsPerRow && ledger.list.shift()?.valid === true) ledger.base += 1;
  context.tell({ type: 'add-lap', data: payload(row, made) });
  return made;
}

/** Some circuits close the lap where the pit lane begins, some where it ends; a crossing of the line beside it is neither. */
function closing({ stopLedger, lapLedger }: Row, atMs: number): 'closed-by-pit-entry' | 'closed-by-pit-exit' | null {
  if (lapLedger.crossedAtMs !== null) return null;
  if (stopLedger.inPit && stopLedger.enteredAtMs !== null && atMs - stopLedger.enteredAtMs <= JOIN_MS) return 'closed-by-pit-entry';
  return !stopLedger.inPit && stopLedger.leftAtMs === atMs && stopLedger.enteredAtMs !== null ? 'closed-by-pit-exit' : null;
}

function payload({ code }: Row, lap: Lap): AddLap {
  return {
    participant_code: code,
    ordinal: lap.ordinal,
    lap: lap.lap,
    time_ms: lap.timeMs,
    driver: lap.driver,
    at_ms: lap.atMs,
    sectors: [...lap.sectors],
    in_lap: lap.inLap,
    out_lap: lap.outLap,
    valid: lap.valid,
    reason: lap.reason,
  };
}

function change(row: Row, lap: Lap, changed: { timeMs?: number; reason?: Reason | null }, context: RowContext): void {
  if (changed.timeMs !== undefined) lap.timeMs = changed.timeMs;
  if (changed.reason !== undefined) lap.reason = changed.reason;
  context.tell({ type: 'update-lap', data: { participant_code: row.code, ordinal: lap.ordinal, time_ms: lap.timeMs, reason: lap.reason } });
}

/** The count fell: the newest laps are not counted any more. */
function withdraw(row: Row, count: number, context: RowContext): void {
  const ledger = row.lapLedger;
  const reason: Reason = context.isRollback ? 'rollback' : 'withdrawn';
  const ordinals: number[] = [];
  for (let index = ledger.list.length - 1; index >= 0 && ordinals.length < row.laps - count; index -= 1) {
    const lap = ledger.list[index];
    if (lap?.valid !== true) continue;
    lap.valid = false;
    lap.reason = reason;
    ordinals.push(lap.ordinal);
  }
  ledger.base -= row.laps - count - ordinals.length;
  Object.assign(ledger, { awaiting: null, unclaimed: null, crossedAtMs: null });
  row.laps = count;
  context.tell({ type: 'withdraw-laps', data: { participant_code: row.code, ordinals, laps: count, reason, at_ms: context.atMs } });
}
