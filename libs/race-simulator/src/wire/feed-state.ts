import type { Entry } from '../model/entry.js';
import type { SessionFrame } from '../model/race-event.js';
import type { Standing, Standings } from '../model/standings.js';
import type { SeededRandom } from '../random/seeded-random.js';
import type { Agenda } from './agenda.js';
import type { Board } from './board.js';
import type { Dialect } from './dialect.js';
import type { Outbox } from './outbox.js';
import type { Row } from './row.js';
import type { Screen } from './screen.js';

/** All that the feed knows while a session is on, shared by those who write its lines. */
export interface FeedState {
  readonly dialect: Dialect;
  readonly random: SeededRandom;
  readonly agenda: Agenda;
  readonly board: Board;
  readonly screen: Screen;
  readonly outbox: Outbox;
  readonly rows: Map<Entry, Row>;
  standings: Standings;
  frame: SessionFrame | null;
  nowMs: number;
  /** Whether the light is green or yellow: clocks run, names flip. */
  running: boolean;
  /** Whether the chequered flag is out. */
  over: boolean;
  endAtMs: number | null;
  /** Whether the clock has told that the time is up. */
  runOut: boolean;
  /** What the clock shows of the leader's lap, where the session is run over laps. */
  leaderLapShown: string;
  /** Names show the drivers at the moment. */
  showsDrivers: boolean;
  /** Entries of the race-control log, newest first. */
  log: string[];
  /** Row of the crossing before this one, and when it was. */
  lastPass: { row: Row; atMs: number } | null;
  /** Best time of each sector so far, ms. */
  bestSectorsMs: number[];
  /** Row with the best lap of the session. */
  bestRow: Row | null;
}

/** The row of a team. */
export function rowOf({ rows }: FeedState, entry: Entry): Row {
  const row = rows.get(entry);
  if (row === undefined) throw new Error(`${entry.team} has no row.`);
  return row;
}

/** Rows from first to last. */
export function rowsInOrder(state: FeedState): { row: Row; standing: Standing }[] {
  return state.standings.order.map((standing) => ({ row: rowOf(state, standing.entry), standing }));
}

/** Sends what has changed on the board as one message, now or a little later. */
export function say(state: FeedState, laterMs = 0): void {
  state.outbox.put(state.nowMs + laterMs, state.board.take());
}

/** Sends what race control has changed on the board: it acts by itself, so that no crossing shares the frame. */
export function sayApart(state: FeedState): void {
  state.outbox.putApart(state.nowMs, state.board.take());
}

/** True when the table is ranked by laps. */
export function isRace({ frame }: FeedState): boolean {
  return frame?.ranking === 'laps';
}
