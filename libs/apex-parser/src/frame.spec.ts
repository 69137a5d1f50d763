import { describe, expect, it } from '@jest/globals';
import { startsInit } from './index.js';

describe(startsInit.name, () => {
  it('finds a page at the start of a frame and after other lines', () => {
    expect(startsInit('init|p|\nbest|hide|')).toBe(true);
    expect(startsInit('r1c2|in|\ninit|n|')).toBe(true);
  });

  it('is not misled by the word inside a line', () => {
    expect(startsInit('msg||init|p|')).toBe(false);
    expect(startsInit('')).toBe(false);
  });
});
