import { describe, expect, it } from '@jest/globals';
import { DataClock, RaceClock, freshness, isRacing } from './clocks.js';
import type { Distance, Flag, Metadata } from './messages.js';

function metadata(flag: Flag, remaining: Distance | null = null, status = 'ongoing'): Metadata {
  return { session: 1, stage: 'race', stageText: '', status, flag, remaining, title1: '', title2: '' };
}

const millis = (value: number): Distance => ({ value, unit: 'millis' });
const HOUR_MS = 3_600_000;

describe(DataClock.name, () => {
  it('has no age before the first data', () => {
    const clock = new DataClock();
    clock.apply({ lastFrameAtMs: null, appliedAtMs: null, nowMs: 1_000 }, 0);
    expect(clock.ageMs(0)).toBeNull();
  });

  it('measures the age by the clock of the API, however wrong the clock of this computer is', () => {
    const clock = new DataClock();
    clock.apply({ lastFrameAtMs: 9_000_000, appliedAtMs: 9_000_050, nowMs: 9_002_000 }, 500);
    expect(clock.ageMs(500)).toBe(2_000);
    expect(clock.ageMs(3_500)).toBe(5_000);
  });

  it('does not take data for fresh because they were on the way for long', () => {
    const clock = new DataClock();
    clock.apply({ lastFrameAtMs: 100_000, appliedAtMs: 100_000, nowMs: 100_000 }, 100_000);
    // sent at 101 s, received at 109 s
    clock.apply({ lastFrameAtMs: 101_000, appliedAtMs: 101_000, nowMs: 101_000 }, 109_000);
    expect(clock.ageMs(109_000)).toBe(8_000);
  });

  it('takes the clocks as they are after a reset', () => {
    const clock = new DataClock();
    clock.apply({ lastFrameAtMs: 5_000, appliedAtMs: 5_000, nowMs: 5_000 }, 1_000);
    clock.reset();
    clock.apply({ lastFrameAtMs: 6_000, appliedAtMs: 6_000, nowMs: 6_000 }, 900_000);
    expect(clock.ageMs(900_000)).toBe(0);
  });

  it('counts the delay of a pipeline that lags behind the circuit', () => {
    const clock = new DataClock();
    clock.apply({ lastFrameAtMs: 100_000, appliedAtMs: 160_000, nowMs: 161_000 }, 161_000);
    expect(clock.ageMs(161_000)).toBe(61_000);
    expect(clock.recordedAtMs()).toBeNull();
  });

  it('measures a replayed recording from the moment it was stored', () => {
    const clock = new DataClock();
    const nowMs = 50 * HOUR_MS;
    clock.apply({ lastFrameAtMs: 10 * HOUR_MS, appliedAtMs: nowMs - 2_000, nowMs }, nowMs);
    expect(clock.ageMs(nowMs)).toBe(2_000);
    expect(clock.recordedAtMs()).toBe(10 * HOUR_MS);
    expect(clock.raceMs(nowMs)).toBe(10 * HOUR_MS + 2_000);
  });
});

describe(freshness.name, () => {
  it.each([
    [5_000, 'fresh'],
    [5_001, 'late'],
    [30_000, 'late'],
    [30_001, 'lost'],
  ] as const)('calls an age of %s ms under green %s', (ageMs, expected) => {
    expect(freshness(ageMs, metadata('green'), 'live')).toBe(expected);
    expect(freshness(ageMs, metadata('safety-car'), 'live')).toBe(expected);
  });

  it('does not alarm when nothing is to be expected', () => {
    expect(freshness(90_000, metadata('red'), 'live')).toBe('quiet');
    expect(freshness(90_000, metadata('unknown', null, 'finished'), 'live')).toBe('quiet');
    expect(freshness(null, null, 'live')).toBe('quiet');
  });

  it('always shows a cut link', () => {
    expect(freshness(0, metadata('red'), 'reconnecting')).toBe('late');
    expect(freshness(31_000, metadata('red'), 'reconnecting')).toBe('lost');
  });
});

describe(RaceClock.name, () => {
  it('counts down under green and never below zero', () => {
    const clock = new RaceClock();
    clock.apply(metadata('green', millis(10_000)), 1_000);
    expect(clock.leftMs(4_000)).toBe(7_000);
    expect(clock.leftMs(40_000)).toBe(0);
  });

  it('stands still under any other flag and goes on from there', () => {
    const clock = new RaceClock();
    clock.apply(metadata('green', millis(10_000)), 0);
    clock.apply(metadata('red', millis(10_000)), 4_000);
    expect(clock.leftMs(9_000)).toBe(6_000);
    clock.apply(metadata('green', millis(10_000)), 20_000);
    expect(clock.leftMs(21_000)).toBe(5_000);
  });

  it('is corrected by a new value, not set back by a repeated one', () => {
    const clock = new RaceClock();
    clock.apply(metadata('green', millis(60_000)), 0);
    clock.apply(metadata('green', millis(60_000)), 10_000);
    expect(clock.leftMs(10_000)).toBe(50_000);
    clock.apply(metadata('green', millis(49_000)), 11_000);
    expect(clock.leftMs(12_000)).toBe(48_000);
  });

  it('has no time for a race over laps', () => {
    const clock = new RaceClock();
    clock.apply(metadata('green', { value: 30, unit: 'laps' }), 0);
    expect(clock.leftMs(0)).toBeNull();
  });
});

describe(isRacing.name, () => {
  it('believes the flag, and the status only without one', () => {
    expect(isRacing(metadata('yellow'))).toBe(false);
    expect(isRacing(metadata('unknown'))).toBe(true);
    expect(isRacing(metadata('unknown', null, 'paused'))).toBe(false);
  });
});
