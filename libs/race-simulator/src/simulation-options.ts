/** What is simulated. */
export interface SimulationOptions {
  /** The same seed gives the same bytes. */
  seed: number;
  /** Length of the race. */
  hours: number;
  teams: number;
  /** A name of `RULE_SETS`. */
  rules: string;
  /** A name of `DIALECTS`. */
  dialect: string;
  /** Unix ms at which the race goes green; practice and qualifying lie before it. */
  startMs: number;
  /** Practice and qualifying before the race. */
  day: boolean;
  /** A race for watching: stops every few minutes, a neutralisation, a penalty, changes of the lead. */
  eventful: boolean;
}
