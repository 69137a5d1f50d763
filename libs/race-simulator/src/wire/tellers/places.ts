import { officialLaps } from '../../model/standings.js';
import { type FeedState, isRace, rowsInOrder } from '../feed-state.js';
import type { Row } from '../row.js';
import { lapsBehindText, leaderText, timeText } from '../texts.js';

/** Positions of all rows that moved: the cell and the mark that moves the row. */
export function tellPlaces(state: FeedState): void {
  const moved: number[] = [];
  rowsInOrder(state).forEach(({ row, standing }, index) => {
    const isClassified = isRace(state) ? standing.passedAtMs !== null || state.running : standing.bestMs !== null;
    if (isClassified) state.board.set(row.id, 'position', '', String(index + 1));
    if (row.place === index) return;
    row.place = index;
    state.board.place(row.id, index);
    moved.push(index);
    state.board.mark(row.id, '#', String(index + 1));
  });
  if (isRace(state) && moved.length > 0) tellNeighbours(state, moved);
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
    return;
  }
  board.set(row.id, 'gap', 'ib', distanceText(state, row, leader.row));
  const { laps: behind } = standings.behind(row.entry, leader.row.entry);
  board.set(row.id, 'lapsBehind', 'ib', behind > 0 ? lapsBehindText(behind, dialect.language) : '');
  board.set(row.id, 'interval', 'in', distanceText(state, row, order[place - 1]?.row ?? leader.row));
}

/** Differences of best laps; when the best of all changes, everybody's does. */
function tellDifferences(state: FeedState): void {
  let aheadMs: number | null = null;
  const bestMs = state.standings.order[0]?.bestMs ?? null;
  for (const { row, standing } of rowsInOrder(state)) {
    if (standing.bestMs === null || bestMs === null) return;
    state.board.set(row.id, 'gap', 'in', aheadMs === null ? '' : timeText(standing.bestMs - bestMs));
    state.board.set(row.id, 'interval', 'in', aheadMs === null ? '' : timeText(standing.bestMs - aheadMs));
    aheadMs = standing.bestMs;
  }
}

function distanceText({ standings, dialect }: FeedState, row: Row, ahead: Row): string {
  const { laps, timeMs } = standings.behind(row.entry, ahead.entry);
  if (laps > 0) return lapsBehindText(laps, dialect.language);
  return laps < 0 || timeMs < 0 ? '' : timeText(timeMs);
}
