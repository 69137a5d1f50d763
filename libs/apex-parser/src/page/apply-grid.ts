import type { Column } from '../columns.js';
import type { RowContext } from '../rows/context.js';
import { drivingKey } from '../rows/driver.js';
import { type RowFrame, newRowFrame, readCell } from '../rows/row-frame.js';
import { joinStop } from '../rows/stops.js';
import { settleRowState } from '../rows/row-state.js';
import { settleBest } from '../rows/settle.js';
import { type Row, type State, newRow } from '../state.js';
import type { Grid, GridRow } from './grid.js';

interface Applied {
  /** What the frame says of rows; a page sent again joins it. */
  frames: Map<string, RowFrame>;
  context: RowContext;
}

/**
 * Brings the rows of a page into the state. Rows known before are treated as by an update, so that laps and stops made
 * unseen are found; rows new to the session begin with what the page counts.
 *
 * @returns codes of the rows that the page does not hold any more
 */
export function applyGrid(state: State, grid: Grid, applied: Applied): string[] {
  const codes = new Set(grid.rows.map(({ code }) => code));
  for (const pageRow of grid.rows) {
    const known = state.rows.get(pageRow.code);
    if (known === undefined) addRow(state, pageRow, applied);
    else applied.frames.set(known.code, repeated(known, pageRow, { columns: state.columns, limit: applied.context.limits.textLength }));
  }
  const gone = [...state.rows.values()].filter((row) => row.present && !codes.has(row.code));
  for (const row of gone) row.present = false;
  return gone.map(({ code }) => code);
}

/** The row counts as touched, so that it is told of also when the page came in an earlier frame. */
function addRow(state: State, pageRow: GridRow, { context, frames }: Applied): void {
  if (state.rows.size >= context.limits.rows) return;
  const row = newRow(pageRow.code);
  state.rows.set(row.code, row);
  frames.set(row.code, newRowFrame(row));
  const frame = readPageRow(row, pageRow, { columns: state.columns, limit: context.limits.textLength });
  row.laps = frame.lapCount ?? 0;
  row.lapLedger.base = row.laps;
  row.stops = frame.stopCount ?? 0;
  row.stopLedger.base = row.stops;
  row.penalty = frame.penalty ?? '';
  if (frame.driver !== null) {
    row.driver = frame.driver.name;
    if (frame.driver.drivingMs !== null) row.drivingMs[drivingKey(frame.driver.name)] = frame.driver.drivingMs;
  }
  settleBest(frame, context);
  settleRowState(frame, context);
  if (frame.status === 'si' && frame.clockMs !== null) joinStop(row, frame.clockMs, context);
  else if (frame.status === 'si') row.stopLedger.inPit = true;
}

function repeated(row: Row, pageRow: GridRow, page: { columns: readonly Column[]; limit: number }): RowFrame {
  row.present = true;
  const frame = readPageRow(row, pageRow, page);
  if (frame.lastLaps[0] === frame.lastMsBefore) frame.lastLaps.length = 0;
  return frame;
}

function readPageRow(row: Row, pageRow: GridRow, { columns, limit }: { columns: readonly Column[]; limit: number }): RowFrame {
  const frame = newRowFrame(row);
  row.position = pageRow.position;
  for (const column of columns) {
    const cell = pageRow.cells[column.id];
    if (cell === undefined || column.meaning === 'ignored') continue;
    cell.value = cell.value.trim();
    if (column.meaning === 'position') row.classified = cell.value !== '';
    else readCell(frame, column, cell, limit);
  }
  return frame;
}
