import { describe, expect, it } from '@jest/globals';
import { endsPage, isBlankFrame, startsInit } from './page-of-frame.js';

describe(startsInit.name, () => {
  it('sees an init line wherever it stands in the frame', () => {
    expect(startsInit('init|r|\nbest|hide|\n')).toBe(true);
    expect(startsInit('light|lg|\ninit|p|\n')).toBe(true);
  });

  it('is not misled by the word inside a line or by a longer keyword', () => {
    expect(startsInit('title1||init|r|\n')).toBe(false);
    expect(startsInit('initial|r|\n')).toBe(false);
    expect(startsInit('')).toBe(false);
  });
});

describe(endsPage.name, () => {
  it('takes the grid, the ticker or a page without live timing as the end', () => {
    expect(endsPage('init|r|\ngrid||<tbody></tbody>\n')).toBe(true);
    expect(endsPage('track||Oval\nmsg||\n')).toBe(true);
    expect(endsPage('init|n|\nbest|hide|\n')).toBe(true);
  });

  it('waits for more after the head of a page', () => {
    expect(endsPage('init|r|\ntitle1||Night race\ngridb||<table></table>\n')).toBe(false);
  });
});

describe(isBlankFrame.name, () => {
  it('takes white space alone as blank', () => {
    expect(isBlankFrame('\r\n \n')).toBe(true);
    expect(isBlankFrame('r1|#|1\n')).toBe(false);
  });
});
