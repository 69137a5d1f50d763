export type {
  CompetitionStatus,
  Distance,
  Flag,
  PenaltyKind,
  RaceControlEvent,
  Reason,
  RowState,
  Sky,
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
export type { BestLap, ClockFace, FreeCell, MessageFacts, ParticipantDetails, PenaltyFacts, SessionBest, Weather } from './details.js';
export { ACTION_TYPES } from './actions.js';
