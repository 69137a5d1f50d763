import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { crossingOf, cutCrossings, distanceAt, instantAt, lastLap, noteCrossing } from './crossings.js';

describe('the instant of a crossing', () => {
  it('is never before the truth, never after its frame, and gets nearer with each lap', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ timeMs: fc.integer({ min: 40_000, max: 200_000 }), delayMs: fc.integer({ min: 0, max: 1_199 }) }), { minLength: 2, maxLength: 50 }), (laps) => {
        let trueMs = 1_000_000;
        let toldMs: number | null = null;
        let error = Infinity;
        for (const { timeMs, delayMs } of laps) {
          trueMs += timeMs;
          toldMs = crossingOf(trueMs + delayMs, toldMs, timeMs);
          expect(toldMs).toBeGreaterThanOrEqual(trueMs);
          expect(toldMs - trueMs).toBeLessThanOrEqual(Math.min(error, delayMs));
          error = toldMs - trueMs;
        }
      }),
    );
  });

  it('starts anew where the lap time does not lead from one frame to the next', () => {
    expect(crossingOf(200_000, 100_000, 60_000)).toBe(200_000);
    expect(crossingOf(200_000, 100_000, null)).toBe(200_000);
    expect(crossingOf(200_000, null, 60_000)).toBe(200_000);
  });
});

describe('the distance of a row', () => {
  const driven = { from: 1, atMs: [60_000, 120_000, 200_000] };

  it('grows in proportion between two crossings, and by the expected lap after the last', () => {
    expect(distanceAt(driven, 59_999, 60_000)).toBeNull();
    expect(distanceAt(driven, 90_000, 1)).toBe(1.5);
    expect(distanceAt(driven, 180_000, 1)).toBe(2.75);
    expect(distanceAt(driven, 215_000, 60_000)).toBe(3.25);
  });

  it('stays below the next lap until the line is crossed', () => {
    expect(distanceAt(driven, 999_000, 60_000)).toBeLessThan(4);
  });

  it('is the inverse of the instant', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60_000, max: 200_000 }), (atMs) => {
        expect(instantAt(driven, distanceAt(driven, atMs, null) ?? 0)).toBeCloseTo(atMs, 3);
      }),
    );
    expect(instantAt(driven, 3.5)).toBeNull();
    expect(instantAt(driven, 0.5)).toBeNull();
  });

  it('begins with the first lap seen, gains given laps at once, and loses those that are taken back', () => {
    const crossings = { from: 0, atMs: [] as number[] };
    noteCrossing(crossings, 41, 1_000);
    noteCrossing(crossings, 44, 2_000);
    expect(crossings).toEqual({ from: 41, atMs: [1_000, 2_000, 2_000, 2_000] });
    cutCrossings(crossings, 42);
    expect(lastLap(crossings)).toBe(42);
    noteCrossing(crossings, 43, 3_000);
    expect(crossings.atMs).toEqual([1_000, 2_000, 3_000]);
    noteCrossing(crossings, 40, 4_000);
    expect(crossings.atMs).toEqual([1_000, 2_000, 3_000]);
  });
});
