import { describe, expect, it } from '@jest/globals';
import { filledLines } from './replay-counts.js';

describe(filledLines.name, () => {
  it.each([
    ['', 0],
    ['\n\r\n \t\n', 0],
    ['r1|#|1', 1],
    ['r1|#|1\r\n\r\nr2|#|2\n', 2],
    ['\n  x  \n', 1],
  ])('counts %j as %i', (text, lines) => {
    expect(filledLines(text)).toBe(lines);
  });
});
