import type { FeedState } from '../feed-state.js';
import type { Row } from '../row.js';

const CLOSE_MS = 300;

/** The bracket of karts that run close together: alone, first, middle or last of a pack. */
export function tellGroup(state: FeedState, row: Row): void {
  const { board, lastPass, nowMs } = state;
  state.lastPass = { row, atMs: nowMs };
  if (!board.has('group')) return;
  if (lastPass === null || lastPass.row === row || nowMs - lastPass.atMs > CLOSE_MS) {
    board.set(row.id, 'group', 'gs', '');
    return;
  }
  const ahead = board.get(lastPass.row.id, 'group').cls;
  board.set(lastPass.row.id, 'group', ahead === 'gl' ? 'gm' : 'gf', '');
  board.set(row.id, 'group', 'gl', '');
}
