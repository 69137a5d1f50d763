/**
 * Where the pit lane lies and which loop ends the lap of a stop. Shares are of a lap.
 * `closes`: the next crossing of the line, the loop at the exit, or the loop at the entry.
 */
export interface PitGeometry {
  closes: 'line' | 'exit' | 'entry';
  /** How far into the lap the entry is. */
  entryAt: number;
  /** How far it is from the exit to the line. */
  exitToLine: number;
}

/** What the model must know of a track. */
export interface Circuit {
  name: string;
  lengthM: number;
  /** Lap of an average driver in an average kart. */
  lapMs: number;
  /** Where the intermediate loops lie, as shares of a lap: none, one or two. */
  loops: readonly number[];
  pit: PitGeometry;
  /** Standing: the first lap is timed from the green flag. Rolling: from the first passage of the line. */
  start: 'standing' | 'rolling';
}
