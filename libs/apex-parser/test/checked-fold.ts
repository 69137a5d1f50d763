import { CompetitionState, type Frame, type FrameOutcome, type ParserLimits } from '../src/index.js';

const LARGEST = 2 ** 31 - 1;

/** Folds frames in order and checks of each outcome what must hold of any. */
export function fold(frames: readonly Frame[], state: CompetitionState, seen: (outcome: FrameOutcome) => void = () => undefined): void {
  for (const frame of frames) {
    const outcome = state.apply(frame);
    if (outcome.counts.unknown > outcome.counts.lines) throw new Error('More lines are unknown than there are.');
    const pages = outcome.actions.filter(({ type }) => type === 'initialize').length;
    if (pages !== (outcome.isInit ? 1 : 0)) throw new Error(`A frame with isInit ${outcome.isInit} gave ${pages} initialize.`);
    seen(outcome);
  }
}

const isInstant = (place: string): boolean => /(atMs|at_ms)$/u.test(place);

/** Plain JSON, and every number one that a database can hold; instants apart. */
function checkPlain(value: unknown, place = ''): void {
  if (value === undefined) throw new Error(`${place} is undefined`);
  if (typeof value === 'number') checkNumber(value, place);
  else if (typeof value === 'object' && value !== null) for (const [name, part] of Object.entries(value)) checkPlain(part, `${place}.${name}`);
}

function checkNumber(value: number, place: string): void {
  if (!Number.isFinite(value) || (Math.abs(value) > LARGEST && !isInstant(place))) throw new Error(`${place} is ${value}`);
}

/** Folds frames, and checks that all that is told is plain. */
export function checked(frames: readonly Frame[], limits: Partial<ParserLimits> = {}): CompetitionState {
  const state = new CompetitionState({ limits });
  fold(frames, state, ({ actions }) => checkPlain(actions));
  state.view();
  return state;
}
