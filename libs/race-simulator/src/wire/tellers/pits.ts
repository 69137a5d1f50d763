import type { Breakdown, PitIn, PitOut } from '../../model/race-event.js';
import { type FeedState, isOdd, rowOf, say } from '../feed-state.js';
import { type Row, bookDriving } from '../row.js';
import { minutesSecondsText } from '../texts.js';
import { startPitClock, stopPitClock } from './clocks.js';
import { endSectors } from './lap-times.js';
import { refreshDriver } from './names.js';

const SPLIT_MS = 200;
const SHOWS_STANDING = 0.5;
const COUNT_AFTER_MS = 1_000;
const MARK_AGAIN_MS = 2_600;
const MARKED_TWICE = 0.06;

/** Into the pit lane: status, clock, count, mark; the status sometimes in a frame of its own. */
export function tellPitIn(state: FeedState, { entry, stop, atMs }: PitIn): void {
  const { board, dialect, random } = state;
  const row = rowOf(state, entry);
  row.heldBack = dialect.circuit.pit.closes === 'entry' ? null : { driver: row.driver, ms: Math.max(0, atMs - Math.max(row.lastPassMs, row.outSinceMs ?? atMs)) };
  bookDriving(row, atMs);
  row.stop = { number: stop, inAtMs: atMs };
  const isSplit = random.chance(dialect.shares.splitEntries);
  if (!isSplit) board.set(row.id, 'status', 'si', '');
  endSectors(state, row);
  startPitClock(state, row);
  board.set(row.id, 'stops', 'in', isOdd(state, 'stop-count-emptied') ? '' : String(stop));
  board.mark(row.id, '*in', '0');
  if (state.showsDrivers) refreshDriver(state, row);
  say(state);
  if (isSplit) {
    board.set(row.id, 'status', 'si', '');
    say(state, SPLIT_MS);
  }
  afterEntry(state, row);
}

/** What some installations send a moment later: the stop count that they have emptied, the mark of the entry once more. */
function afterEntry(state: FeedState, row: Row): void {
  const { agenda, board, nowMs, oddRandom } = state;
  if (isOdd(state, 'stop-count-emptied')) {
    agenda.at(nowMs + COUNT_AFTER_MS, () => {
      const { stops } = state.standings.of(row.entry);
      board.set(row.id, 'stops', 'in', stops === 0 ? '' : String(stops));
      say(state);
    });
  }
  if (!isOdd(state, 'entry-mark-twice') || !oddRandom.chance(MARKED_TWICE)) return;
  agenda.at(nowMs + MARK_AGAIN_MS, () => {
    if (row.stop === null) return;
    board.mark(row.id, '*in', '0');
    say(state);
  });
}

/** Out of the pit lane. A kart that goes out for the first time in a session gets the same mark. */
export function tellPitOut(state: FeedState, { entry, atMs, inAtMs }: PitOut): void {
  const { board, dialect } = state;
  const row = rowOf(state, entry);
  stopPitClock(state, row);
  row.outSinceMs = atMs;
  row.stop = null;
  if (inAtMs === null && isOdd(state, 'silent-first-exit')) return;
  board.set(row.id, 'status', 'so', '');
  if (isOdd(state, 'last-lap-cleared')) board.set(row.id, 'last', '', '');
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
