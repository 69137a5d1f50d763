import { describe, expect, it } from '@jest/globals';
import { simulationOptions } from '../race-settings.js';
import type { FeedFrame } from './feed.js';
import { GeneratedFeed } from './generated-feed.js';

function feedOf(seed: number, ...faults: string[]): GeneratedFeed {
  return new GeneratedFeed(simulationOptions({ seed, teams: 4, hours: '0.1', day: false, eventful: false }), faults);
}

/** Reads that many frames of a feed and leaves the race there. */
function take(frames: Iterable<FeedFrame>, count: number): void {
  const running = frames[Symbol.iterator]();
  for (let taken = 0; taken < count; taken += 1) running.next();
}

describe(GeneratedFeed.name, () => {
  it('has no page before the race is there', () => {
    expect(feedOf(1).page()).toBeNull();
  });

  it('has a page that moves with the race and says that it holds the frame taken last', () => {
    const feed = feedOf(1);
    take(feed.frames(), 2);
    const before = feed.page();
    take(feed.frames(), 200);
    const later = feed.page();
    expect(before).toMatchObject({ text: expect.stringMatching(/^init\|/), holdsTaken: true });
    expect(later?.text).toMatch(/^init\|/);
    expect(later?.text).toMatch(/\nlight\|l[gf]\|/);
    expect(later?.text).not.toBe(before?.text);
  });

  it('runs the same race again from its start, the page included', () => {
    const feed = feedOf(1);
    const first = [...feed.frames()];
    const final = feed.page();
    expect(first.some(({ text }) => text.includes('light|lf|'))).toBe(true);
    expect([...feed.frames()]).toEqual(first);
    expect(feed.page()).toEqual(final);
  });
});
