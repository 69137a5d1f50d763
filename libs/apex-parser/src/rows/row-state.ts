import type { RowState } from '@lts/race-actions';
import type { RowContext } from './context.js';
import type { RowFrame } from './row-frame.js';

/** What the status icons say; an icon that is not listed leaves the state as it is. */
const BY_STATUS: ReadonlyMap<string, RowState> = new Map([
  ['si', 'in-pit'], ['so', 'out-lap'], ['ss', 'stopped'], ['sf', 'finished'],
  ['sr', 'running'], ['su', 'running'], ['sd', 'running'], ['in', 'running'], ['', 'running'],
]);

/** What the row is doing: by its status icon, else by what it passed. */
export function settleRowState(frame: RowFrame, context: RowContext): void {
  const { row, status, pitIn, pitOut } = frame;
  const told = status === null ? undefined : BY_STATUS.get(status);
  if (pitIn && (told ?? 'running') === 'running') row.state = 'in-pit';
  else if (status !== null) row.state = told ?? row.state;
  else if (pitOut) row.state = 'out-lap';
  else if (!context.has.status) row.state = withoutStatus(frame);
}

function withoutStatus({ row, crossed, lastLaps, clockMs, onTrack }: RowFrame): RowState {
  if (crossed !== null || lastLaps.length > 0) return 'running';
  if (clockMs !== null && row.stopLedger.inPit) return 'in-pit';
  return onTrack && row.state === 'in-pit' ? 'out-lap' : row.state;
}
