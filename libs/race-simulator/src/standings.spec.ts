import { describe, expect, it } from '@jest/globals';
import { type Kart, startingGrid } from './kart.js';
import { raceOptions } from './race-options.js';
import { SeededRandom } from './seeded-random.js';
import { Standings } from './standings.js';

function field(teams: number): { karts: Kart[]; standings: Standings; cross: (kart: number, atMs: number) => void; order: () => number[] } {
  const karts = startingGrid(raceOptions({ seed: 1, teams }), new SeededRandom(1));
  const standings = new Standings(karts);
  const cross = (number: number, atMs: number): void => {
    const kart = karts[number - 1];
    if (kart === undefined) throw new Error(`There is no kart ${number}.`);
    kart.laps.push({ timeMs: 0, atMs, driver: '' });
    standings.crossed(kart, atMs);
  };
  return { karts, standings, cross, order: () => standings.order.map(({ number }) => number) };
}

describe(Standings.name, () => {
  it('starts in the order of the grid', () => {
    expect(field(4).order()).toEqual([1, 2, 3, 4]);
  });

  it('puts who has crossed first ahead on the same lap', () => {
    const { cross, order } = field(3);
    cross(3, 100);
    expect(order()).toEqual([3, 1, 2]);
    cross(1, 110);
    cross(2, 120);
    expect(order()).toEqual([3, 1, 2]);
  });

  it('puts laps before time', () => {
    const { cross, order } = field(2);
    cross(1, 100);
    cross(2, 101);
    cross(2, 160);
    expect(order()).toEqual([2, 1]);
  });

  it('keeps who crossed at the same millisecond in the order of their crossings', () => {
    const { cross, order } = field(2);
    cross(2, 100);
    cross(1, 100);
    expect(order()).toEqual([2, 1]);
  });

  it('measures in time on the same lap, and in laps otherwise', () => {
    const { karts, standings, cross } = field(3);
    const [, second, third] = karts;
    cross(1, 100);
    cross(2, 130);
    if (second === undefined || third === undefined) throw new Error('There are three karts.');
    expect(standings.distances(second)).toEqual({ gap: { laps: 0, timeMs: 30 }, interval: { laps: 0, timeMs: 30 } });
    cross(1, 200);
    cross(2, 235);
    cross(3, 240);
    expect(standings.distances(third)).toEqual({ gap: { laps: 1, timeMs: 0 }, interval: { laps: 1, timeMs: 0 } });
  });
});
