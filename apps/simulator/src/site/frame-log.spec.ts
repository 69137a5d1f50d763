import { describe, expect, it } from '@jest/globals';
import { FrameLog } from './frame-log.js';

function logOf(limitBytes: number, ...texts: string[]): FrameLog {
  const log = new FrameLog(limitBytes);
  for (const text of texts) log.add({ atMs: 0, text });
  return log;
}

describe(FrameLog.name, () => {
  it('tells what came after a number', () => {
    const log = logOf(100, 'a\n', 'b\n', 'c\n');
    expect([0, 1, 3, 4].map((index) => log.since(index))).toEqual(['a\nb\nc\n', 'b\nc\n', '', '']);
  });

  it('ends each frame, so that the lines of two frames stay apart', () => {
    expect(logOf(100, 'a', '', 'b\n').since(0)).toBe('a\nb\n');
  });

  it('forgets the oldest frames above its limit and says so', () => {
    const log = logOf(5, 'aa\n', 'bb\n', 'cc\n');
    expect(log.since(1)).toBeNull();
    expect(log.since(2)).toBe('cc\n');
    expect([log.lastIndex, log.addedBytes]).toEqual([3, 9]);
  });

  it('keeps the last frame, however long', () => {
    expect(logOf(2, 'aaaa\n', 'bbbb\n').since(1)).toBe('bbbb\n');
  });

  it.each([Number.NaN, -1, 5, 0.5])('knows no frame number %s', (index) => {
    expect(logOf(100, 'a\n', 'b\n', 'c\n').since(index)).toBeNull();
  });
});
