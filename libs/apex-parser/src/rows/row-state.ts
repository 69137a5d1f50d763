import type { RowState } from '@lts/race-actions';
import type { RowContext } from './context.js';
import type { RowFrame } from './row-frame.js';

/** What the status icons say; an icon that is not listed leaves the state as it is. */
const BY_STATUS: ReadonlyMap<string, RowState> = new Map([
  ['si', 'in-pit'], ['so', 'out-lap'], ['ss', 'stopped'], ['sf', 'finished'],
  ['sr', 'running'], ['su', 'running'], ['sd', 'running'], ['in', 'running'], ['', 'running'],
]);

/** What the row is doing: by its status icon, else by what it passed. Who has finished and drives into the pit lane has still finished. */
export function settleRowState(frame: RowFrame, context: RowContext): void {
  if (frame.status === null) settleByMarks(frame, context);
  else frame.row.state = byIcon(frame.status, frame);
}

/** An icon beside the mark of an entry is that of the moment before it. */
function byIcon(status: string, { row, pitIn }: RowFrame): RowState {
  const told = BY_STATUS.get(status);
  return pitIn && (told === undefined || told === 'running') ? 'in-pit' : (told ?? row.state);
}

function settleByMarks(frame: RowFrame, context: RowContext): void {
  const { row, pitIn, pitOut } = frame;
  if (row.state === 'finished') return;
  if (pitIn) row.state = 'in-pit';
  else if (pitOut) row.state = 'out-lap';
  else if (!context.has.status) row.state = withoutStatus(frame);
}

function withoutStatus({ row, crossed, lastLaps, clockMs, onTrack }: RowFrame): RowState {
  if (crossed !== null || lastLaps.length > 0) return 'running';
  if (clockMs !== null && row.stopLedger.inPit) return 'in-pit';
  return onTrack && row.state === 'in-pit' ? 'out-lap' : row.state;
}
