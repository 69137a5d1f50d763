import { describe, expect, it } from '@jest/globals';
import { spanish } from './languages/spanish.js';
import { hoursMinutesText, lapsBehindText, lengthText, pitClockText, timeText, wallClockText } from './texts.js';

describe('texts of the wire', () => {
  it.each([
    [8_783, '8.783'],
    [59_340, '59.340'],
    [60_000, '1:00.000'],
    [62_345, '1:02.345'],
    [59_999.6, '1:00.000'],
    [242_594, '4:02.594'],
    [0, '0.000'],
    [4_951_566, '1:22:31.566'],
  ])('write %d ms as the lap or gap %s', (ms, text) => {
    expect(timeText(ms)).toBe(text);
  });

  it.each([
    [0, '00.'],
    [999, '00.'],
    [38_400, '38.'],
    [60_000, '1:00.'],
    [68_000, '1:08.'],
    [725_000, '12:05.'],
  ])('write %d ms on the pit clock as %s', (ms, text) => {
    expect(pitClockText(ms)).toBe(text);
  });

  it('count time on track in hours and minutes', () => {
    expect([0, 59_999, 54 * 60_000, 60 * 60_000, 381 * 60_000].map(hoursMinutesText)).toEqual(['0:00', '0:00', '0:54', '1:00', '6:21']);
  });

  it('write the planned length with hours, however long', () => {
    expect([600_000, 7_200_000, 86_400_000].map(lengthText)).toEqual(['00:10:00', '02:00:00', '24:00:00']);
  });

  it('write the local wall clock without a date', () => {
    expect(wallClockText(Date.UTC(2026, 0, 1, 23, 5, 59), 2)).toBe('01:05');
  });

  it('know one lap from several', () => {
    expect([1, 2, 14].map((laps) => lapsBehindText(laps, spanish))).toEqual(['1 Vuelta', '2 Vueltas', '14 Vueltas']);
  });
});
