import { type FeedState, say } from '../feed-state.js';
import type { Row } from '../row.js';
import { hoursMinutesText, pitClockText } from '../texts.js';
import { refreshDriver } from './names.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** The kart is in the pits: seconds from now on, one line each. */
export function startPitClock(state: FeedState, row: Row): void {
  row.clockRun += 1;
  state.board.set(row.id, 'onTrack', 'to', pitClockText(0));
  tick(state, row, { run: row.clockRun, sinceMs: state.nowMs, count: 1, stepMs: SECOND_MS });
}

/** The last value of the pit clock stays until the line is crossed. */
export function stopPitClock(_state: FeedState, row: Row): void {
  row.clockRun += 1;
}

/** Hours and minutes since the exit, shown from the next crossing on; nothing happens where they are on show already. */
export function restartTrackClock(state: FeedState, row: Row): void {
  const { board, nowMs } = state;
  const shown = board.get(row.id, 'onTrack');
  if (row.outSinceMs === null || !board.has('onTrack') || (shown.cls === 'in' && shown.text !== '')) return;
  row.clockRun += 1;
  board.set(row.id, 'onTrack', 'in', hoursMinutesText(nowMs - row.outSinceMs));
  const count = Math.floor((nowMs - row.outSinceMs) / MINUTE_MS) + 1;
  tick(state, row, { run: row.clockRun, sinceMs: row.outSinceMs, count, stepMs: MINUTE_MS });
}

/** A clock of a row that goes on by itself. */
interface Ticking {
  run: number;
  sinceMs: number;
  count: number;
  stepMs: number;
}

function tick(state: FeedState, row: Row, clock: Ticking): void {
  if (!state.board.has('onTrack')) return;
  const { sinceMs, count, stepMs } = clock;
  state.agenda.at(sinceMs + count * stepMs, () => {
    if (row.clockRun !== clock.run) return;
    if (stepMs === SECOND_MS) state.board.set(row.id, 'onTrack', 'to', pitClockText(count * stepMs));
    else state.board.set(row.id, 'onTrack', 'in', hoursMinutesText(count * stepMs));
    if (stepMs === MINUTE_MS && state.showsDrivers) refreshDriver(state, row);
    say(state);
    if (row.outSinceMs !== null || stepMs === SECOND_MS) tick(state, row, { ...clock, count: count + 1 });
  });
}
