import { describe, expect, it } from '@jest/globals';
import { FOXES, at, firstPassage, lap, linesLike, pitIn, pitOut, plain, told } from '../../../test/scripted-feed.js';
import { restartTrackClock, startPitClock } from './clocks.js';

const CLOCK = /^r22770c11\|/;

describe(startPitClock.name, () => {
  it('ticks every second from the entry to the exit, minutes before seconds above sixty', () => {
    const frames = told(plain, [at(10_000, pitIn(FOXES, 1)), at(72_900, pitOut(FOXES, 10_000))]);
    const ticks = linesLike(frames, CLOCK);
    expect(ticks.map(([ms]) => ms)).toEqual(Array.from({ length: 63 }, (_, second) => 10_000 + 1_000 * second));
    expect([ticks[0]?.[1], ticks[59]?.[1], ticks[60]?.[1], ticks[62]?.[1]]).toEqual(['r22770c11|to|00.', 'r22770c11|to|59.', 'r22770c11|to|1:00.', 'r22770c11|to|1:02.']);
  });
});

describe(restartTrackClock.name, () => {
  it('counts hours and minutes since the exit, from the next crossing on, one line a minute', () => {
    const events = [at(10_000, pitIn(FOXES, 1)), at(40_000, pitOut(FOXES, 10_000)), at(50_000, lap(FOXES, 1, 50_000))];
    const ticks = linesLike(told(plain, events, { untilMs: 3_800_000 }), CLOCK).filter(([ms]) => ms >= 50_000);
    expect(ticks.slice(0, 3)).toEqual([[50_000, 'r22770c11|in|0:00'], [100_000, 'r22770c11|in|0:01'], [160_000, 'r22770c11|in|0:02']]);
    expect(ticks).toContainEqual([3_640_000, 'r22770c11|in|1:00']);
  });

  it('stops for ever when a kart does not go on', () => {
    const frames = told(plain, [at(3_000, firstPassage(FOXES)), at(90_000, { kind: 'breakdown', entry: FOXES, final: true })], { untilMs: 600_000 });
    expect(linesLike(frames, CLOCK)).toEqual([[3_000, 'r22770c11|in|0:00'], [60_000, 'r22770c11|in|0:01']]);
  });
});
