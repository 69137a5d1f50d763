import { describe, expect, it } from '@jest/globals';
import { progressText } from './progress-line.js';

describe(progressText.name, () => {
  it('tells frames, lines and speed', () => {
    expect(progressText({ frames: 1_200, lines: 40_000, skipped: 0, published: 1_200, startedAtMs: 1_000 }, 3_000)).toBe('1,200 frames, 40,000 lines, 20,000 lines a second');
  });

  it('tells no speed before the first frame', () => {
    expect(progressText({ frames: 0, lines: 0, skipped: 0, published: 0, startedAtMs: 0 }, 3_000)).toContain('0 lines a second');
  });
});
