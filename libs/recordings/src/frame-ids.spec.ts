import { describe, expect, it } from '@jest/globals';
import { frameId } from '@lts/contracts';
import { START_MS, collected } from '../test/frames.js';
import { RecordingIds, withFrameIds } from './frame-ids.js';
import type { RecordedFrame } from './recorded-frame.js';

/** Frames of a foreign recording with these stamps. */
function foreign(stampsMs: readonly (number | null)[]): RecordedFrame[] {
  return stampsMs.map((receivedAtMs, index) => ({ id: null, receivedAtMs, competition: null, source: null, text: `${index}`, number: index + 1 }));
}

function identified(frames: readonly RecordedFrame[]): { id: string; atMs: number }[] {
  const ids = new RecordingIds();
  return frames.map((frame) => ids.identify(frame));
}

describe(RecordingIds.name, () => {
  it('tells frames of the same millisecond apart, in their order', () => {
    const ids = identified(foreign([START_MS, START_MS, START_MS, START_MS + 1])).map((frame) => frame.id);
    expect(ids).toEqual([1, 2, 3].map((counter) => frameId({ timeMs: START_MS, counter })).concat(frameId({ timeMs: START_MS + 1, counter: 4 })));
    expect([...ids].sort()).toEqual(ids);
  });

  it('rises also when a stamp steps back, and leaves the stamp as it is', () => {
    const frames = identified(foreign([START_MS + 5_000, START_MS, START_MS + 1, START_MS + 6_000]));
    expect(frames.map((frame) => frame.id)).toEqual([...frames.map((frame) => frame.id)].sort());
    expect(frames.map((frame) => frame.atMs - START_MS)).toEqual([5_000, 0, 1, 6_000]);
  });

  it('gives a frame without a stamp the one before it', () => {
    expect(identified(foreign([START_MS, null])).map((frame) => frame.atMs)).toEqual([START_MS, START_MS]);
    expect(identified(foreign([null]))).toEqual([{ id: frameId({ timeMs: 0, counter: 1 }), atMs: 0, source: null, text: '0' }]);
  });

  it('keeps the ids of our own', () => {
    const id = frameId({ timeMs: START_MS, counter: 77 });
    const [frame] = foreign([START_MS + 9]);
    expect(identified([{ ...frame!, id }])[0]).toMatchObject({ id, atMs: START_MS + 9 });
  });

  it('gives the same recording the same ids, however it is cut into batches', async () => {
    const frames = foreign(Array.from({ length: 30 }, (_, index) => START_MS + ((index * 7) % 11)));
    const cut = async (size: number): Promise<string[]> => {
      async function* batches(): AsyncGenerator<RecordedFrame[]> {
        for (let from = 0; from < frames.length; from += size) yield await Promise.resolve(frames.slice(from, from + size));
      }
      return (await collected(withFrameIds(batches()))).map((frame) => frame.id);
    };
    expect(await cut(4)).toEqual(await cut(30));
    expect(new Set(await cut(1)).size).toBe(30);
  });
});
