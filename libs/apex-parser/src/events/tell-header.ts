import type { Action } from '@lts/race-actions';
import { sameDistance } from '../durations.js';
import type { State } from '../state.js';
import { sessionFactsOf } from '../page/initialize.js';
import { sameFace } from './clocks.js';

type Tell = (action: Action) => void;

/** Tells what has changed above the table; beside a page, which tells it all, it only counts as told. */
export function tellHeader(state: State, isTold: boolean, tell: Tell): void {
  const { header, told, stage, stageText, bestLap } = state;
  const { status, flag, flagText, remaining, clocks, title1, title2, track, trackLengthM } = header;
  if (!isTold && state.session > 0) {
    tellFlag(state, tell);
    tellStage(state, tell);
    if (told.status !== status) tell({ type: 'update-competition-metadata-status', data: { status } });
    tellClocks(state, tell);
    tellWeather(state, tell);
    if (bestLap !== null && (told.bestLap?.participant_code !== bestLap.participant_code || told.bestLap.time_ms !== bestLap.time_ms)) tell({ type: 'update-best-lap', data: bestLap });
  }
  Object.assign(told, { title1, title2, track, trackLengthM, status, flag, flagText, remaining, stage, stageText, bestLap, weather: { ...header.weather }, clocks: [...clocks] });
}

function tellStage(state: State, tell: Tell): void {
  const { told, stage, stageText } = state;
  if (hasOtherFacts(state) && isOfThisSession(state)) tell({ type: 'update-session', data: sessionFactsOf(state) });
  if (told.stage !== stage || told.stageText !== stageText) tell({ type: 'update-competition-metadata-stage', data: { stage, stage_text: stageText } });
}

/** Titles that change once laps are driven speak of the session to come; what was not known at all is always of this one. */
function isOfThisSession({ told, rows }: State): boolean {
  if (told.title2 === '' || told.track === null) return true;
  for (const { lapLedger } of rows.values()) if (lapLedger.list.length > 0) return false;
  return true;
}

/** The stage is told by itself, too. */
function hasOtherFacts({ header, told }: State): boolean {
  return told.title1 !== header.title1 || told.title2 !== header.title2 || told.track !== header.track || told.trackLengthM !== header.trackLengthM;
}

function tellFlag({ header: { flag, flagText }, told }: State, tell: Tell): void {
  if (flag !== null && (told.flag !== flag || told.flagText !== flagText)) tell({ type: 'update-flag', data: { flag, text: flagText } });
}

function tellClocks({ header: { remaining, clocks }, told }: State, tell: Tell): void {
  if (remaining !== null && !sameDistance(told.remaining, remaining)) tell({ type: 'update-competition-metadata-remaining', data: { remaining_length: remaining } });
  clocks.forEach((face, index) => {
    if (face !== null && !sameFace(told.clocks[index] ?? null, face)) tell({ type: 'update-clock', data: face });
  });
}

function tellWeather({ header: { weather }, told: { weather: before } }: State, tell: Tell): void {
  const isSame = weather.sky === before.sky && weather.air_text === before.air_text && weather.track_text === before.track_text;
  if (!isSame) tell({ type: 'update-weather', data: { ...weather } });
}
