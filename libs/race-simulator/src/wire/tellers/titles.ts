import { type FeedState, isOdd, isRace, say } from '../feed-state.js';
import type { Line } from '../line.js';

const LATE_MS = 40_000;
const FLICKER_AFTER_MS = 150_000;
const FLICKER_FOR_MS = 7_000;

/** The titles as they stand in the page of a new session. */
export function titles(state: FeedState): Line[] {
  const isLate = isOdd(state, 'titles-late');
  return [title('title1', isLate ? '' : state.dialect.event), title('title2', isLate ? '' : sessionTitle(state))];
}

/** Titles that are not in the page come after it. */
export function tellLateTitles(state: FeedState): void {
  if (!isOdd(state, 'titles-late')) return;
  state.agenda.at(state.nowMs + LATE_MS, () => {
    state.board.head('title1', '', state.dialect.event);
    state.board.head('title2', '', sessionTitle(state));
    say(state);
  });
}

/** In the running race somebody has the next session on his screen: its title is shown, then the right one again. */
export function flickerTitles(state: FeedState): void {
  if (!isOdd(state, 'titles-flicker') || !isRace(state)) return;
  const { agenda, dialect, nowMs } = state;
  const show = (atMs: number, text: string): void =>
    agenda.at(atMs, () => {
      state.board.head('title2', '', text);
      say(state);
    });
  show(nowMs + FLICKER_AFTER_MS, dialect.language.titles.practice);
  show(nowMs + FLICKER_AFTER_MS + FLICKER_FOR_MS, sessionTitle(state));
}

function sessionTitle({ dialect, frame }: FeedState): string {
  return dialect.titles?.[frame?.stage ?? 'race'] ?? dialect.language.titles[frame?.stage ?? 'race'];
}

function title(target: string, value: string): Line {
  return { kind: 'head', target, cls: '', value };
}
