import type { Reason, Source } from '@lts/race-actions';
import type { Row, Stop, StopLedger } from '../state.js';
import { JOIN_MS, type RowContext, isSoonAfter } from './context.js';
import { isByRaceControl } from './race-control.js';
import type { RowFrame } from './row-frame.js';

/** An entry and the stop count that belongs to it come at most this far apart, ms. */
const ENTRY_MS = 5_000;

/** Icons that no kart in the pit lane wears; one that is not known ends no stop. */
const ON_TRACK: ReadonlySet<string> = new Set(['sr', 'su', 'sd', 'sf', 'in', '']);

/**
 * Concludes from a frame which stops a row has begun, ended, or lost.
 *
 * Where the table counts stops, the count decides; entries tell the time of it. Elsewhere each entry is a stop.
 */
export function settleStops(frame: RowFrame, context: RowContext): void {
  const { row } = frame;
  const count = context.has.stops ? countOf(frame, context) : null;
  if (count !== null && count < row.stops) withdraw(row, count, context);
  noteEntry(frame, context);
  if (count !== null && count > row.stops) countUp(row, count, context);
  else if (row.stopLedger.entry !== null && (!context.has.stops || frame.stopCountEmptied)) countUp(row, row.stops + 1, context);
  noteClock(frame, context);
  takeBackRunning(frame, context);
  if (hasLeft(frame, context)) leave(row, context);
}

/** Where no column counts stops: a kart that race control puts from the pit lane back on the track has not stopped. */
function takeBackRunning(frame: RowFrame, context: RowContext): void {
  if (context.has.stops || !isByRaceControl(frame, context) || frame.pitOut || frame.status === 'so') return;
  const { row } = frame;
  const stop = row.stopLedger.list.at(-1);
  if (stop?.valid !== true) return;
  if (stop.outAtMs === null ? showsTrack(frame, context) : stop.outAtMs === context.atMs) withdraw(row, row.stops - 1, context);
}

/** An empty count is none, but beside an entry it says nothing, nor afterwards until a number is shown. */
function countOf(frame: RowFrame, { atMs }: RowContext): number | null {
  const { stopCount, stopCountEmptied, pitIn, status } = frame;
  const ledger = frame.row.stopLedger;
  if (stopCount !== null) ledger.countHidden = false;
  if (stopCount !== null || !stopCountEmptied) return stopCount;
  const hasJustEntered = ledger.inPit && ledger.enteredAtMs !== null && atMs - ledger.enteredAtMs <= ENTRY_MS;
  ledger.countHidden ||= pitIn || status === 'si' || hasJustEntered;
  return ledger.countHidden ? null : 0;
}

/** An entry that the stop count did not confirm was none; a counted stop without an entry keeps no times. */
export function settleLateStops({ stopLedger }: Row, context: RowContext): void {
  if (stopLedger.entry !== null && context.atMs - stopLedger.entry.atMs > ENTRY_MS) stopLedger.entry = null;
  if (stopLedger.countedAtMs === null || context.atMs - stopLedger.countedAtMs <= ENTRY_MS) return;
  stopLedger.countedAtMs = null;
  stopLedger.openOrdinal = null;
}

/** Whether something of the row's stops is still to be decided. */
export function awaitsStops({ stopLedger }: Row): boolean {
  return stopLedger.entry !== null || stopLedger.countedAtMs !== null;
}

/** A stop that ran when the row was first seen; `clockMs` is its pit clock. */
export function joinStop(row: Row, clockMs: number, context: RowContext): void {
  const ledger = row.stopLedger;
  const enteredAtMs = context.atMs - clockMs;
  if (row.stops > 0) ledger.base -= 1;
  else row.stops = 1;
  Object.assign(ledger, { inPit: true, enteredAtMs, clockMs });
  begin(row, row.stops, { atMs: enteredAtMs, source: 'page' }, context);
}

/** `*in`, the status and the pit clock each tell of an entry; the first of them counts, the others confirm it. An icon that a page shows again of a kart in the pit lane is none. */
function noteEntry(frame: RowFrame, context: RowContext): void {
  const ledger = frame.row.stopLedger;
  const source = entrySource(frame, ledger);
  if (source === null) return;
  if (ledger.countedAtMs !== null) {
    fillEntry(frame.row, { atMs: context.atMs, source }, context);
    return;
  }
  if (ledger.inPit && (ledger.openOrdinal !== null || ledger.entry !== null)) return;
  Object.assign(ledger, { inPit: true, enteredAtMs: context.atMs, clockMs: null, entry: { atMs: context.atMs, source } });
}

function entrySource({ pitIn, status, clockMs }: RowFrame, ledger: StopLedger): Source | null {
  if (pitIn) return 'message';
  if (status === 'si') return ledger.inPit ? null : 'status';
  return clockMs !== null && clockMs < ENTRY_MS && !ledger.inPit && ledger.leftAtMs === null ? 'column' : null;
}

/** The count came before the entry: the stop gets its time now. */
function fillEntry(row: Row, entry: { atMs: number; source: Source }, context: RowContext): void {
  const stop = openStop(row);
  Object.assign(row.stopLedger, { inPit: true, enteredAtMs: entry.atMs, clockMs: null, countedAtMs: null });
  if (stop === undefined) return;
  Object.assign(stop, { inAtMs: entry.atMs, source: entry.source });
  tellEntry(row, stop, context);
}

function countUp(row: Row, count: number, context: RowContext): void {
  const ledger = row.stopLedger;
  const unseen = count - row.stops - 1;
  const listed = Math.min(unseen, context.limits.jump);
  ledger.base += unseen - listed;
  for (let stop = count - listed; stop < count; stop += 1) {
    begin(row, stop, null, context);
    ledger.openOrdinal = null;
  }
  begin(row, count, ledger.entry, context);
  ledger.countedAtMs = ledger.entry === null && !ledger.inPit ? context.atMs : null;
  ledger.entry = null;
  row.stops = count;
}

