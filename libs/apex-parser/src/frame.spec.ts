import { describe, expect, it } from '@jest/globals';
import { endsInitPage, startsInit } from './index.js';

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

describe(endsInitPage.name, () => {
  it('finds the table and the empty ticker', () => {
    expect(endsInitPage('grid||<tbody></tbody>')).toBe(true);
    expect(endsInitPage('com||\nmsg||\n')).toBe(true);
    expect(endsInitPage('com||\r\nmsg||\r\n')).toBe(true);
    expect(endsInitPage('msg||')).toBe(true);
  });

  it('is not misled by a ticker that says something, or by a side table', () => {
    expect(endsInitPage('msg||Next : FINAL')).toBe(false);
    expect(endsInitPage('gridb||<table></table>\ncom||msg||')).toBe(false);
  });
});
