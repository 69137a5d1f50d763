import type { Action } from '@lts/race-actions';
import { sameDistance } from '../durations.js';
import type { State } from '../state.js';

/** Tells what has changed above the table; beside a page, which tells it all, it only counts as told. */
export function tellHeader(state: State, isTold: boolean, tell: (action: Action) => void): void {
  const { header, told, stage, stageText } = state;
  const { status, flag, flagText, remaining } = header;
  if (!isTold && state.session > 0) {
    tellFlag(state, tell);
    if (told.stage !== stage || told.stageText !== stageText) tell({ type: 'update-competition-metadata-stage', data: { stage, stage_text: stageText } });
    if (told.status !== status) tell({ type: 'update-competition-metadata-status', data: { status } });
    if (remaining !== null && !sameDistance(told.remaining, remaining)) tell({ type: 'update-competition-metadata-remaining', data: { remaining_length: remaining } });
  }
  Object.assign(told, { status, flag, flagText, remaining, stage, stageText });
}

function tellFlag({ header: { flag, flagText }, told }: State, tell: (action: Action) => void): void {
  if (flag !== null && (told.flag !== flag || told.flagText !== flagText)) tell({ type: 'update-flag', data: { flag, text: flagText } });
}
