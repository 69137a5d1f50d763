import type { Lap, Row } from '../state.js';
import { JOIN_MS, type RowContext, isSoonAfter } from './context.js';
import { addLap, changeLap, closing, fits, unclaimedTime, withdrawLaps } from './lap-list.js';
import { isByRaceControl } from './race-control.js';
import type { RowFrame } from './row-frame.js';

/** How far back race control may put a row, laps; among older ones the same time is met by chance. */
const TAKEN_BACK_MOST = 10;

/**
 * Laps of a table that does not count them: a new last lap counts, or the same again together with a line crossing. Where
 * race control changes laps, the last lap that is shown is the one that stays.
 */
export function settleUncounted(frame: RowFrame, context: RowContext): void {
  const { row, lastLaps, lastMsBefore } = frame;
  if (!context.has.lastLap) {
    if (frame.crossed === 'timed') addUncounted(row, null, context);
    return;
  }
  const isControl = isByRaceControl(frame, context);
  let before = lastMsBefore;
  for (const timeMs of isControl ? lastLaps.slice(0, frame.drivenTimes ?? 0) : lastLaps) {
    takeTime(row, { timeMs, isSame: timeMs === before }, context);
    before = timeMs;
  }
  if (isControl) takeBack(frame, context);
  else if (lastLaps.length === 0 && frame.crossed !== null) claim(row, context);
}

/** Whether the row shows a lap of before, or none, as the one that stays. */
export function showsFormerLap(frame: RowFrame, context: Pick<RowContext, 'isRacing'>): boolean {
  return isByRaceControl(frame, context) && (frame.lastLaps.length > (frame.drivenTimes ?? 0) || isEmptied(frame));
}

/** The crossing of a time that was shown a moment ago. */
function claim(row: Row, context: RowContext): void {
  const timeMs = unclaimedTime(row.lapLedger, context.atMs);
  if (timeMs !== null) addUncounted(row, timeMs, context);
}

/** A last lap that is known stays, those after it are gone; one that is not known was driven all the same. */
function takeBack(frame: RowFrame, context: RowContext): void {
  const { row, lastLaps, drivenTimes } = frame;
  const ledger = row.lapLedger;
  const stays = lastLaps.slice(drivenTimes ?? 0).at(-1) ?? unclaimedTime(ledger, context.atMs);
  const later = stays === null ? row.laps : lapsSince(row, stays);
  ledger.unclaimed = null;
  if (stays !== null && later === null) {
    ledger.crossedAtMs = context.atMs;
    takeTime(row, { timeMs: stays, isSame: false }, context);
  } else if (later !== null && later > 0 && (stays !== null || isEmptied(frame))) withdrawLaps(row, row.laps - later, context);
}

function isEmptied({ row, lastLaps }: RowFrame): boolean {
  return row.lastMs === null && lastLaps.length === 0 && row.laps > 0;
}

/** How many laps that count came after the newest one of that time; null when there was none lately. */
function lapsSince({ lapLedger }: Row, timeMs: number): number | null {
  let later = 0;
  for (let index = lapLedger.list.length - 1; index >= 0 && later <= TAKEN_BACK_MOST; index -= 1) {
    const lap = lapLedger.list[index];
    if (lap?.valid !== true) continue;
    if (lap.timeMs === timeMs) return later;
    later += 1;
  }
  return null;
}

/** A time of before may be one that stays: without a crossing it waits for what comes of it. */
function takeTime(row: Row, { timeMs, isSame }: { timeMs: number; isSame: boolean }, context: RowContext): void {
  const ledger = row.lapLedger;
  const hasCrossed = ledger.crossedAtMs !== null && context.atMs - ledger.crossedAtMs <= JOIN_MS;
  const justDone = lapJustDone(row, context.atMs);
  if (justDone?.timeMs === timeMs) ledger.crossedAtMs = null;
  else if (hasCrossed) addUncounted(row, timeMs, context);
  else if (isSame || mayStay(row, timeMs, context)) ledger.unclaimed = { timeMs, atMs: context.atMs };
  else if (justDone !== null && row.stopLedger.enteredAtMs !== context.atMs) changeLap(row, justDone, { timeMs }, context);
  else addUncounted(row, timeMs, context);
}

/** The last lap, so short a time after its end that no other can have been driven. */
function lapJustDone({ lapLedger }: Row, atMs: number): Lap | null {
  const last = lapLedger.list.at(-1);
  return last?.valid === true && isSoonAfter(atMs, last.atMs) ? last : null;
}

function mayStay(row: Row, timeMs: number, { isRacing, atMs }: RowContext): boolean {
  return isRacing && closing(row, atMs) === null && lapsSince(row, timeMs) !== null;
}

function addUncounted(row: Row, timeMs: number | null, context: RowContext): void {
  addLap(row, { lap: (row.laps += 1), timeMs, reason: timeMs === null ? 'unconfirmed' : null }, context);
}

/** A time that no crossing followed: a repaint of the last lap, its correction, or a lap of its own. */
export function settleLateTime(row: Row, { timeMs, atMs }: { timeMs: number; atMs: number }, context: RowContext): void {
  const ledger = row.lapLedger;
  ledger.unclaimed = null;
  const last = ledger.list.findLast(({ valid }) => valid);
  if (last === undefined || last.timeMs === timeMs) return;
  if (isSoonAfter(atMs, last.atMs)) changeLap(row, last, { timeMs }, context);
  else addUncounted(row, timeMs, { ...context, atMs });
}

/** A crossing without a last lap: one of the same time as before, if it fits. */
export function settleLateCrossing(row: Row, crossedAtMs: number, context: RowContext): void {
  const ledger = row.lapLedger;
  ledger.crossedAtMs = null;
  if (context.has.laps || !context.has.lastLap || !fits(row.lastMs, ledger.list.at(-1), crossedAtMs)) return;
  addUncounted(row, row.lastMs, { ...context, atMs: crossedAtMs });
  ledger.hasCrossing = true;
}
