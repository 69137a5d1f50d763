/** A class of teams with figures of its own. */
export interface CategoryRules {
  name: string;
  /** Share of the teams. */
  share: number;
  /** Stops over the whole event. */
  stops: number;
  /** Longest time on track in one go; null where there is no limit. */
  maxStintMs: number | null;
}

/** What breaches cost. Seconds are served on top of the next stop. */
export interface PenaltyScale {
  /** Seconds for a stop that was short by so many ms. */
  shortStop(missingMs: number): number;
  /** Seconds for each started minute above the longest stint. */
  overstayedPerMinute: number;
  /** Seconds for an entry while the pits are closed. */
  closedPit: number;
  /** Laps for each stop that is missing at the end. */
  missingStopLaps: number;
}

/** The rules of an event. Stops and closures are scaled to the simulated length; durations of stops and stints are not. */
export interface RuleSet {
  name: string;
  help: string;
  /** Length that `stops` and `closed…` are stated for. */
  hours: number;
  categories: readonly [CategoryRules, ...CategoryRules[]];
  /** Least time in the pit lane; null where it is free. */
  minPitMs: number | null;
  minStintMs: number;
  closedFirstMs: number;
  closedLastMs: number;
  /** Where each stop is only allowed around its own moment, evenly spread over the race: half the width of such a window. */
  windowHalfMs: number | null;
  drivers: { least: number; most: number };
  driverChange: 'every-stop' | 'free';
  /** Whether karts are drawn anew at each stop, from how many rows, and how: the row whose turn it is, or any. */
  karts: { change: boolean; rows: number; draw: 'in-turn' | 'drawn' };
  penalties: PenaltyScale;
}
