import type { Row } from '../state.js';
import { penaltyAmount } from '../events/penalty-amount.js';
import type { RowContext } from './context.js';
import { settleDriver } from './driver.js';
import { awaitsLaps, flagClosedLap, settleLaps, settleLateLaps } from './laps.js';
import type { RowFrame } from './row-frame.js';
import { settleRowState } from './row-state.js';
import { awaitsStops, settleLateStops, settleStops } from './stops.js';
import { tellRow } from './tell-row.js';

/** Draws the conclusions from what a frame said of each row, and tells them. */
export function settleRows(touched: ReadonlyMap<string, RowFrame>, undecided: Set<Row>, context: RowContext): void {
  for (const frame of touched.values()) {
    const { row } = frame;
    settleDriver(frame, context);
    settleStops(frame, context);
    settleLaps(frame, context);
    flagClosedLap(row, context);
    settleRowState(frame, context);
    settlePenalty(frame, context);
    if (!context.has.bestLap) row.bestMs = bestOfList(row);
    if (row.present) tellRow(row, context);
    if (awaitsLaps(row) || awaitsStops(row)) undecided.add(row);
  }
}

/** Decides what has waited long enough for a second signal; the order is that of the codes, whatever came first. */
export function settleLateRows(undecided: Set<Row>, context: RowContext): void {
  for (const row of [...undecided].sort(byCode)) {
    const { laps } = row;
    settleLateLaps(row, context);
    if (row.laps !== laps) tellRow(row, context);
    settleLateStops(row, context);
    if (!awaitsLaps(row) && !awaitsStops(row)) undecided.delete(row);
  }
}

/** The organiser's penalty column is free text; a new text is a new penalty. */
function settlePenalty({ row, penalty }: RowFrame, context: RowContext): void {
  if (penalty === null || penalty === row.penalty) return;
  row.penalty = penalty;
  if (penalty !== '') context.tell({ type: 'add-penalty', data: { participant_code: row.code, text: penalty, ...penaltyAmount(penalty), at_ms: context.atMs } });
}

/** Where no column tells the best lap: one closed by the pit entry or exit is too short to be one. */
function bestOfList({ lapLedger }: Row): number | null {
  let best: number | null = null;
  for (const { valid, timeMs, reason } of lapLedger.list) {
    if (valid && timeMs !== null && reason === null && (best === null || timeMs < best)) best = timeMs;
  }
  return best;
}

const byCode = (left: Row, right: Row): number => (left.code < right.code ? -1 : 1);
