import { describe, expect, it } from '@jest/globals';
import { CompetitionState } from './index.js';

const AT_MS = 1_700_000_000_000;
const outcomeOf = (text: string) => new CompetitionState().apply({ atMs: AT_MS, text });

describe('lines of a frame', () => {
  it.each([
    ['an empty payload', '', 0],
    ['blank lines and both kinds of line end', 'light|lg|\r\n\n \r\nlight|ly|\n', 2],
    ['a line without a value', 'light|lg', 1],
    ['a lone keyword', 'effects', 1],
    ['cells of side tables', 'br4c3|ib|1:34.410\ncr1c2|in|12', 2],
    ['a row and a cell with ids of nine digits', 'r900027142|#|3\nr900027142c4|dr|X', 2],
  ])('knows %s', (_name, text, lines) => {
    expect(outcomeOf(text).counts).toEqual({ lines, unknown: 0 });
  });

  it.each(['GET / HTTP/1.1', 'Host: 10.1.2.3:8090', 'MGLNDD_10.1.2.3_8090', '\u0016\u0003\u0001|\u0000{|', 'r|in|', 'rXc1|in|4', 'r1c|in|4', 'brc1|in|', 'toString|x|', 'r12'])(
    'counts %j as unknown and goes on',
    (junk) => {
      const outcome = outcomeOf(`light|lg|\n${junk}\nlight|ly|`);
      expect(outcome.counts).toEqual({ lines: 3, unknown: 1 });
      expect(outcome.unknownLines).toEqual([{ index: 1, text: junk }]);
    },
  );

  it('counts every unknown line and reports as many and as much of them as its limits say', () => {
    const state = new CompetitionState({ limits: { unknownLines: 2, unknownTextLength: 4 } });
    const { counts, unknownLines } = state.apply({ atMs: AT_MS, text: 'abcdefg\nhijklmn\nopqrstu' });
    expect(counts).toEqual({ lines: 3, unknown: 3 });
    expect(unknownLines).toEqual([{ index: 0, text: 'abcd' }, { index: 1, text: 'hijk' }]);
  });

  it('counts lines beyond its limit as unknown', () => {
    const state = new CompetitionState({ limits: { linesPerFrame: 2 } });
    expect(state.apply({ atMs: AT_MS, text: 'light|lg|\nlight|ly|\nlight|lr|' }).counts).toEqual({ lines: 3, unknown: 1 });
    expect(state.view().competition.status).toBe('ongoing');
  });
});
