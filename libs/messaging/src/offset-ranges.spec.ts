import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OffsetRanges } from './offset-ranges.js';

describe(OffsetRanges.name, () => {
  it('holds what was added and nothing else, in as few ranges as there are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 })), (offsets) => {
        const ranges = new OffsetRanges();
        for (const offset of offsets) ranges.add(BigInt(offset));
        const held = Array.from({ length: 42 }, (_, offset) => offset).filter((offset) => ranges.has(BigInt(offset)));
        expect(held).toEqual([...new Set(offsets)].sort((a, b) => a - b));
        expect(ranges.size).toBe(held.filter((offset) => !held.includes(offset - 1)).length);
      }),
    );
  });
});
