import type { FrameLog } from './frame-log.js';

/** What a client gives back from the last answer; empty texts at first. */
export interface PollRequest {
  init: string;
  index: string;
}

/** The circuit at this moment. */
export interface PollState {
  /** Number of the race, from 1; 0 before the first has begun. */
  race: number;
  page: { text: string; holdsNext: boolean } | null;
  log: FrameLog;
}

/** What tells a client to load the circuit page again. */
const REFRESH = 'REFRESH_BROWSER';

/**
 * Answer of the HTTP poll, `<init>@<index>@<payload>`: `init` is the number of the race, `index` that of the last frame told.
 * A client without an index, or one whose frames are forgotten, gets the page, or an empty payload while there is none;
 * one from another race is told to reload; when there is nothing new, the answer is empty.
 */
export function pollAnswer({ init, index }: PollRequest, state: PollState): string {
  const race = Math.max(1, state.race);
  if (init === '' || init === '0' || index === '') return pageAnswer(race, state);
  if (init !== String(race)) return `${race}@${state.log.lastIndex}@${REFRESH}`;
  const news = state.log.since(Number(index));
  if (news === null) return pageAnswer(race, state);
  return news === '' ? '' : `${race}@${state.log.lastIndex}@${news}`;
}

function pageAnswer(race: number, { page, log }: PollState): string {
  return page === null ? `${race}@${log.lastIndex}@` : `${race}@${log.lastIndex + (page.holdsNext ? 1 : 0)}@${page.text}`;
}
