import { describe, expect, it } from '@jest/globals';
import type { Circuit } from '../src/model/circuit.js';
import { Day } from '../src/model/day.js';
import type { LapDone, PitOut, RaceEvent } from '../src/model/race-event.js';
import { ruleSets } from '../src/model/rules/rule-sets.js';
import { SeededRandom } from '../src/random/seeded-random.js';

/** A 24-hour race of 44 teams as it was measured: laps of 74.7 s, free pit times, stints up to 45 minutes. */
const circuit: Circuit = { name: 'TRACK', lengthM: 1_200, lapMs: 74_700, loops: [], pit: { closes: 'line', entryAt: 0.81, exitToLine: 0.112 }, start: 'standing' };
const rules = ruleSets.find(({ name }) => name === 'free-pit-24h') ?? ruleSets[0];

function race(seed: number): RaceEvent[] {
  const day = new Day({ circuit, rules, teams: 44, raceMs: 24 * 3_600_000, byLaps: false, startMs: 0, withTrials: false, eventful: false, random: new SeededRandom(seed) });
  return [...day.events()];
}

/** A lap in its stint: the lap with the stop is the first one. */
interface Clean {
  lapOfStint: number;
  overMs: number;
  beforeMs: number | null;
}

function quantile(values: readonly number[], share: number): number {
  return [...values].sort((left, right) => left - right)[Math.floor(share * values.length)] ?? Number.NaN;
}

/** Laps from the third of each stint on, driven under green, against their stint's median. */
function cleanLaps(events: readonly RaceEvent[]): Clean[] {
  const slow = slowPhases(events);
  const isClean = ({ atMs, timeMs }: LapDone): boolean => !slow.some(({ fromMs, toMs }) => atMs > fromMs && atMs - timeMs < toMs);
  return stints(events).flatMap((stint) => {
    const laps = stint.slice(2, -1);
    if (laps.length < 12) return [];
    const medianMs = quantile(laps.map(({ timeMs }) => timeMs), 0.5);
    return laps.flatMap((lap, index) => (isClean(lap) ? [{ lapOfStint: index + 3, overMs: lap.timeMs - medianMs, beforeMs: index === 0 ? null : (laps[index - 1]?.timeMs ?? 0) - medianMs }] : []));
  });
}

function stints(events: readonly RaceEvent[]): LapDone[][] {
  const all: LapDone[][] = [];
  const running = new Map<string, LapDone[]>();
  for (const event of events) {
    if (event.kind !== 'lap' && event.kind !== 'pit-out') continue;
    const laps = running.get(event.entry.number) ?? [];
    if (event.kind === 'lap') laps.push(event);
    running.set(event.entry.number, event.kind === 'lap' ? laps : []);
    if (event.kind === 'pit-out') all.push(laps);
  }
  return all;
}

function slowPhases(events: readonly RaceEvent[]): { fromMs: number; toMs: number }[] {
  const flags = events.filter((event) => event.kind === 'flag');
  return flags.flatMap(({ flag, atMs }, index) => (flag === 'green' ? [] : [{ fromMs: atMs, toMs: flags[index + 1]?.atMs ?? atMs }])).concat(events.filter(({ kind }) => kind === 'breakdown').map(({ atMs }) => ({ fromMs: atMs, toMs: atMs })));
}

