/** What `--exit` prints on stdout. */
export interface ReplaySummary {
  competition: string;
  /** Frames of the recording. */
  frames: number;
  /** Their lines that are not blank. */
  lines: number;
  actions: number;
  /** Frames that were known already. */
  skipped: number;
  /** Lines that no rule knows. */
  unknown: number;
  /** Frames that were set apart for good, and operations that the API refused. */
  parked: number;
  /** REST operations applied. */
  operations: number;
  /** From the first byte of the file to the last commit. */
  elapsedMs: number;
}
