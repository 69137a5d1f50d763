import type { Lap, LapLedger, Row } from '../state.js';
import { JOIN_MS, type RowContext, isSoonAfter } from './context.js';
import { addLap, changeLap, fits, unclaimedTime, withdrawLaps } from './lap-list.js';
import { isByRaceControl } from './race-control.js';
import type { RowFrame } from './row-frame.js';
import { settleLateCrossing, settleLateTime, settleUncounted } from './uncounted-laps.js';

/**
 * Concludes from a frame which laps a row has completed, lost, or been given.
 *
 * Where the table counts laps, the count decides and the last-lap cell only gives the time; both may come up to two
 * seconds apart. Elsewhere a new last lap counts, or the same again together with a line crossing.
 */
export function settleLaps(frame: RowFrame, context: RowContext): void {
  if (frame.crossed !== null && !isRaceControl(frame, context)) noteCrossing(frame.row.lapLedger, context.atMs);
  if (context.has.laps) settleCounted(frame, context);
  else settleUncounted(frame, context);
}

/** A row that has taken the flag drives no more laps: a crossing without a time is race control changing its laps. */
function isRaceControl(frame: RowFrame, context: RowContext): boolean {
  if (frame.row.state === 'finished' && frame.lastLaps.length === 0) return true;
  return !context.has.laps && frame.drivenTimes === null && isByRaceControl(frame, context);
}

/** A crossing told a moment after its lap belongs to that lap. */
function noteCrossing(ledger: LapLedger, atMs: number): void {
  const last = ledger.list.at(-1);
  if (last !== undefined && !ledger.hasCrossing && isSoonAfter(atMs, last.atMs)) ledger.hasCrossing = true;
  else ledger.crossedAtMs = atMs;
}

function settleCounted(frame: RowFrame, context: RowContext): void {
  const { row } = frame;
  const count = frame.lapCount ?? row.laps;
  if (frame.highestLapCount === row.laps + 1 && count <= row.laps) complete(frame, frame.highestLapCount, context);
  if (count < row.laps) withdrawLaps(row, count, context);
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
    const lap = addLap(row, { lap: count - back, timeMs, reason }, context);
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
  if (lap !== undefined) changeLap(row, lap, { timeMs, reason: null }, context);
}

/** What has waited too long is decided: a time without a lap corrects the last one, a lap without a time was given. */
export function settleLateLaps(row: Row, context: RowContext): void {
  const ledger = row.lapLedger;
  if (ledger.awaiting !== null && context.atMs - ledger.awaiting.sinceMs > JOIN_MS) giveUpWaiting(row, context);
  if (ledger.crossedAtMs !== null && context.atMs - ledger.crossedAtMs > JOIN_MS) settleLateCrossing(row, ledger.crossedAtMs, context);
  if (ledger.unclaimed !== null && context.atMs - ledger.unclaimed.atMs > JOIN_MS) settleUnclaimed(row, ledger.unclaimed, context);
}

function settleUnclaimed(row: Row, unclaimed: { timeMs: number; atMs: number }, context: RowContext): void {
  if (context.has.laps) correctLast(row, unclaimed.timeMs, context);
  else settleLateTime(row, unclaimed, context);
}

/** A last lap that no count confirmed rewrites the last lap that counts; it may be the time of that one, come very late. */
function correctLast(row: Row, timeMs: number, context: RowContext): void {
  const { lapLedger } = row;
  lapLedger.unclaimed = null;
  const index = lapLedger.list.findLastIndex(({ valid }) => valid);
  const last = lapLedger.list[index];
  if (last === undefined || last.timeMs === timeMs) return;
  if (last.timeMs !== null) changeLap(row, last, { timeMs }, context);
  else if (mayLast(timeMs, last, lapLedger.list[index - 1])) changeLap(row, last, { timeMs, reason: null }, context);
}

/** Without a lap before, or when the clock was set back since then, nothing speaks against it. */
function mayLast(timeMs: number, lap: Lap, before: Lap | undefined): boolean {
  return before === undefined || lap.atMs < before.atMs || fits(timeMs, before, lap.atMs);
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
  changeLap(row, lap, isSame && row.lastMs !== null ? { timeMs: row.lastMs, reason: null } : { reason: 'given' }, context);
}

/** Where the pit entry closes the lap, the entry may be told a moment after it. */
export function flagClosedLap(row: Row, context: RowContext): void {
  const { lapLedger, stopLedger } = row;
  const lap = lapLedger.list.at(-1);
  if (!stopLedger.inPit || stopLedger.enteredAtMs !== context.atMs || lapLedger.hasCrossing || lapLedger.awaiting !== null) return;
  if (lap?.valid !== true || lap.reason !== null || lap.atMs === context.atMs || !isSoonAfter(context.atMs, lap.atMs)) return;
  lap.inLap = true;
  lap.reason = 'closed-by-pit-entry';
  context.tell({ type: 'update-lap', data: { participant_code: row.code, ordinal: lap.ordinal, in_lap: true, reason: lap.reason } });
}

/** Whether something of the row's laps is still to be decided. */
export function awaitsLaps({ lapLedger }: Row): boolean {
  return lapLedger.awaiting !== null || lapLedger.unclaimed !== null || lapLedger.crossedAtMs !== null;
}

