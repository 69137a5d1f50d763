import { type FeedState, isOdd, isRace, rowsInOrder, say } from '../feed-state.js';
import type { Row } from '../row.js';

const ARROW_MS = 10_000;
const ARROWS: readonly string[] = ['sr', 'su', 'sd', 'sl'];

/** The mark of a crossing: kept, gained, lost, finished. In a race it stays until the leader begins his next lap. */
export function tellPassed(state: FeedState, row: Row, finish: boolean): void {
  const place = state.standings.order.findIndex(({ entry }) => entry === row.entry);
  state.board.set(row.id, 'status', finish ? 'sf' : passed(state, row, place), '');
  if (finish) return;
  if (!isRace(state)) dropArrowLater(state, row);
  else if (place === 0) dropArrows(state, row);
}

/** In any other session the mark stays for ten seconds. */
export function dropArrowLater(state: FeedState, row: Row): void {
  const passMs = row.lastPassMs;
  state.agenda.at(state.nowMs + ARROW_MS, () => {
    if (row.lastPassMs !== passMs) return;
    dropArrow(state, row);
    say(state);
  });
}

function dropArrows(state: FeedState, leader: Row): void {
  for (const { row } of rowsInOrder(state)) if (row !== leader) dropArrow(state, row);
}

function dropArrow({ board }: FeedState, row: Row): void {
  if (ARROWS.includes(board.get(row.id, 'status').cls)) board.set(row.id, 'status', 'in', '');
}

/** Who is laps behind has a mark of his own at some circuits. */
function passed(state: FeedState, row: Row, place: number): string {
  const leader = state.standings.order[0];
  const isLapped = isRace(state) && leader !== undefined && state.standings.behind(row.entry, leader.entry).laps > 0;
  return isLapped && isOdd(state, 'lapped-mark') ? 'sl' : arrow(row.place, place);
}

function arrow(before: number, after: number): string {
  if (after === before) return 'sr';
  return after < before ? 'su' : 'sd';
}
