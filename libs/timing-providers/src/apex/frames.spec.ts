import { describe, expect, it } from '@jest/globals';
import { endsPage, isApexFrame, startsPage } from './frames.js';

describe(startsPage.name, () => {
  it('sees an init line wherever it stands in the frame', () => {
    expect(startsPage('init|r|\nbest|hide|\n')).toBe(true);
    expect(startsPage('light|lg|\ninit|p|\n')).toBe(true);
  });

  it('is not misled by the word inside a line or by a longer keyword', () => {
    expect(startsPage('title1||init|r|\n')).toBe(false);
    expect(startsPage('initial|r|\n')).toBe(false);
    expect(startsPage('')).toBe(false);
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

describe(isApexFrame.name, () => {
  it.each(['init|p|\n', 'junk\r\nr12|#|3\n', 'r5c2|in|7', 'r5|*|60000|'])('knows %j as a frame of this feed', (text) => {
    expect(isApexFrame(text)).toBe(true);
  });

  it.each(['', 'GET / HTTP/1.1\r\nHost: x\r\n', '{"r1|":1}', 'race|1', 'r|1', 'rc1|1', 'title1||Night race'])('does not claim %j', (text) => {
    expect(isApexFrame(text)).toBe(false);
  });
});
