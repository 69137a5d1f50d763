import { describe, expect, it } from '@jest/globals';
import type { Clock, Frame } from '@lts/feed-intake';
import { Pace } from './pace.js';
import { parseSpeed } from './speed.js';

const START_MS = 1_700_000_000_000;

class SteppedClock implements Clock {
  nowMs = 5_000;
  readonly pauses: number[] = [];
  now(): number {
    return this.nowMs;
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.pauses.push(ms);
    if (signal?.aborted !== true) this.nowMs += ms;
    return Promise.resolve();
  }
}

function framesAt(...offsetsMs: number[]): Frame[] {
  return offsetsMs.map((offsetMs, index) => ({ id: String(index), atMs: START_MS + offsetMs, text: 'x\n' }));
}

async function groupsOf(pace: Pace, frames: Frame[]): Promise<number[]> {
  const sizes: number[] = [];
  for await (const group of pace.groups(frames)) sizes.push(group.length);
  return sizes;
}

describe(Pace.name, () => {
  it('gives each frame as long after the first as the stamps say, divided by the speed', async () => {
    const clock = new SteppedClock();
    const pace = new Pace(10, clock, new AbortController().signal);
    expect(await groupsOf(pace, framesAt(0, 0, 1_000, 4_000))).toEqual([2, 1, 1]);
    expect(clock.pauses).toEqual([100, 300]);
  });

  it('keeps its place from one batch to the next, and catches up after a delay', async () => {
    const clock = new SteppedClock();
    const pace = new Pace(1, clock, new AbortController().signal);
    await groupsOf(pace, framesAt(0));
    clock.nowMs += 2_500;
    expect(await groupsOf(pace, framesAt(1_000, 2_000, 3_000))).toEqual([2, 1]);
    expect(clock.pauses).toEqual([500]);
  });

  it('sends a frame whose stamp steps back at once', async () => {
    const clock = new SteppedClock();
    expect(await groupsOf(new Pace(1, clock, new AbortController().signal), framesAt(0, -5_000, 1_000))).toEqual([2, 1]);
    expect(clock.pauses).toEqual([1_000]);
  });

  it('holds nothing back at the highest speed', async () => {
    const clock = new SteppedClock();
    expect(await groupsOf(new Pace(parseSpeed('max'), clock, new AbortController().signal), framesAt(0, 9_000_000))).toEqual([2]);
    expect(clock.pauses).toEqual([]);
  });

  it('stops when it is told to', async () => {
    const stop = new AbortController();
    stop.abort();
    expect(await groupsOf(new Pace(1, new SteppedClock(), stop.signal), framesAt(0, 1_000))).toEqual([]);
  });
});

describe(parseSpeed.name, () => {
  it('reads factors', () => {
    expect([parseSpeed('1'), parseSpeed('2.5'), parseSpeed('max')]).toEqual([1, 2.5, Infinity]);
  });

  it.each(['0', '-1', 'fast', '', 'Infinity'])('refuses %p with a sentence', (text) => {
    expect(() => parseSpeed(text)).toThrow('--speed must be a factor above 0 or max');
  });
});
