import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { meanOfLeast, median, medianSlope, robustDeviation } from './robust.js';

describe('robust figures', () => {
  it('take the middle value, or the mean of the middle two', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBeNull();
  });

  it('are not moved by a few wild values', () => {
    expect(median([60, 61, 62, 61, 900])).toBe(61);
    expect(robustDeviation([60, 61, 62, 61, 900])).toBeCloseTo(1.4826);
    expect(medianSlope([10, 12, 14, 900, 18, 20].map((value, place) => ({ place, value })), 5)).toBe(2);
  });

  it('equal the standard deviation of normally distributed values', () => {
    const uniform = (place: number): number => (place * 0.618_033_988_75) % 1;
    const values = Array.from({ length: 4_000 }, (_, place) => Math.sqrt(-2 * Math.log(1 - uniform(place + 1))) * Math.cos(2 * Math.PI * ((place * 0.414_213_562_37) % 1)) * 500);
    expect(robustDeviation(values)).toBeGreaterThan(450);
    expect(robustDeviation(values)).toBeLessThan(550);
  });

  it('average the best laps, or all of fewer', () => {
    expect(meanOfLeast([9, 1, 2, 3], 2)).toBe(1.5);
    expect(meanOfLeast([4], 5)).toBe(4);
    expect(meanOfLeast([], 5)).toBeNull();
  });

  it('give the slope of any straight line, and none of too few places', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 6, max: 30 }), (slope, count) => {
        expect(medianSlope(Array.from({ length: count }, (_, place) => ({ place, value: 60_000 + slope * place })), 6)).toBe(slope);
      }),
    );
    expect(medianSlope([{ place: 0, value: 1 }], 2)).toBeNull();
  });
});
