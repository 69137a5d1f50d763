import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FrameIdSequence, frameId, isFrameId, partsOfFrameId } from './frame-id.js';

const parts = fc.record({ timeMs: fc.integer({ min: 0, max: 2 ** 47 }), counter: fc.integer({ min: 0, max: 2 ** 52 }) });

describe(frameId.name, () => {
  it('gives back time and counter', () => {
    fc.assert(fc.property(parts, (given) => {
      expect(partsOfFrameId(frameId(given))).toEqual(given);
    }));
  });

  it('orders as text the way time and then counter order', () => {
    fc.assert(fc.property(parts, parts, (left, right) => {
      const expected = left.timeMs === right.timeMs ? left.counter < right.counter : left.timeMs < right.timeMs;
      expect(frameId(left) < frameId(right)).toBe(expected);
    }));
  });

  it('has a fixed width that a check recognises', () => {
    expect(frameId({ timeMs: 0, counter: 1 })).toHaveLength(26);
    expect(isFrameId(frameId({ timeMs: 1_777_075_982_000, counter: 12 }))).toBe(true);
    expect(isFrameId('01ARZ3NDEKTSV4RRFFQ69G5FA')).toBe(false);
    expect(isFrameId('81ARZ3NDEKTSV4RRFFQ69G5FAV')).toBe(false);
  });
});

describe(FrameIdSequence.name, () => {
  it('rises also when the clock steps back', () => {
    const sequence = new FrameIdSequence(null);
    const ids = [5_000, 9_000, 1_000, 1_000, 9_001].map((atMs) => sequence.next(atMs));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(5);
  });

  it('continues above the highest id known', () => {
    const above = frameId({ timeMs: 50_000, counter: 77 });
    expect(new FrameIdSequence(above).next(10) > above).toBe(true);
  });
});
