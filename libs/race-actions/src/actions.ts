import type { BestLap, ClockFace, FreeCell, MessageFacts, ParticipantDetails, PenaltyFacts, SessionBest, Weather } from './details.js';
import type { CompetitionStatus, Distance, Flag, Reason, RowState, Source, Stage } from './values.js';

/**
 * One row of the timing table as an initial page states it.
 * Times are whole milliseconds; null where the page says nothing.
 */
export interface Participant {
  /** Row id of the feed, e.g. `r22773`; stable within a session. */
  participant_code: string;
  /** Place in the table, 1-based, also for rows that are not classified yet. */
  position: number;
  /** Start number as an integer; null when the text is not a plain number. */
  kart_number: number | null;
  /** Start number as the feed writes it, e.g. `007` or `12A`; empty when there is none. */
  number_text: string;
  /** Name of the team, null while the feed shows only a driver. */
  team_name: string | null;
  /** Driver now in the kart, null while unknown. */
  driver_name: string | null;
  laps: number;
  last_time: number | null;
  best_time: number | null;
  gap: Distance | null;
  interval: Distance | null;
  /** Stops made. */
  number_pits: number;
  /** Time of the running or last stop in the pit lane. */
  pit_time: number | null;
  /** Time on the track since the last stop, in whole minutes; null where the table does not say it. */
  stint_time?: number | null;
  state: RowState;
  details?: ParticipantDetails;
  /** Texts of columns without a meaning of their own, those that are not empty. */
  free_cells?: FreeCell[];
}

/** Facts of a session, as far as the feed has said them. */
export interface SessionFacts {
  /** 1-based number of the session inside its competition. */
  session: number;
  stage: Stage;
  /** The title as the feed writes it (`title2`, else `title1`). */
  stage_text: string;
  title1: string;
  title2: string;
  track: string | null;
  /** Length of the track in metres; null where the feed does not say it, or says what no kart track has. */
  track_length_m?: number | null;
  /** Order of the table: by best lap time, by laps and time, or no live timing at all. */
  ranking: 'best-time' | 'laps' | 'none';
}

export interface Initialize extends SessionFacts {
  status: CompetitionStatus;
  flag: Flag | null;
  remaining_length: Distance | null;
  /** All rows the session knows after this page, by position. Empty for a page without live timing. */
  participants: Participant[];
  /** Meaning of a column -> its id, e.g. `timing-lap` -> `c6`. */
  parsers_settings: Record<string, string>;
  weather?: Weather;
  clocks?: ClockFace[];
  best_lap?: BestLap | null;
  /** Hours by which the circuit's wall clock is ahead of UTC; null where the feed does not say it. */
  utc_offset_h?: number | null;
}

interface OfRow {
  participant_code: string;
}

export interface AddLap extends OfRow {
  /** 1-based place in the row's own list of laps of this session, withdrawn ones included: the lap's natural key. */
  ordinal: number;
  /** Official lap number at the time; repeats after laps were withdrawn. */
  lap: number;
  /** Null for a lap the feed counted without telling its time. */
  time_ms: number | null;
  driver: string | null;
  /** Team of the row at the time; null while only drivers have been shown. */
  team?: string | null;
  /** What told of the lap: a cell (count or last lap), a mark of the line, or neither. */
  source?: Source;
  /** Unix time of the frame that completed the lap, ms. */
  at_ms: number;
  /** Sector times in order, null where not shown; empty on circuits without sectors. */
  sectors: (number | null)[];
  /** The lap ended in the pit lane, or holds the way out of it. */
  in_lap: boolean;
  out_lap: boolean;
  valid: boolean;
  reason: Reason | null;
}

export type UpdateLap = Partial<Omit<AddLap, 'participant_code' | 'ordinal'>> & OfRow & { ordinal: number };

export interface WithdrawLaps extends OfRow {
  ordinals: number[];
  /** Official lap count of the row from now on. */
  laps: number;
  reason: Reason;
  at_ms: number;
}

export interface AddPitIn extends OfRow {
  /** 1-based place in the row's own list of stops of this session, withdrawn ones included: the stop's natural key. */
  ordinal: number;
  /** Official number of the stop; repeats after stops were withdrawn. */
  stop: number;
  /** Laps completed at entry. */
  lap: number;
  driver: string | null;
  /** Unix ms of the entry; null when the stop is known by its count only. */
  at_ms: number | null;
  source: Source;
}

export interface AddPitOut extends OfRow {
  ordinal: number;
  stop: number;
  driver: string | null;
  at_ms: number;
  /** Time in the pit lane, ms; the organiser's clock (whole seconds) where there is one, else the difference of arrivals. */
  duration_ms: number | null;
  /** Where the duration was read: the organiser's clock, a comment of race control, or the difference of the frames; of the exit when there is none. */
  source: Source;
}

