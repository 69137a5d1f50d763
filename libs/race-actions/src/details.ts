import type { PenaltyKind, RaceControlEvent, Sky } from './values.js';

/** What the circuit says of a row beside its race: category, nationality, colour of its number plate. Null where it says nothing. */
export interface ParticipantDetails {
  category: string | null;
  /** Code as the feed writes it, e.g. `ESP`. */
  nationality: string | null;
  /** Name of the plate's style, e.g. `no11`; its colour comes with `update-style`. A hint of the category. */
  plate: string | null;
}

/** The text of a column that no rule gives a meaning, kept by its header. */
export interface FreeCell {
  /** Number of the column, from 1. */
  column: number;
  /** Declared type, often empty. */
  type: string;
  /** Header of the column as written. */
  label: string;
  text: string;
}

/** Weather as the circuit shows it; texts as written, e.g. `Air : 15°C`, empty where there is none. */
export interface Weather {
  sky: Sky | null;
  air_text: string;
  track_text: string;
}

/** What one of the two clocks shows. */
export interface ClockFace {
  /** 1 is the main clock. */
  clock: 1 | 2;
  /** Time that remains, time since the start, laps done of a number of laps, a standing text, or a class that no rule knows. */
  kind: 'countdown' | 'elapsed' | 'laps' | 'text' | 'unknown';
  /** Time shown, ms; null when it shows none. An empty countdown shows 0. */
  millis: number | null;
  laps_done: number | null;
  laps_total: number | null;
  /** Value as written. */
  text: string;
}

/** Who holds the best lap of the session. */
export interface BestLap {
  participant_code: string;
  time_ms: number;
}

/** An entry of the circuit's own table of bests: sectors, lap, ideal lap, speed. */
export interface SessionBest {
  /** Row of that table, from 1. */
  place: number;
  /** e.g. `S1`, `Ideal`, as written. */
  label: string;
  /** Start number as written; empty for none. */
  number_text: string;
  /** Value as written, and in ms where it is a time. */
  text: string;
  time_ms: number | null;
}

/** What an entry of race control says, as far as rules can tell; added to its text, never in place of it. */
export interface MessageFacts {
  event: RaceControlEvent;
  /** Row that wears the number spoken of; null for none, or for a number that no row or several rows wear. */
  participant_code: string | null;
  /** Amount of a penalty. */
  laps: number | null;
  seconds: number | null;
  /** What a penalty or a warning is for, as written; null where the text does not say it. */
  reason: string | null;
  /** Stop that an automatic warning speaks of: its time in ms, and its lap. */
  stop_ms: number | null;
  stop_lap: number | null;
  /** 1-based number of the entry in the competition's log; null for the ticker. `update-message` refers to it. */
  ordinal: number | null;
}

/** How a penalty is to be served, what it is for as written, and the log entry that told of it. */
export interface PenaltyFacts {
  penalty: PenaltyKind;
  reason: string | null;
  message: number | null;
}
