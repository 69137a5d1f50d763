import { describe, expect, it } from '@jest/globals';
import { raceOptions } from './race-options.js';

const MINUTE_MS = 60_000;

describe(raceOptions.name, () => {
  it('fits the stops to the length', () => {
    expect([10, 40, 60, 180].map((minutes) => raceOptions({ seed: 1, durationMs: minutes * MINUTE_MS }).stops)).toEqual([1, 1, 2, 8]);
  });

  it('keeps what is given and fills in the rest', () => {
    expect(raceOptions({ seed: 3, teams: 4, stops: 0, startMs: 5 })).toMatchObject({ seed: 3, teams: 4, stops: 0, startMs: 5, durationMs: 180 * MINUTE_MS });
  });
});