export interface UpdateStop extends OfRow {
  ordinal: number;
  stop: number;
  /** Running or final time in the pit lane, ms. */
  duration_ms?: number | null;
  /** Where the duration was read; the organiser's clock when left out. */
  source?: Source;
  driver?: string | null;
  at_ms: number;
}

export interface WithdrawStop extends OfRow {
  ordinal: number;
  stop: number;
  /** Official stop count of the row from now on. */
  number_pits: number;
  reason: Reason;
  at_ms: number;
}

/** Payload of each kind of action. Names of the original system are kept where it had the kind. */
export interface ActionPayloads {
  'start-session': SessionFacts;
  initialize: Initialize;
  /** Titles, stage or track of the session are told otherwise than when it began, without a page. */
  'update-session': SessionFacts;
  'update-team': OfRow & { name: string; number: number | null; number_text: string };
  /** The driver now in the kart. Sent when the name changes, not when the display alternates. */
  'update-driver': OfRow & { name: string; total_driving_time: number | null };
  'update-driver-total-driving-time': OfRow & { name: string; total_driving_time: number };
  'remove-participant': OfRow;
  'add-lap': AddLap;
  'update-lap': UpdateLap;
  'withdraw-laps': WithdrawLaps;
  'add-pit-in': AddPitIn;
  'add-pit-out': AddPitOut;
  'update-stop': UpdateStop;
  'withdraw-stop': WithdrawStop;
  'update-timing-position': OfRow & { position: number };
  'update-timing-lap': OfRow & { lap: number };
  'update-timing-last-time': OfRow & { last_time: number | null };
  'update-timing-best-time': OfRow & { best_time: number | null };
  'update-timing-gap': OfRow & { gap: Distance | null };
  'update-timing-interval': OfRow & { interval: Distance | null };
  'update-timing-number-pits': OfRow & { number_pits: number };
  /** Time in the pit lane so far; null once the kart is back on the track. */
  'update-timing-pit-time': OfRow & { pit_time: number | null };
  /** Time on the track since the last stop, ms, in whole minutes; null while the pit clock stands in its place. */
  'update-timing-stint-time': OfRow & { stint_time: number | null };
  'update-timing-sector': OfRow & { sector: 1 | 2 | 3; time_ms: number | null };
  'update-row-state': OfRow & { state: RowState };
  'update-competition-metadata-remaining': { remaining_length: Distance };
  'update-competition-metadata-status': { status: CompetitionStatus };
  'update-competition-metadata-stage': { stage: Stage; stage_text: string };
  'update-flag': { flag: Flag; text: string };
  /** A text of race control or of the ticker. `number_text` is the start number it speaks of, if any. */
  'add-message': { kind: string; text: string; number_text: string | null; clock: string | null; channel: 'log' | 'ticker' } & Partial<MessageFacts>;
  /** An entry of the log has vanished from it, or has come back. */
  'update-message': { ordinal: number; shown: boolean };
  'add-penalty': OfRow & { text: string; laps: number | null; seconds: number | null; at_ms: number } & Partial<PenaltyFacts>;
  'update-participant-details': OfRow & ParticipantDetails;
  'update-free-cell': OfRow & FreeCell;
  'update-best-lap': BestLap;
  /** Lap of the race as the leader's gap cell tells it. */
  'update-race-lap': OfRow & { lap: number };
  'update-clock': ClockFace;
  'update-weather': Weather;
  'update-session-best': SessionBest;
  /** Colour of a style that rows refer to, `#RRGGBB`. */
  'update-style': { name: string; colour: string };
}

export type ActionType = keyof ActionPayloads;

/** Something that happened, provider-neutral; `type` decides the payload. */
export type Action = { [T in ActionType]: { type: T; data: ActionPayloads[T] } }[ActionType];

/** An action with its identity: the id of its frame, a colon, and its 0-based index in the frame. */
export type IdentifiedAction = Action & { id: string };

/** Every kind of action, for checks at start that each has a reader. */
export const ACTION_TYPES = [
  'start-session',
  'initialize',
  'update-session',
  'update-team',
  'update-driver',
  'update-driver-total-driving-time',
  'remove-participant',
  'add-lap',
  'update-lap',
  'withdraw-laps',
  'add-pit-in',
  'add-pit-out',
  'update-stop',
  'withdraw-stop',
  'update-timing-position',
  'update-timing-lap',
  'update-timing-last-time',
  'update-timing-best-time',
  'update-timing-gap',
  'update-timing-interval',
  'update-timing-number-pits',
  'update-timing-pit-time',
  'update-timing-stint-time',
  'update-timing-sector',
  'update-row-state',
  'update-competition-metadata-remaining',
  'update-competition-metadata-status',
  'update-competition-metadata-stage',
  'update-flag',
  'add-message',
  'add-penalty',
  'update-message',
  'update-participant-details',
  'update-free-cell',
  'update-best-lap',
  'update-race-lap',
  'update-clock',
  'update-weather',
  'update-session-best',
  'update-style',
] as const satisfies readonly ActionType[];
