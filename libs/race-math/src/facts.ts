import type { Flag, Source } from '@lts/race-actions';

/**
 * Why a lap is set apart. A lap without any flag, or with `corrected` alone, is clean and counts for pace.
 *
 * - `first`: from the grid, so it has no whole lap behind it
 * - `in`, `out`: ends in the pit lane; holds the way out of it
 * - `neutral`: a yellow or red flag or the safety car was out during some of it
 * - `outlier`: far from what the team drives, set against what the field drives at that moment
 * - `phantom`: quicker than a kart can be, so a passage that was none
 * - `corrected`: its time was changed afterwards
 * - `withdrawn`: taken back by race control
 * - `missing`: counted, its time never came
 * - `given`: granted by race control, not driven
 */
export type LapFlag = 'first' | 'in' | 'out' | 'neutral' | 'outlier' | 'phantom' | 'corrected' | 'withdrawn' | 'missing' | 'given';

/** A lap of one row. Never deleted: what is wrong with it stands in its flags. */
export interface LapFact {
  /** Place in the row's list of laps of the session, from 1: its natural key. */
  ordinal: number;
  /** Official count with it; repeats after laps were taken back. */
  lap: number;
  timeMs: number | null;
  driver: string | null;
  /** Frame that told of it, Unix ms. */
  atMs: number;
  /** When the line was crossed, Unix ms; at most as late as `atMs`. See {@link crossingOf}. */
  crossedAtMs: number;
  sectors: (number | null)[];
  flags: LapFlag[];
  /** Time against the median of the field at that moment, ms; null for a lap that is not compared. */
  deviationMs: number | null;
  /** Ended by the loop at the exit of the pit lane: the lap lasted as long as the stay. */
  closedByExit: boolean;
}

/** A passage through the pit lane. */
export interface StopFact {
  ordinal: number;
  /** Official number; repeats after stops were taken back. */
  stop: number;
  inAtMs: number | null;
  outAtMs: number | null;
  /** Borders of the stints around a stop that is known by its count alone, estimated from its laps; null where the feed tells them. */
  estimated: { inAtMs: number; outAtMs: number } | null;
  /** Time in the pit lane, ms: the organiser's where `laneSource` is not `inferred`. */
  laneMs: number | null;
  laneSource: Source | null;
  /** Laps completed at entry. */
  lap: number;
  driverIn: string | null;
  driverOut: string | null;
  /** Flag at entry. */
  flag: Flag;
  /** A red flag came out or was out while the kart stood: the time says nothing of the team. */
  hasRed: boolean;
  /** A drive-through or stop-and-go was due at entry. */
  penaltyDue: boolean;
  valid: boolean;
  /** Places at entry and after the out lap; null as long as unknown. */
  positionIn: number | null;
  positionOut: number | null;
}

export type { Flag } from '@lts/race-actions';