describe('a race against the figures of a real one', () => {
  const races = [1, 2, 3].map(race);
  const events = races.flat();
  const laps = races.flatMap(cleanLaps);
  const over = laps.map(({ overMs }) => overMs);
  const shareOver = (limitMs: number): number => over.filter((ms) => ms > limitMs).length / over.length;

  it('scatters by half a second within a stint (measured 0.50 s, ± 0.06)', () => {
    const robustMs = 1.4826 * quantile(over.map((ms) => Math.abs(ms)), 0.5);
    expect(robustMs).toBeGreaterThan(440);
    expect(robustMs).toBeLessThan(560);
  });

  it('has the heavy tail of slow laps: over 1 s (measured 10 %, ± 2), over 2 s (2.9 %, ± 0.8), over 4 s (0.8 %, ± 0.3)', () => {
    expect(Math.abs(shareOver(1_000) - 0.1)).toBeLessThan(0.02);
    expect(Math.abs(shareOver(2_000) - 0.029)).toBeLessThan(0.008);
    expect(Math.abs(shareOver(4_000) - 0.008)).toBeLessThan(0.003);
  });

  it('carries something of a lap over to the next (measured correlation 0.16, ± 0.06)', () => {
    const limit = (ms: number): number => Math.max(-1_500, Math.min(1_500, ms));
    const pairs = laps.flatMap(({ overMs, beforeMs }) => (beforeMs === null ? [] : [[limit(beforeMs), limit(overMs)] as const]));
    const mean = pairs.reduce((sum, [before]) => sum + before, 0) / pairs.length;
    const covariance = pairs.reduce((sum, [before, after]) => sum + (before - mean) * (after - mean), 0);
    const variance = pairs.reduce((sum, [before]) => sum + (before - mean) ** 2, 0);
    expect(Math.abs(covariance / variance - 0.16)).toBeLessThan(0.06);
  });

  it.each([
    [[3], 440, 120],
    [[4, 5], 280, 100],
    [[20], -40, 60],
  ])('warms up after a stop: laps %j are %d ms over the median (± %d)', (which, measuredMs, toleranceMs) => {
    const shown = quantile(laps.filter(({ lapOfStint }) => which.includes(lapOfStint)).map(({ overMs }) => overMs), 0.5);
    expect(Math.abs(shown - measuredMs)).toBeLessThan(toleranceMs);
  });

  it('stays in the pits as long as measured: median 103 s, 5 to 95 % 87 to 189 s (± 8 %)', () => {
    const stopsMs = events.filter((event): event is PitOut & { inAtMs: number } => event.kind === 'pit-out' && event.inAtMs !== null).map(({ atMs, inAtMs }) => atMs - inAtMs).filter((ms) => ms > 60_000 && ms < 240_000);
    for (const [share, measuredMs] of [[0.05, 87_000], [0.5, 103_000], [0.95, 189_000]] as const) expect(Math.abs(quantile(stopsMs, share) / measuredMs - 1)).toBeLessThan(0.08);
  });

  it('stops as often as measured: median 33 times, 30 to 39', () => {
    const stops = events.filter((event) => event.kind === 'result').filter(({ laps: done }) => done > 800).map((result) => result.stops);
    expect(quantile(stops, 0.5)).toBe(33);
    expect(quantile(stops, 0.02)).toBeGreaterThanOrEqual(30);
    expect(quantile(stops, 0.98)).toBeLessThanOrEqual(39);
  });

  it('costs pit time and 92 % of a lap: the lap with the stop lasts pit time + 68.9 s of track (± 1.5 s)', () => {
    const track = trackParts(race(2));
    expect(Math.abs(quantile(track, 0.5) - 68_900)).toBeLessThan(1_500);
  });

  it('spreads karts so that quality and stint together stay below the 0.30 s that were measured between stints', () => {
    const day = new Day({ circuit, rules, teams: 300, raceMs: 0, byLaps: false, startMs: 0, withTrials: false, eventful: false, random: new SeededRandom(4) });
    const spread = Math.sqrt(day.karts.reduce((sum, { qualityMs }) => sum + qualityMs ** 2, 0) / day.karts.length);
    expect(spread).toBeGreaterThan(180);
    expect(spread).toBeLessThan(300);
  });
});

/** Of each lap with a stop: its time without the time in the pits. */
function trackParts(events: readonly RaceEvent[]): number[] {
  const pitMs = new Map<string, number>();
  return events.flatMap((event) => {
    if (event.kind === 'pit-out' && event.inAtMs !== null) pitMs.set(event.entry.number, event.atMs - event.inAtMs);
    if (event.kind !== 'lap') return [];
    const spent = pitMs.get(event.entry.number);
    pitMs.delete(event.entry.number);
    return spent === undefined ? [] : [event.timeMs - spent];
  });
}
