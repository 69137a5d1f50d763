import type { Correction } from '../../model/race-event.js';
import { officialLaps } from '../../model/standings.js';
import { type FeedState, rowOf, say, sayApart } from '../feed-state.js';
import type { Row } from '../row.js';
import { timeText } from '../texts.js';
import { restartTrackClock } from './clocks.js';
import { tellDistances, tellPlaces } from './places.js';

const STRAY_ENTRY_MS = 1_000;

/** The official lap count of a row as it is now, and what follows from it. */
export function tellCount(state: FeedState, row: Row): void {
  state.board.set(row.id, 'laps', 'in', String(officialLaps(state.standings.of(row.entry))));
  tellDistances(state, row);
  tellPlaces(state);
}

/** Race control changes counts: only the new cells tell it. */
export function tellCorrection(state: FeedState, { changes, cause }: Correction): void {
  for (const { entry, laps, stops } of changes) {
    const row = rowOf(state, entry);
    if (laps < 0) tellFormerLap(state, row);
    if (stops < 0) tellFormerStops(state, row);
    tellCount(state, row);
    if (laps < 0 || stops < 0) state.board.mark(row.id, '*', '|');
  }
  sayApart(state);
  if (cause !== 'rollback' || !state.dialect.strayEntries) return;
  for (const { entry } of changes) state.board.mark(rowOf(state, entry).id, '*in', '0');
  say(state, STRAY_ENTRY_MS);
}

/** The last lap and the best one that stay. */
function tellFormerLap({ board, standings }: FeedState, row: Row): void {
  const { laps, bestMs } = standings.of(row.entry);
  const last = laps.at(-1);
  board.set(row.id, 'last', last === undefined ? '' : 'tn', last === undefined ? '' : timeText(last.timeMs));
  if (board.get(row.id, 'best').text !== (bestMs === null ? '' : timeText(bestMs))) board.set(row.id, 'best', 'ib', bestMs === null ? '' : timeText(bestMs));
}

/** A stop that does not count any more; one that still runs is over. */
function tellFormerStops(state: FeedState, row: Row): void {
  const { stops } = state.standings.of(row.entry);
  state.board.set(row.id, 'stops', 'in', stops === 0 ? '' : String(stops));
  if (row.stop === null || row.stop.number <= stops) return;
  row.stop = null;
  row.outSinceMs = state.nowMs;
  state.board.set(row.id, 'status', 'in', '');
  restartTrackClock(state, row);
}
