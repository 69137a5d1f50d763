import { describe, expect, it } from '@jest/globals';
import { parseSpeed } from './speed.js';

describe(parseSpeed.name, () => {
  it.each([
    ['1', 1],
    ['10', 10],
    ['2.5', 2.5],
    ['10000', 10_000],
    ['max', Infinity],
  ])('reads %s', (text, speed) => {
    expect(parseSpeed(text)).toBe(speed);
  });

  it.each(['', '0', '-1', '10001', 'fast', 'Infinity', '1x'])('refuses "%s" and says what it takes', (text) => {
    expect(() => parseSpeed(text)).toThrow(`--speed must be a factor above 0 and up to 10000, or max, not "${text}".`);
  });
});
