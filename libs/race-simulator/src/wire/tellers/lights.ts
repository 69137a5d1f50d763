import { type FeedState, isOdd, say } from '../feed-state.js';
import { log } from './log.js';

const EARLY_MS = 90_000;
const SHOWN_MS = 6_000;
const REPEAT_MS = 60_000;

/** The flag panel. */
export function showLight(state: FeedState, cls: string): void {
  state.light = cls;
  state.board.head('light', cls, '');
}

/** Somebody shows the chequered flag a minute and a half before the end, sees it, and takes it back. */
export function flagTooEarly(state: FeedState): void {
  if (!isOdd(state, 'flag-too-early') || state.endAtMs === null) return;
  state.agenda.at(state.endAtMs - EARLY_MS, () => {
    const { endAtMs, nowMs, light } = state;
    if (endAtMs === null || state.over) return;
    if (endAtMs - nowMs > EARLY_MS) flagTooEarly(state);
    else if (light === 'lg') showForAMoment(state);
  });
}

/** The light once more, every minute as long as the session is on show. */
export function repeatLight(state: FeedState): void {
  if (!isOdd(state, 'light-repeated')) return;
  state.agenda.at(state.nowMs + REPEAT_MS, () => {
    showLight(state, state.light);
    say(state);
    repeatLight(state);
  });
}

function showForAMoment(state: FeedState): void {
  showLight(state, 'lf');
  log(state, 'chequered', state.dialect.language.control.finish);
  say(state);
  state.agenda.at(state.nowMs + SHOWN_MS, () => {
    if (state.over || state.light !== 'lf') return;
    showLight(state, 'lg');
    say(state);
  });
}
