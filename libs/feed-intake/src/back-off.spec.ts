import { describe, expect, it } from '@jest/globals';
import { BackOff } from './back-off.js';

describe(BackOff.name, () => {
  it('doubles up to the longest pause and starts anew after a success', () => {
    const backOff = new BackOff({ firstMs: 1_000, longestMs: 30_000, random: () => 1 });
    expect([1, 2, 3, 4, 5, 6, 7].map(() => backOff.next())).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    backOff.reset();
    expect(backOff.next()).toBe(1_000);
  });

  it('draws each pause from the upper half, never below the first', () => {
    const backOff = new BackOff({ firstMs: 1_000, longestMs: 30_000, random: () => 0 });
    expect([1, 2, 3].map(() => backOff.next())).toEqual([1_000, 1_000, 2_000]);
  });

  it('never grows beyond the longest pause however long it goes on', () => {
    const backOff = new BackOff({ firstMs: 250, longestMs: 30_000 });
    const pauses = Array.from({ length: 5_000 }, () => backOff.next());
    expect(Math.max(...pauses)).toBeLessThanOrEqual(30_000);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(250);
  });
});
