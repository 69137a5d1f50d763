import type { FrameActions, Operation } from '@lts/contracts';
import type { ActionPayloads, ActionType, IdentifiedAction } from '@lts/race-actions';
import { putLap, putPitIn, putPitOut, updateStop, withdrawLaps, withdrawStop } from './laps-and-stops.js';
import { distanceOf, initialize, putDriver, putSession, putTeam, putTeamDetails, remainingOf, stageOf } from './participants.js';
import { Target, key, reference } from './target.js';

type Mapper<Type extends ActionType> = (data: ActionPayloads[Type], to: Target) => void;

const nothing = (): void => undefined;

const timing = (code: string, field: string): string => `timing/teams/${key(code)}/${field}`;

/** What each kind of action becomes; a kind without an entry does not compile. */
const MAPPERS: { readonly [Type in ActionType]: Mapper<Type> } = {
  'start-session': putSession,
  'update-session': putSession,
  initialize,
  'update-team': putTeam,
  'update-driver': ({ participant_code: code, name, total_driving_time: total }, to) => {
    putDriver(code, name, to);
    to.put(timing(code, 'driver'), { driver_id: reference(name) });
    if (total !== null) putDrivingTime(code, name, total, to);
  },
  'update-driver-total-driving-time': ({ participant_code: code, name, total_driving_time: total }, to) => {
    putDriver(code, name, to);
    putDrivingTime(code, name, total, to);
  },
  'update-participant-details': putTeamDetails,
  'remove-participant': ({ participant_code: code }, to) => to.delete(`timing/teams/${key(code)}`),
  'add-lap': putLap,
  'update-lap': putLap,
  'withdraw-laps': withdrawLaps,
  'add-pit-in': putPitIn,
  'add-pit-out': putPitOut,
  'update-stop': updateStop,
  'withdraw-stop': withdrawStop,
  'update-timing-position': ({ participant_code: code, position }, to) => to.put(timing(code, 'position'), { position, auto_other_positions: false }),
  'update-timing-lap': ({ participant_code: code, lap }, to) => to.put(timing(code, 'lap'), { lap }),
  'update-timing-last-time': ({ participant_code: code, last_time }, to) => to.put(timing(code, 'last_time'), { last_time: last_time ?? 0, auto_best_time: false }),
  'update-timing-best-time': ({ participant_code: code, best_time }, to) => to.put(timing(code, 'best_time'), { best_time: best_time ?? 0 }),
  'update-timing-gap': ({ participant_code: code, gap }, to) => to.put(timing(code, 'gap'), distanceOf('gap', gap)),
  'update-timing-interval': ({ participant_code: code, interval }, to) => to.put(timing(code, 'interval'), distanceOf('interval', interval)),
  'update-timing-number-pits': ({ participant_code: code, number_pits }, to) => to.put(timing(code, 'number_pits'), { number_pits }),
  'update-timing-pit-time': ({ participant_code: code, pit_time }, to) => to.put(timing(code, 'pit_time'), { pit_time }),
  'update-timing-sector': ({ participant_code: code, sector, time_ms: time }, to) => to.put(timing(code, 'sectors'), { sector, time }),
  'update-row-state': ({ participant_code: code, state }, to) => to.put(timing(code, 'state'), { state }),
  'update-competition-metadata-remaining': ({ remaining_length }, to) => to.put('metadata/remaining_length', remainingOf(remaining_length)),
  'update-competition-metadata-status': ({ status }, to) => to.put('metadata/status', { status }),
  'update-competition-metadata-stage': ({ stage, stage_text }, to) => to.put('metadata/stage', { ...stageOf(stage), stage_text }),
  'update-flag': ({ flag, text }, to) => to.put('metadata/flag', { flag, text }),
  'add-message': ({ kind, text, number_text, clock, channel }, to) => to.put(`${to.session}/messages/${key(to.action)}`, { kind, text, number_text, clock, channel }),
  'add-penalty': ({ participant_code, text, laps, seconds, at_ms }, to) => to.put(`${to.session}/penalties/${key(to.action)}`, { participant_code, text, laps, seconds, at_ms }),
  // the contract has no place for these; whoever wants them reads them from the topic
  'update-message': nothing,
  'update-timing-stint-time': nothing,
  'update-free-cell': nothing,
  'update-best-lap': nothing,
  'update-race-lap': nothing,
  'update-clock': nothing,
  'update-weather': nothing,
  'update-session-best': nothing,
  'update-style': nothing,
};

function putDrivingTime(code: string, name: string, total: number, to: Target): void {
  to.put(`drivers/${key(`${code}:${name}`)}/total_driving_time`, { total_driving_time: total });
}

/** The REST operations that one frame's actions become, in order; kinds that this version does not know yield none. */
export function operationsOf(competition: string, { session, actions }: FrameActions): Operation[] {
  const target = new Target(competition);
  for (const action of actions) {
    target.begin(action.id, session);
    if (Object.hasOwn(MAPPERS, action.type)) map(action, target);
  }
  return target.operations;
}

type ActionOf<Type extends ActionType> = { [T in Type]: { type: T; data: ActionPayloads[T] } }[Type];

function map<Type extends ActionType>(action: ActionOf<Type> & Pick<IdentifiedAction, 'id'>, to: Target): void {
  const mapper: Mapper<Type> = MAPPERS[action.type];
  mapper(action.data, to);
}
