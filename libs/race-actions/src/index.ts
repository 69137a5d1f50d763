export type {
  CompetitionStatus,
  Distance,
  Flag,
  Reason,
  RowState,
  Source,
  Stage,
} from './values.js';
export type {
  Action,
  ActionPayloads,
  ActionType,
  AddLap,
  AddPitIn,
  AddPitOut,
  IdentifiedAction,
  Initialize,
  Participant,
  SessionFacts,
  UpdateLap,
  UpdateStop,
  WithdrawLaps,
  WithdrawStop,
} from './actions.js';
export { ACTION_TYPES } from './actions.js';
