import { type FeedState, isOdd, say } from '../feed-state.js';
import type { Line } from '../line.js';

const CHANGE_EVERY_MS = 240_000;
const SKIES = ['ws', 'wm', 'wc', 'wo'] as const;
const AIR = { least: 12, most: 31 };

/** The weather lines of the page of a new session: a sun and no words, or air and track as well. */
export function weather(state: FeedState): Line[] {
  const [air, track] = isOdd(state, 'weather') ? [airText(state), state.dialect.language.weather.dryTrack] : ['', ''];
  return [head('wth1', 'ws', ''), head('wth2', '', air), head('wth3', '', track)];
}

/** Another sky and another temperature every few minutes; the track stays dry. */
export function changeWeather(state: FeedState): void {
  if (!isOdd(state, 'weather')) return;
  state.agenda.at(state.nowMs + CHANGE_EVERY_MS, () => {
    state.board.head('wth1', state.oddRandom.pick(SKIES), '');
    state.board.head('wth2', '', airText(state));
    say(state);
    changeWeather(state);
  });
}

function airText({ dialect, oddRandom }: FeedState): string {
  return `${dialect.language.weather.air} : ${oddRandom.whole(AIR.least, AIR.most)}°C`;
}

function head(target: string, cls: string, value: string): Line {
  return { kind: 'head', target, cls, value };
}
