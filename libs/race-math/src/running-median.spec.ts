import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { median } from './robust.js';
import { newRunningMedian, runningMedian, take } from './running-median.js';

it('is the median of the newest values, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 20 }), (values, most) => {
      const window = newRunningMedian();
      values.forEach((value, place) => {
        take(window, value, most);
        expect(runningMedian(window, 1)).toBe(median(values.slice(Math.max(0, place + 1 - most), place + 1)));
      });
      expect(window.byAge).toHaveLength(Math.min(most, values.length));
    }),
  );
});

it('shrinks when fewer values are asked for, and is none below the least', () => {
  const window = newRunningMedian();
  for (const value of [1, 2, 3, 4, 5]) take(window, value, 5);
  take(window, 6, 2);
  expect(window).toEqual({ byAge: [5, 6], bySize: [5, 6] });
  expect(runningMedian(window, 3)).toBeNull();
});
