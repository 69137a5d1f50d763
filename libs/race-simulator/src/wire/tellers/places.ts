import { officialLaps } from '../../model/standings.js';
import { type FeedState, isOdd, isRace, rowsInOrder, say } from '../feed-state.js';
import type { Row } from '../row.js';
import { lapsBehindText, leaderText, timeText } from '../texts.js';

const EMPTIED_FIRST = 0.4;
const REFILL_MS = 200;

/** Positions of all rows that moved: the cell and the mark that moves the row. */
export function tellPlaces(state: FeedState): void {
  const moved: number[] = [];
  rowsInOrder(state).forEach(({ row, standing }, index) => {
    const isClassified = isRace(state) ? standing.passedAtMs !== null || state.running : standing.bestMs !== null;
    if (isClassified) state.board.set(row.id, 'position', '', String(index + 1));
    if (row.place === index) return;
    row.place = index;
    state.board.place(row.id, index);
    tellPlacesGained(state, row);
    moved.push(index);
    state.board.mark(row.id, '#', String(index + 1));
  });
  if (isRace(state) && moved.length > 0) tellNeighbours(state, moved);
}

/** Places since the grid, with the arrow of their direction. */
function tellPlacesGained({ board }: FeedState, row: Row): void {
  const gained = row.gridPlace - row.place;
  const cls = gained === 0 ? 'rke' : gained > 0 ? 'rkb' : 'rkw';
  board.set(row.id, 'placesGained', cls, String(Math.abs(gained)));
}

/** Whoever has somebody else in front of him now gets a new interval. */
function tellNeighbours(state: FeedState, moved: readonly number[]): void {
  const order = rowsInOrder(state);
  for (const index of new Set(moved.flatMap((place) => [place, place + 1]))) {
    const own = order[index];
    const ahead = order[index - 1];
    if (own === undefined || ahead === undefined || own.standing.passedAtMs === null) continue;
    state.board.set(own.row.id, 'interval', 'in', distanceText(state, own.row, ahead.row));
  }
}

/** Gap and interval of one row: distances at its crossing in a race, differences of best laps elsewhere. */
export function tellDistances(state: FeedState, row: Row): void {
  if (isRace(state)) tellDistancesOnTrack(state, row);
  else tellDifferences(state);
}

function tellDistancesOnTrack(state: FeedState, row: Row): void {
  const { board, dialect, standings } = state;
  const order = rowsInOrder(state);
  const place = order.findIndex((candidate) => candidate.row === row);
  const leader = order[0];
  const laps = officialLaps(standings.of(row.entry));
  if (leader === undefined || place <= 0) {
    board.set(row.id, 'gap', 'in', leaderText(laps, dialect.language));
    board.set(row.id, 'lapsBehind', 'in', '');
    board.set(row.id, 'interval', 'in', '');
    tellPassed(state, row);
    return;
  }
  tellGap(state, row, leader.row);
  tellInterval(state, row, order[place - 1]?.row ?? leader.row);
}

/** The leader has passed those who have not been at the line since he was there last: they are a lap more behind. */
function tellPassed(state: FeedState, leader: Row): void {
  const { board, dialect, standings } = state;
  for (const { row } of rowsInOrder(state)) {
    const laps = standings.behind(row.entry, leader.entry).laps - 1;
    if (row === leader || laps < 1 || row.lastPassMs > leader.passBeforeMs) continue;
    const text = lapsBehindText(laps, dialect.language);
    board.set(row.id, 'gap', 'ib', text);
    board.set(row.id, 'lapsBehind', 'ib', text);
  }
}

/** The distance to the leader. */
function tellGap(state: FeedState, row: Row, leader: Row): void {
  const { board, dialect, standings } = state;
  board.set(row.id, 'gap', 'ib', distanceText(state, row, leader));
  const { laps } = standings.behind(row.entry, leader.entry);
  board.set(row.id, 'lapsBehind', 'ib', laps > 0 ? lapsBehindText(laps, dialect.language) : '');
}

/** The distance to the one ahead; some installations empty it first. */
function tellInterval(state: FeedState, row: Row, ahead: Row): void {
  const { agenda, board, nowMs, oddRandom } = state;
  if (!isOdd(state, 'intervals-refilled') || !oddRandom.chance(EMPTIED_FIRST)) {
    board.set(row.id, 'interval', 'in', distanceText(state, row, ahead));
    return;
  }
  board.set(row.id, 'interval', 'in', '');
  agenda.at(nowMs + REFILL_MS, () => {
    const order = rowsInOrder(state);
    const aheadNow = order[order.findIndex((candidate) => candidate.row === row) - 1];
    if (aheadNow !== undefined) board.set(row.id, 'interval', 'in', distanceText(state, row, aheadNow.row));
    say(state);
  });
}

/** Differences of best laps; when the best of all changes, everybody's does. */
function tellDifferences(state: FeedState): void {
  let aheadMs: number | null = null;
  const bestMs = state.standings.order[0]?.bestMs ?? null;
  for (const { row, standing } of rowsInOrder(state)) {
    if (standing.bestMs === null || bestMs === null) return;
    state.board.set(row.id, 'gap', 'in', aheadMs === null ? leadText(state, bestMs) : timeText(standing.bestMs - bestMs));
    state.board.set(row.id, 'interval', 'in', aheadMs === null ? '' : timeText(standing.bestMs - aheadMs));
    aheadMs = standing.bestMs;
  }
}

/** Nothing for the one in front; at some circuits, for a moment, how much better he is than the best one before. */
function leadText(state: FeedState, bestMs: number): string {
  const formerMs = state.formerBestMs;
  state.formerBestMs = bestMs;
  if (!isOdd(state, 'negative-gap') || formerMs === null || formerMs <= bestMs) return '';
  state.agenda.at(state.nowMs + REFILL_MS, () => {
    tellDifferences(state);
    say(state);
  });
  return `-${timeText(formerMs - bestMs)}`;
}

function distanceText({ standings, dialect }: FeedState, row: Row, ahead: Row): string {
  const { laps, timeMs } = standings.behind(row.entry, ahead.entry);
  if (laps > 0) return lapsBehindText(laps, dialect.language);
  return laps < 0 || timeMs < 0 ? '' : timeText(timeMs);
}
