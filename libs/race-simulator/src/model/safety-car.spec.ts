import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import { Day } from './day.js';
import type { LapDone, RaceEvent } from './race-event.js';
import { ruleSets } from './rules/rule-sets.js';

const circuit: Circuit = { name: 'TRACK', lengthM: 1_200, lapMs: 62_000, loops: [], pit: { closes: 'line', entryAt: 0.9, exitToLine: 0.06 }, start: 'standing' };
const MINUTE_MS = 60_000;

function race(seed: number): RaceEvent[] {
  const day = new Day({ circuit, rules: ruleSets[0], teams: 12, raceMs: 6 * 60 * MINUTE_MS, byLaps: false, startMs: 0, withTrials: false, eventful: false, random: new SeededRandom(seed) });
  return [...day.events()];
}

/** From the car's coming out to the green flag, in several races: those that last long enough for the field to close up. */
function phases(): { events: RaceEvent[]; fromMs: number; toMs: number }[] {
  return Array.from({ length: 40 }, (_, seed) => race(seed)).flatMap((events) => {
    const flags = events.filter((event) => event.kind === 'flag');
    return flags.flatMap(({ flag, atMs }, index) => {
      const next = flags[index + 1];
      return flag === 'safety-car' && next?.flag === 'green' && next.atMs - atMs > 6 * MINUTE_MS ? [{ events, fromMs: atMs, toMs: next.atMs }] : [];
    });
  });
}

function crossings(events: readonly RaceEvent[], fromMs: number, toMs: number): LapDone[] {
  return events.filter((event) => event.kind === 'lap').filter(({ atMs, closedBy }) => closedBy === 'line' && atMs >= fromMs && atMs < toMs);
}

/** Share of crossings that follow another within two seconds. */
function closeShare(laps: readonly LapDone[]): number {
  return laps.filter(({ atMs }, index) => index > 0 && atMs - (laps[index - 1]?.atMs ?? 0) < 2_000).length / laps.length;
}

describe('the field behind a safety car', () => {
  const found = phases();

  it('closes up: before the green flag most follow each other within two seconds, before the car came out few did', () => {
    expect(found.length).toBeGreaterThan(5);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const before = mean(found.map(({ events, fromMs }) => closeShare(crossings(events, fromMs - 3 * MINUTE_MS, fromMs))));
    const after = mean(found.map(({ events, toMs }) => closeShare(crossings(events, toMs - 2 * MINUTE_MS, toMs))));
    expect(before).toBeLessThan(0.4);
    expect(after).toBeGreaterThan(0.75);
  });

  it('drives behind it at its pace: six tenths more than a free lap', () => {
    for (const { events, toMs } of found) {
      const laps = crossings(events, toMs - 2 * MINUTE_MS, toMs).map(({ timeMs }) => timeMs / circuit.lapMs).sort((left, right) => left - right);
      const median = laps[Math.floor(laps.length / 2)] ?? 0;
      expect(median).toBeGreaterThan(1.45);
      expect(median).toBeLessThan(1.8);
    }
  });

  it('does not overtake: who crosses the line behind another does so again on the next lap', () => {
    for (const { events, fromMs, toMs } of found) {
      const laps = crossings(events, fromMs + 4 * MINUTE_MS, toMs);
      const inPits = new Set(events.flatMap((event) => (event.kind === 'pit-in' && event.atMs > fromMs && event.atMs < toMs ? [event.entry] : [])));
      const order = laps.map(({ entry }) => entry).filter((entry) => !inPits.has(entry));
      const field = [...new Set(order)];
      expect(order).toEqual(order.map((_, index) => field[index % field.length]));
    }
  });
});
