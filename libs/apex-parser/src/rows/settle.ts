import type { Row } from '../state.js';
import { penaltyKind } from '../events/message-facts.js';
import { penaltyAmount, penaltyReason } from '../events/penalty-amount.js';
import type { RowContext } from './context.js';
import { tellFreeCell } from './details.js';
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
    if (!context.has.bestLap && tellsOfLaps(frame, context)) row.bestMs = bestOfList(row);
    settleBest(frame, context);
    if (row.present) tellRow(row, context);
    for (const column of frame.freeColumns) tellFreeCell(row, column, context);
    if (awaitsLaps(row) || awaitsStops(row)) undecided.add(row);
  }
}

/** Decides what has waited long enough for a second signal; the order is that of the codes, whatever came first. */
export function settleLateRows(undecided: Set<Row>, context: RowContext): void {
  for (const row of [...undecided].sort(byCode)) {
    const { laps, bestMs } = row;
    settleLateLaps(row, context);
    if (!context.has.bestLap) row.bestMs = bestOfList(row);
    if (row.laps !== laps || row.bestMs !== bestMs) tellRow(row, context);
    settleLateStops(row, context);
    if (!awaitsLaps(row) && !awaitsStops(row)) undecided.delete(row);
  }
}

/** The organiser's penalty column is free text; a new text is a new penalty. */
function settlePenalty({ row, penalty }: RowFrame, context: RowContext): void {
  if (penalty === null || penalty === row.penalty) return;
  row.penalty = penalty;
  if (penalty === '') return;
  const amount = penaltyAmount(penalty);
  context.tell({ type: 'add-penalty', data: { participant_code: row.code, text: penalty, ...amount, at_ms: context.atMs, penalty: penaltyKind(penalty, '', amount), reason: penaltyReason(penalty), message: null } });
}

/** The colour of a best lap tells whose is the session's. That of a last lap does where no column tells best laps, or none has coloured one. */
export function settleBest({ row, holdsBest }: RowFrame, context: RowContext): void {
  if (holdsBest === null) return;
  const timeMs = holdsBest === 'best' ? row.bestMs : row.lastMs;
  if (timeMs !== null) context.noteBest(row, timeMs, holdsBest === 'best' || !context.has.bestLap);
}

/** Whether the list of laps may have changed. */
function tellsOfLaps({ row, lastLaps, lapCount, crossed }: RowFrame, { atMs }: RowContext): boolean {
  return lastLaps.length > 0 || lapCount !== null || crossed !== null || row.stopLedger.enteredAtMs === atMs;
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
