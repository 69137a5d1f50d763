import type { AddLap, Reason, Source } from '@lts/race-actions';
import type { Lap, LapLedger, Row } from '../state.js';
import { JOIN_MS, type RowContext } from './context.js';

/** Difference up to which the time between two crossings fits a lap time; stamps may be whole seconds, ms. */
const SAME_LAP_MS = 1_500;

/** Whether a lap of that time ended then, measured from the end of the lap before. */
export function fits(timeMs: number | null, before: Lap | undefined, atMs: number): boolean {
  return timeMs !== null && before !== undefined && Math.abs(atMs - before.atMs - timeMs) <= SAME_LAP_MS;
}

/** A last lap that was shown a moment ago and waits for what confirms it, ms. */
export function unclaimedTime(ledger: LapLedger, atMs: number): number | null {
  return ledger.unclaimed !== null && atMs - ledger.unclaimed.atMs <= JOIN_MS ? ledger.unclaimed.timeMs : null;
}

/** A lap that is to be added, and what told of it. */
interface NewLap {
  lap: number;
  timeMs: number | null;
  reason: Reason | null;
  source: Source;
}

/** Adds a lap to the row's list; a crossing that waits for one is its own. */
export function addLap(row: Row, { lap, timeMs, reason, source }: NewLap, context: RowContext): Lap {
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
  context.tell({ type: 'add-lap', data: payload(row, made, source) });
  return made;
}

/** Some circuits close the lap where the pit lane begins, some where it ends; a crossing of the line beside it is neither. */
export function closing({ stopLedger, lapLedger }: Row, atMs: number): 'closed-by-pit-entry' | 'closed-by-pit-exit' | null {
  if (lapLedger.crossedAtMs !== null) return null;
  if (stopLedger.inPit && stopLedger.enteredAtMs !== null && atMs - stopLedger.enteredAtMs <= JOIN_MS) return 'closed-by-pit-entry';
  return !stopLedger.inPit && stopLedger.leftAtMs === atMs && stopLedger.enteredAtMs !== null ? 'closed-by-pit-exit' : null;
}

function payload({ code, team }: Row, lap: Lap, source: Source): AddLap {
  return {
    participant_code: code,
    ordinal: lap.ordinal,
    lap: lap.lap,
    time_ms: lap.timeMs,
    driver: lap.driver,
    team,
    source,
    at_ms: lap.atMs,
    sectors: [...lap.sectors],
    in_lap: lap.inLap,
    out_lap: lap.outLap,
    valid: lap.valid,
    reason: lap.reason,
  };
}

/** Changes a lap that is in the list already. */
export function changeLap(row: Row, lap: Lap, changed: { timeMs?: number; reason?: Reason | null }, context: RowContext): void {
  if (changed.timeMs !== undefined) lap.timeMs = changed.timeMs;
  if (changed.reason !== undefined) lap.reason = changed.reason;
  context.tell({ type: 'update-lap', data: { participant_code: row.code, ordinal: lap.ordinal, time_ms: lap.timeMs, reason: lap.reason } });
}

/** The newest laps are not counted any more, so that `count` are left. */
export function withdrawLaps(row: Row, count: number, context: RowContext): void {
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
