import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../../random/seeded-random.js';
import type { Circuit } from '../circuit.js';
import { Day } from '../day.js';
import type { Penalty, RaceEvent } from '../race-event.js';
import { raceRules } from './race-rules.js';
import { ruleSets } from './rule-sets.js';

const HOUR_MS = 3_600_000;
const circuit: Circuit = { name: 'TRACK', lengthM: 1_200, lapMs: 70_000, loops: [], pit: { closes: 'line', entryAt: 0.85, exitToLine: 0.07 }, start: 'standing' };

describe.each(ruleSets)('$name', (rules) => {
  const lengthMs = rules.hours * HOUR_MS;
  const day = new Day({ circuit, rules, teams: 40, raceMs: lengthMs, byLaps: false, startMs: 0, withTrials: false, eventful: false, random: new SeededRandom(3) });
  const events = [...day.events()];
  const resolved = raceRules(rules, lengthMs, false);
  const penalties = events.filter((event): event is Penalty => event.kind === 'penalty');
  const judged = (reasons: readonly string[], conduct: string): Penalty[] => penalties.filter(({ entry, reason }) => entry.conduct === conduct && reasons.includes(reason));

  it('states stops of its full length unscaled, and half of them for half the length', () => {
    for (const { name, stops } of rules.categories) {
      expect(resolved.stops(name)).toBe(stops);
      expect(raceRules(rules, lengthMs / 2, false).stops(name)).toBe(Math.round(stops / 2));
    }
  });

  it('is kept by the teams that follow it: no stop too short, none in closed pits', () => {
    expect(judged(['pit-too-short', 'pit-closed'], 'follows')).toEqual([]);
  });

  it('is broken by those who break it, at its price', () => {
    if (rules.minPitMs === null) return;
    const short = judged(['pit-too-short'], 'breaks');
    expect(short.length).toBeGreaterThan(0);
    for (const { amount } of short) expect('seconds' in amount && amount.seconds >= Math.min(10, rules.penalties.shortStop(1))).toBe(true);
  });

  it('lets most teams that follow it make the stops that their category asks for', () => {
    const results = events.filter((event) => event.kind === 'result').filter(({ entry }) => entry.conduct === 'follows' && !isOut(events, entry.number));
    const enough = results.filter(({ entry, stops }) => stops >= resolved.stops(entry.category));
    expect(enough.length / results.length).toBeGreaterThan(0.8);
  });
});

function isOut(events: readonly RaceEvent[], number: string): boolean {
  return events.some((event) => event.kind === 'breakdown' && event.final && event.entry.number === number);
}
