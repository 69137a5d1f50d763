/** What a generated race is made of; times in ms. */
export interface RaceOptions {
  seed: number;
  teams: number;
  durationMs: number;
  /** Unix time of the start. */
  startMs: number;
  /** Lap of an average kart. */
  lapMs: number;
  /** Stops that each team makes. */
  stops: number;
  /** Time in the pit lane, about. */
  pitMs: number;
}

const MINUTE_MS = 60_000;

/** A race of the given length with what usually goes with it: a stop about every twenty minutes. */
export function raceOptions(given: Partial<RaceOptions> & Pick<RaceOptions, 'seed'>): RaceOptions {
  const durationMs = given.durationMs ?? 180 * MINUTE_MS;
  return {
    teams: 12,
    startMs: Date.UTC(2026, 0, 1, 10),
    lapMs: 62_000,
    stops: Math.max(1, Math.floor(durationMs / (20 * MINUTE_MS)) - 1),
    pitMs: 65_000,
    ...given,
    durationMs,
  };
}
