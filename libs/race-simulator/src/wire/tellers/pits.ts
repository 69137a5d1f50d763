import type { Breakdown, PitIn, PitOut } from '../../model/race-event.js';
import { type FeedState, rowOf, say } from '../feed-state.js';
import { bookDriving } from '../row.js';
import { minutesSecondsText } from '../texts.js';
import { startPitClock, stopPitClock } from './clocks.js';
import { refreshDriver } from './names.js';

const SPLIT_MS = 200;
const SHOWS_STANDING = 0.5;

/** Into the pit lane: status, clock, count, mark; the status sometimes in a frame of its own. */
export function tellPitIn(state: FeedState, { entry, stop, atMs }: PitIn): void {
  const { board, dialect, random } = state;
  const row = rowOf(state, entry);
  row.heldBack = dialect.circuit.pit.closes === 'entry' ? null : { driver: row.driver, ms: Math.max(0, atMs - Math.max(row.lastPassMs, row.outSinceMs ?? atMs)) };
  bookDriving(row, atMs);
  row.stop = { number: stop, inAtMs: atMs };
  const isSplit = random.chance(dialect.shares.splitEntries);
  if (!isSplit) board.set(row.id, 'status', 'si', '');
  for (const sector of ['s1', 's2', 's3'] as const) board.set(row.id, sector, '', '');
  startPitClock(state, row);
  board.set(row.id, 'stops', 'in', String(stop));
  board.mark(row.id, '*in', '0');
  if (state.showsDrivers) refreshDriver(state, row);
  say(state);
  if (!isSplit) return;
  board.set(row.id, 'status', 'si', '');
  say(state, SPLIT_MS);
}

/** Out of the pit lane. A kart that goes out for the first time in a session gets the same mark. */
export function tellPitOut(state: FeedState, { entry, atMs, inAtMs }: PitOut): void {
  const { board, dialect } = state;
  const row = rowOf(state, entry);
  stopPitClock(state, row);
  row.outSinceMs = atMs;
  row.stop = null;
  board.set(row.id, 'status', 'so', '');
  if (inAtMs !== null) board.set(row.id, 'pitTime', 'in', minutesSecondsText(atMs - inAtMs));
  board.mark(row.id, '*out', '0');
  // where the exit closes the lap, the lap is part of the same message
  if (dialect.circuit.pit.closes !== 'exit' || inAtMs === null) say(state);
}

/** A kart that stands on the track is seen as such by some loops only. */
export function tellBreakdown(state: FeedState, { entry, final, atMs }: Breakdown): void {
  const row = rowOf(state, entry);
  if (final && row.outSinceMs !== null) {
    bookDriving(row, atMs);
    row.clockRun += 1;
  }
  if (!state.random.chance(SHOWS_STANDING)) return;
  state.board.set(row.id, 'status', 'ss', '');
  say(state);
}
