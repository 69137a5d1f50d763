import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from './seeded-random.js';

function draws(seed: number, count: number): number[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.next());
}

describe(SeededRandom.name, () => {
  it('repeats itself for a seed and differs for its neighbour', () => {
    expect(draws(5, 100)).toEqual(draws(5, 100));
    expect(draws(5, 100)).not.toEqual(draws(6, 100));
  });

  it('stays from 0 up to 1 and spreads evenly, for seeds at the edges too', () => {
    for (const seed of [0, 1, 2 ** 32 - 1, 2 ** 40]) {
      const numbers = draws(seed, 20_000);
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...numbers)).toBeLessThan(1);
      const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((number) => Math.floor(number * 10) === tenth).length);
      for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
    }
  });

  it('draws whole numbers between both bounds, both included', () => {
    const random = new SeededRandom(3);
    const drawn = new Set(Array.from({ length: 500 }, () => random.whole(-2, 2)));
    expect([...drawn].sort((left, right) => left - right)).toEqual([-2, -1, 0, 1, 2]);
  });

  it('draws a bell of mean 0 and spread 1', () => {
    const random = new SeededRandom(4);
    const drawn = Array.from({ length: 20_000 }, () => random.bell());
    const mean = drawn.reduce((sum, number) => sum + number, 0) / drawn.length;
    const spread = Math.sqrt(drawn.reduce((sum, number) => sum + (number - mean) ** 2, 0) / drawn.length);
    expect(Math.abs(mean)).toBeLessThan(0.05);
    expect(Math.abs(spread - 1)).toBeLessThan(0.05);
  });
});
