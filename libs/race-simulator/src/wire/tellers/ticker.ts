import { type FeedState, isOdd, isRace, say } from '../feed-state.js';
import type { Row } from '../row.js';
import { timeText } from '../texts.js';

const AFTER_MS = 5_000;
const FOR_MS = 20_000;
const NEXT_AFTER_MS = 20_000;
const HOUR_MS = 3_600_000;

/** A message at the foot of the page, some seconds later and for a while. */
export function ticker(state: FeedState, cls: string, text: string): void {
  state.agenda.at(state.nowMs + AFTER_MS, () => {
    state.board.head('msg', cls, text);
    say(state);
  });
  state.agenda.at(state.nowMs + AFTER_MS + FOR_MS, () => {
    state.board.head('msg', '', '');
    say(state);
  });
}

/** The best lap of the race has a new owner or a new time. */
export function tellBestOnTicker(state: FeedState, { entry }: Row, timeMs: number): void {
  if (!isOdd(state, 'bests-on-ticker') || !isRace(state)) return;
  const { circuit, language } = state.dialect;
  const speed = (circuit.lengthM / 1000 / (timeMs / HOUR_MS)).toFixed(2);
  ticker(state, '', `${language.bestLap} : ${entry.team} - ${timeText(timeMs)} (${speed} Km/h)`);
}

/** What comes after this session. */
export function tellNextOnTicker(state: FeedState): void {
  if (!isOdd(state, 'next-on-ticker')) return;
  state.agenda.at(state.nowMs + NEXT_AFTER_MS, () => {
    state.board.head('msg', 'msgt', `Next : ${state.dialect.event} | ${state.dialect.language.titles.race}`);
    say(state);
  });
}
