import { describe, expect, it } from '@jest/globals';
import { circuit, entry, kart } from '../../test/scripted-session.js';
import { SeededRandom } from '../random/seeded-random.js';
import { type LapConditions, Pace } from './pace.js';

const [driver] = entry(0).drivers;
const HOUR_MS = 3_600_000;
const usual: LapConditions = { driver, kart: kart('K1'), lapOfStint: 30, stintMs: 0, stintOffsetMs: 0, elapsedMs: 6 * HOUR_MS, lengthMs: 24 * HOUR_MS, held: false, lastScatterMs: 0 };

/** The lap in the middle of a thousand under the same conditions, drawn with the same luck. */
function median(given: Partial<LapConditions>): number {
  const pace = new Pace(circuit, new SeededRandom(8));
  const laps = Array.from({ length: 1_000 }, () => pace.lap({ ...usual, ...given }).lapMs).sort((left, right) => left - right);
  return laps[500] ?? 0;
}

/** What a condition adds to the lap, ms. */
function cost(given: Partial<LapConditions>): number {
  return median(given) - median({});
}

describe(Pace.name, () => {
  it('is the lap of the circuit for an average driver in an average kart, give or take what is usual', () => {
    expect(Math.abs(median({}) - circuit.lapMs)).toBeLessThan(150);
  });

  it('adds what the driver, the kart and the day of the stint are worth, to the millisecond', () => {
    expect(cost({ driver: { ...driver, paceMs: 700 } })).toBe(700);
    expect(cost({ kart: { name: 'K2', qualityMs: -250 } })).toBe(-250);
    expect(cost({ stintOffsetMs: 120 })).toBe(120);
  });

  it('tires a driver by the hour', () => {
    expect(cost({ driver: { ...driver, fatigueMsPerHour: 400 }, stintMs: HOUR_MS / 2 })).toBe(200);
  });

  it('costs a second and more right after a stop, and less with each lap', () => {
    const costs = [0, 1, 2, 3, 5, 10].map((lapOfStint) => cost({ lapOfStint }));
    expect(costs[0]).toBeGreaterThan(900);
    expect([...costs].sort((left, right) => right - left)).toEqual(costs);
  });

  it('holds up who is close behind another', () => {
    expect(cost({ held: true })).toBeCloseTo((300 * circuit.lapMs) / 74_700, -1);
  });

  it('is slow at the ends of a session and quick in its middle', () => {
    expect(cost({ elapsedMs: 0 })).toBeGreaterThan(700);
    expect(cost({ elapsedMs: 12 * HOUR_MS })).toBeLessThan(-700);
  });

  it('scatters less for a steady driver, and carries a part over to the next lap', () => {
    const spread = (scatter: number): number => {
      const pace = new Pace(circuit, new SeededRandom(8));
      const parts = Array.from({ length: 500 }, () => pace.lap({ ...usual, driver: { ...driver, scatter } }).scatterMs);
      return Math.sqrt(parts.reduce((sum, ms) => sum + ms * ms, 0) / parts.length);
    };
    expect(spread(1.3) / spread(0.7)).toBeCloseTo(1.3 / 0.7, 5);
    const next = (lastScatterMs: number): number => new Pace(circuit, new SeededRandom(8)).lap({ ...usual, lastScatterMs }).scatterMs;
    expect(next(1_000) - next(0)).toBeCloseTo(280, 5);
  });

  it('is never quicker than nine tenths of the usual lap', () => {
    expect(median({ driver: { ...driver, paceMs: -20_000 } })).toBe(circuit.lapMs * 0.9);
  });
});
