/** Bounds of what one competition may occupy. Beyond a bound the parser goes on; each field says how. */
export interface ParserLimits {
  /** Rows of the table; further rows are ignored. */
  rows: number;
  /** Highest column number; cells to its right are ignored. */
  columns: number;
  /** Lines of a frame; further lines count as unknown. */
  linesPerFrame: number;
  /** Characters of a name, title or message; longer texts are cut. */
  textLength: number;
  /** Laps and stops remembered per row; the oldest are forgotten, their number stays counted. */
  lapsPerRow: number;
  stopsPerRow: number;
  /** Laps or stops listed when a count jumps up; what exceeds it is only counted. */
  jump: number;
  /** Entries of the race-control log that are remembered; older ones are forgotten. */
  messages: number;
  /** Unknown lines reported per frame, and characters of each. All are counted. */
  unknownLines: number;
  unknownTextLength: number;
}

/** Settings of one competition's parser. */
export interface ParserOptions {
  /**
   * What a person has set, by the name of the parser setting: a column, e.g. `timing-lap` -> `c6`, which wins over what the
   * page's header says, or words of titles, e.g. `stage-qualifying` -> `shootout, hot lap`, which win over the known ones.
   */
  columnOverrides?: Record<string, string>;
  /** Bounds that differ from `DEFAULT_LIMITS`. */
  limits?: Partial<ParserLimits>;
}

export const DEFAULT_LIMITS: ParserLimits = {
  rows: 500,
  columns: 100,
  linesPerFrame: 20_000,
  textLength: 500,
  lapsPerRow: 5_000,
  stopsPerRow: 500,
  jump: 200,
  messages: 500,
  unknownLines: 20,
  unknownTextLength: 200,
};
