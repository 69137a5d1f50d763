import { describe, expect, it } from '@jest/globals';
import { parseCount, parseDistance, parseHoursMinutesMs, parseTimeMs, sameDistance } from './durations.js';

describe(parseTimeMs.name, () => {
  it.each([
    ['59.340', 59_340],
    ['8.783', 8_783],
    ['1:06.019', 66_019],
    ['1:22:31.566', 4_951_566],
    ['3:49.9', 229_900],
    ['24.85', 24_850],
    ['100.78', 100_780],
    ['00.', 0],
    ['54.', 54_000],
    ['1:10.', 70_000],
    ['62:10.', 3_730_000],
    ['1:02:10.', 3_730_000],
    ['+4.500', 4_500],
    ['\u00a012.345 ', 12_345],
  ])('reads %j as %d ms', (text, ms) => expect(parseTimeMs(text)).toBe(ms));

  it.each(['', ' ', '-', '--', '-0.108', 'x', '1:', ':10', '1.2.3', '1:2:3:4', '1,234', '12345678901'])('takes %j for no time', (text) => {
    expect(parseTimeMs(text)).toBeNull();
  });
});

describe(parseHoursMinutesMs.name, () => {
  it.each([['0:59', 3_540_000], ['1:00', 3_600_000], ['6:21', 22_860_000]])('reads %j as hours and minutes', (text, ms) => expect(parseHoursMinutesMs(text)).toBe(ms));

  it.each(['', '59', '1:02:03', '1:08.', ':30'])('takes %j for none', (text) => expect(parseHoursMinutesMs(text)).toBeNull());
});

describe(parseCount.name, () => {
  it.each([['0', 0], [' 604 ', 604], ['007', 7]])('reads %j', (text, count) => expect(parseCount(text)).toBe(count));

  it.each(['', ' ', '-1', '1.5', '12A', '1234567890'])('takes %j for none', (text) => expect(parseCount(text)).toBeNull());
});

describe(parseDistance.name, () => {
  it.each([
    ['0.275', { value: 275, unit: 'millis' }],
    ['1:27.295', { value: 87_295, unit: 'millis' }],
    ['+4.500', { value: 4_500, unit: 'millis' }],
    ['1 Vuelta', { value: 1, unit: 'laps' }],
    ['14 Vueltas', { value: 14, unit: 'laps' }],
    ['2 Tours', { value: 2, unit: 'laps' }],
    ['1 Giro', { value: 1, unit: 'laps' }],
  ])('reads %j', (text, distance) => expect(parseDistance(text)).toEqual(distance));

  it.each(['', 'Vuelta 604', 'Tour 38', 'Lap 16', 'Giro 5', '-0.108', '-'])('takes %j for none', (text) => expect(parseDistance(text)).toBeNull());
});

describe(sameDistance.name, () => {
  it('compares value and unit', () => {
    expect(sameDistance(null, null)).toBe(true);
    expect(sameDistance({ value: 1, unit: 'laps' }, { value: 1, unit: 'laps' })).toBe(true);
    expect(sameDistance({ value: 1, unit: 'laps' }, { value: 1, unit: 'millis' })).toBe(false);
    expect(sameDistance({ value: 1, unit: 'laps' }, null)).toBe(false);
  });
});
