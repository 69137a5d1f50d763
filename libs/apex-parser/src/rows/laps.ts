import type { AddLap, Reason } from '@lts/race-actions';
import type { Lap, LapLedger, Row } from '../state.js';
import { JOIN_MS, type RowContext } from './context.js';
import type { RowFrame } from './row-frame.js';

/**
 * Concludes from a frame which laps a row has completed, lost, or been given.
 *
 * Where the table counts laps, the count decides and the last-lap cell only gives the time; both may come up to two
 * seconds apart. Elsewhere a new last lap counts, or the same again together with a line crossing.
 */
export function settleLaps(frame: RowFrame, context: RowContext): void {
  const { lapLedger } = frame.row;
  if (frame.crossed !== null) lapLedger.crossedAtMs = context.atMs;
  if (context.has.laps) settleCounted(frame, context);
  else settleUncounted(frame, context);
}

function settleCounted(frame: RowFrame, context: RowContext): void {
  const { row } = frame;
  const count = frame.lapCount ?? row.laps;
  if (count < row.laps) withdraw(row, count, context);
  else if (count > row.laps) complete(frame, count, context);
  else takeTime(frame, context);
}

function complete({ row, lastLaps }: RowFrame, count: number, context: RowContext): void {
  const ledger = row.lapLedger;
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
  if (ledger.awaiting !== null && context.atMs - ledger.awaiting.sinceMs > JOIN_MS) {
    const lap = ledger.list.find(({ ordinal }) => ordinal === ledger.awaiting?.ordinal);
    ledger.awaiting = null;
    if (lap !== undefined) change(row, lap, { reason: 'given' }, context);
  }
  if (ledger.unclaimed === null || context.atMs - ledger.unclaimed.atMs <= JOIN_MS) return;
  const { timeMs } = ledger.unclaimed;
  ledger.unclaimed = null;
  const last = ledger.list.findLast(({ valid }) => valid);
  if (context.has.laps && last !== undefined && last.timeMs !== null && last.timeMs !== timeMs) change(row, last, { timeMs }, context);
}

/** Whether something of the row's laps is still to be decided. */
export function awaitsLaps({ lapLedger }: Row): boolean {
  return lapLedger.awaiting !== null || lapLedger.unclaimed !== null;
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
