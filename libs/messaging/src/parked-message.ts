import type { Place } from '@lts/contracts';
import type { ParkedRecord } from './parked-record.js';

/** A message that was set apart, and what has become of it. */
export interface ParkedMessage {
  /** Where its record stands. */
  place: Place;
  /** When it was set apart, ISO 8601. */
  at: string;
  /** `repeat`: an earlier record tells of the same message, as after a crash or when two stages have rejected it. */
  state: 'waiting' | 'replayed' | 'repeat';
  record: ParkedRecord;
}

/** How a replay went. */
export interface ReplayFigures {
  /** Messages put back, by competition. */
  replayed: ReadonlyMap<string, number>;
  /** Messages of which only the beginning is kept: they cannot be put back. */
  cut: number;
}
