import { describe, expect, it } from '@jest/globals';
import type { FeedFrame } from './feed-player.js';
import { GeneratedFeed } from './generated-feed.js';

function feedOf(seed: number): GeneratedFeed {
  return new GeneratedFeed({ seed, hours: 1 / 6, teams: 4, rules: 'pomposa-24h', dialect: 'en-rental', startMs: Date.UTC(2026, 0, 1, 10), day: false, eventful: true });
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

  it('has a page that moves with the race', () => {
    const feed = feedOf(1);
    take(feed.frames(), 2);
    const before = feed.page() ?? '';
    take(feed.frames(), 50);
    const later = feed.page() ?? '';
    expect(before.startsWith('init|r|\n')).toBe(true);
    expect(before).toContain('\nlight|lr|\n');
    expect(later.startsWith('init|r|\n')).toBe(true);
    expect(later).toContain('\nlight|lg|\n');
  });

  it('shows who joins only what the others have been sent', () => {
    const feed = feedOf(1);
    take(feed.frames(), 1);
    expect(feed.page()).toBeNull();
  });

  it('runs the same race again from its start, the page included', () => {
    const feed = feedOf(1);
    const first = [...feed.frames()];
    expect(first.some(({ text }) => text.includes('|sf|'))).toBe(true);
    expect([...feed.frames()]).toEqual(first);
    take(feed.frames(), 2);
    expect(feed.page()).toBe(first[0]?.text);
  });
});
