import type { Action, ActionPayloads, ActionType } from '@lts/race-actions';
import { addLap, updateLap, withdrawLaps } from './fold-laps.js';
import { addPitIn, addPitOut, updateStop, withdrawStop } from './fold-stops.js';
import { showFlag } from './neutralisations.js';
import { type SessionState, rowOf } from './session-state.js';

type Fold<Type extends ActionType> = (session: SessionState, data: ActionPayloads[Type]) => void;

/** Kinds of action that change what is known; all others are passed over. */
const FOLDS: { readonly [Type in ActionType]?: Fold<Type> } = {
  'start-session': (session, facts) => void (session.facts = facts),
  'update-session': (session, facts) => void (session.facts = facts),
  initialize,
  'update-driver': (session, { participant_code, name, total_driving_time }) => {
    const row = rowOf(session, participant_code);
    row.driver = name;
    if (total_driving_time !== null) row.toldDrivingMs[name] = total_driving_time;
  },
  'update-driver-total-driving-time': (session, { participant_code, name, total_driving_time }) => void (rowOf(session, participant_code).toldDrivingMs[name] = total_driving_time),
  'add-lap': addLap,
  'update-lap': updateLap,
  'withdraw-laps': withdrawLaps,
  'add-pit-in': addPitIn,
  'add-pit-out': addPitOut,
  'update-stop': updateStop,
  'withdraw-stop': withdrawStop,
  'update-timing-best-time': (session, { participant_code, best_time }) => void (rowOf(session, participant_code).toldBestMs = best_time),
  'update-timing-position': (session, { participant_code, position }) => moveTo(session, participant_code, position),
  'update-flag': (session, { flag }) => showFlag(session.flags, flag, session.atMs),
  'update-row-state': (session, { participant_code, state }) => {
    const row = rowOf(session, participant_code);
    if (state === 'finished') row.finishedAtMs ??= session.atMs;
    else row.finishedAtMs = null;
  },
  'add-penalty': (session, { participant_code, penalty }) => {
    if (penalty === 'drive-through' || penalty === 'stop-and-go') rowOf(session, participant_code).passagesDue += 1;
  },
};

/** Folds the actions of one frame, Unix ms, into the session. */
export function foldSession(session: SessionState, atMs: number, actions: readonly Action[]): void {
  session.atMs = atMs;
  for (const action of actions) foldAction(session, action);
}

type ActionOf<Type extends ActionType> = { [T in Type]: { type: T; data: ActionPayloads[T] } }[Type];

function foldAction<Type extends ActionType>(session: SessionState, action: ActionOf<Type>): void {
  const fold: Fold<Type> | undefined = FOLDS[action.type];
  fold?.(session, action.data);
}

/** A page: rows that are new, and the places and flag it shows. What it does not mention stays. */
function initialize(session: SessionState, page: ActionPayloads['initialize']): void {
  session.facts = page;
  if (page.flag !== null) showFlag(session.flags, page.flag, session.atMs);
  for (const participant of page.participants) {
    const row = rowOf(session, participant.participant_code);
    row.driver = participant.driver_name ?? row.driver;
    row.toldBestMs = participant.best_time ?? row.toldBestMs;
    moveTo(session, row.code, participant.position);
  }
}

function moveTo(session: SessionState, code: string, position: number): void {
  const row = rowOf(session, code);
  row.position = position;
  if (position !== 1 || session.leader === code) return;
  const former = session.leader === null ? undefined : session.rows[session.leader];
  if (former !== undefined) former.ledMs += session.atMs - session.leadsSinceMs;
  session.leader = code;
  session.leadsSinceMs = session.atMs;
}
