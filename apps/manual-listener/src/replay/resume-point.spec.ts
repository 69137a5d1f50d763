import { describe, expect, it } from '@jest/globals';
import { FrameIdSequence } from '@lts/contracts';
import type { Frame } from '@lts/feed-intake';
import { ResumePoint } from './resume-point.js';

const START_MS = 1_700_000_000_000;

function recordingOf(count: number, startMs = START_MS): Frame[] {
  const ids = new FrameIdSequence(null);
  return Array.from({ length: count }, (_, index) => ({ id: ids.next(startMs + index * 1_000), atMs: startMs + index * 1_000, text: `r1|#|${index}\n` }));
}

/** Runs the recording through in batches of `size` and answers what is let through. */
function letThrough(recording: Frame[], watermark: string | null, size = 3): Frame[] {
  const point = new ResumePoint('night', watermark);
  const through: Frame[] = [];
  for (let from = 0; from < recording.length; from += size) through.push(...point.newFrames(recording.slice(from, from + size)));
  point.end();
  return through;
}

describe(ResumePoint.name, () => {
  const recording = recordingOf(10);

  it('lets everything through for a competition that has nothing', () => {
    expect(letThrough(recording, null)).toEqual(recording);
  });

  it('goes on behind the last frame that the API has, wherever that stands in a batch', () => {
    for (let known = 0; known < recording.length; known += 1) {
      for (const size of [1, 2, 3, 5, 10]) expect(letThrough(recording, recording[known]!.id, size)).toEqual(recording.slice(known + 1));
    }
  });

  it('lets a recording through that begins after everything known', () => {
    expect(letThrough(recording, recordingOf(4, START_MS - 60_000)[3]!.id)).toEqual(recording);
  });

  const conflict = expect.objectContaining({ code: 'LTS_RECORDING_CONFLICT', message: expect.stringContaining('--competition_code') });

  it('refuses a recording when the competition holds a frame between two of its frames', () => {
    const other = recordingOf(1, START_MS + 4_500)[0]!.id;
    const point = new ResumePoint('night', other);
    expect(point.newFrames(recording.slice(0, 3))).toEqual([]);
    expect(() => point.newFrames(recording.slice(3, 6))).toThrow(conflict);
  });

  it('refuses a recording that lies wholly below what the competition holds', () => {
    expect(() => letThrough(recording, recordingOf(1, START_MS + 3_600_000)[0]!.id)).toThrow(conflict);
  });

  it('says until when the competition has frames, and stays silent about an empty recording', () => {
    expect(() => letThrough(recording, recordingOf(1, START_MS + 3_600_000)[0]!.id)).toThrow('2023-11-14T23:13:20.000Z');
    expect(letThrough([], recording[0]!.id)).toEqual([]);
  });
});