function begin(row: Row, number: number, entry: { atMs: number; source: Source } | null, context: RowContext): void {
  const ledger = row.stopLedger;
  const stop: Stop = {
    ordinal: (ledger.lastOrdinal += 1),
    stop: number,
    lap: row.laps,
    driver: row.driver,
    inAtMs: entry?.atMs ?? null,
    outAtMs: null,
    durationMs: null,
    durationSource: null,
    commentMs: null,
    source: entry?.source ?? 'column',
    valid: true,
    reason: null,
  };
  ledger.list.push(stop);
  if (ledger.list.length > context.limits.stopsPerRow && ledger.list.shift()?.valid === true) ledger.base += 1;
  ledger.openOrdinal = stop.ordinal;
  tellEntry(row, stop, context);
}

function tellEntry(row: Row, { ordinal, stop, lap, driver, inAtMs, source }: Stop, context: RowContext): void {
  context.tell({ type: 'add-pit-in', data: { participant_code: row.code, ordinal, stop, lap, driver, at_ms: inAtMs, source } });
}

/** The pit clock runs with the stop; what it shows just after the exit is the stop's final time. */
function noteClock({ row, clockMs }: RowFrame, context: RowContext): void {
  const ledger = row.stopLedger;
  if (clockMs === null) return;
  const wasRunning = ledger.clockMs;
  ledger.clockMs = clockMs;
  if (ledger.inPit || ledger.leftAtMs === null || context.atMs - ledger.leftAtMs > ENTRY_MS || wasRunning === clockMs) return;
  const stop = ledger.list.at(-1);
  if (stop?.valid !== true || stop.outAtMs !== ledger.leftAtMs) return;
  Object.assign(stop, { durationMs: clockMs, durationSource: 'column' });
  context.tell({ type: 'update-stop', data: { participant_code: row.code, ordinal: stop.ordinal, stop: stop.stop, duration_ms: clockMs, at_ms: context.atMs } });
}

function hasLeft(frame: RowFrame, context: RowContext): boolean {
  const { row, pitOut, status, onTrack, clockMs } = frame;
  if (pitOut || status === 'so') return true;
  const { inPit, clockMs: running } = row.stopLedger;
  if (!inPit) return false;
  return showsTrack(frame, context) || (onTrack && clockMs === null && running !== null);
}

/** An icon beside the entry is that of the moment before it; one that is reset just after it, or while the pit clock runs, belongs to the leader's new lap. */
function showsTrack({ row, pitIn, status, clockMs }: RowFrame, { atMs }: RowContext): boolean {
  if (pitIn || status === null || !ON_TRACK.has(status)) return false;
  const isReset = status === 'in' || status === '';
  const { enteredAtMs } = row.stopLedger;
  return !(isReset && (clockMs !== null || (enteredAtMs !== null && isSoonAfter(atMs, enteredAtMs))));
}

function leave(row: Row, context: RowContext): void {
  const ledger = row.stopLedger;
  const stop = openStop(row);
  if (ledger.inPit || ledger.leftAtMs === null || context.atMs - ledger.leftAtMs > JOIN_MS) {
    ledger.leftAtMs = context.atMs;
    row.lapLedger.leftPit = true;
  }
  ledger.inPit = false;
  ledger.entry = null;
  if (stop === undefined) return;
  ledger.openOrdinal = null;
  Object.assign(stop, { outAtMs: context.atMs, ...durationOf(stop, ledger.clockMs, context.atMs) });
  const { ordinal, durationMs, durationSource } = stop;
  context.tell({ type: 'add-pit-out', data: { participant_code: row.code, ordinal, stop: stop.stop, driver: row.driver, at_ms: context.atMs, duration_ms: durationMs, source: durationSource ?? 'message' } });
}

/** The organiser's clock, else what race control has written of the stop, else the difference of the frames. */
function durationOf({ inAtMs, commentMs }: Stop, clockMs: number | null, atMs: number): Pick<Stop, 'durationMs' | 'durationSource'> {
  if (clockMs !== null) return { durationMs: clockMs, durationSource: 'column' };
  if (commentMs !== null) return { durationMs: commentMs, durationSource: 'comment' };
  return inAtMs === null ? { durationMs: null, durationSource: null } : { durationMs: atMs - inAtMs, durationSource: 'inferred' };
}

function openStop({ stopLedger }: Row): Stop | undefined {
  const { openOrdinal, list } = stopLedger;
  return openOrdinal === null ? undefined : list.findLast(({ ordinal }) => ordinal === openOrdinal);
}

/** The count fell: the newest stops are not counted any more. */
function withdraw(row: Row, count: number, context: RowContext): void {
  const ledger = row.stopLedger;
  const reason: Reason = context.isRollback ? 'rollback' : 'withdrawn';
  for (let index = ledger.list.length - 1; index >= 0 && row.stops > count; index -= 1) {
    const stop = ledger.list[index];
    if (stop?.valid !== true) continue;
    stop.valid = false;
    stop.reason = reason;
    row.stops -= 1;
    if (ledger.openOrdinal === stop.ordinal) Object.assign(ledger, { openOrdinal: null, countedAtMs: null });
    context.tell({ type: 'withdraw-stop', data: { participant_code: row.code, ordinal: stop.ordinal, stop: stop.stop, number_pits: row.stops, reason, at_ms: context.atMs } });
  }
  ledger.base -= row.stops - count;
  row.stops = count;
}
