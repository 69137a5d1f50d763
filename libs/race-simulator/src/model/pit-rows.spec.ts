import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../random/seeded-random.js';
import type { Kart } from './entry.js';
import { PitRows } from './pit-rows.js';

const karts: Kart[] = ['A', 'B', 'C', 'D'].map((name) => ({ name, qualityMs: 0 }));

describe(PitRows.name, () => {
  it('gives the front of a row and takes the kart to its back, the rows in turn', () => {
    const rows = new PitRows({ change: true, rows: 2, draw: 'in-turn' }, karts, new SeededRandom(1));
    const given = ['V', 'W', 'X', 'Y', 'Z'].map((name) => rows.exchange({ name, qualityMs: 0 }).name);
    expect(given).toEqual(['A', 'B', 'C', 'D', 'V']);
  });

  it('draws any row where the rules say so, and never loses a kart', () => {
    const rows = new PitRows({ change: true, rows: 2, draw: 'drawn' }, karts, new SeededRandom(5));
    let kart: Kart = { name: 'mine', qualityMs: 0 };
    const seen = new Set<string>();
    for (let stop = 0; stop < 200; stop += 1) {
      kart = rows.exchange(kart);
      seen.add(kart.name);
    }
    expect([...seen].sort()).toEqual(['A', 'B', 'C', 'D', 'mine']);
  });

  it('leaves the kart where none are changed', () => {
    const rows = new PitRows({ change: false, rows: 0, draw: 'in-turn' }, [], new SeededRandom(1));
    expect(rows.exchange({ name: 'mine', qualityMs: 0 }).name).toBe('mine');
  });
});
