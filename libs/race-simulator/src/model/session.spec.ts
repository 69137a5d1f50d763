import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import { Day } from './day.js';
import type { FlagShown, RaceEvent } from './race-event.js';
import { ruleSets } from './rules/rule-sets.js';
import { Session } from './session.js';

const circuit: Circuit = { name: 'TRACK', lengthM: 1_200, lapMs: 62_000, loops: [0.3, 0.7], pit: { closes: 'line', entryAt: 0.9, exitToLine: 0.06 }, start: 'standing' };

function race(seed: number, hours = 6): RaceEvent[] {
  const day = new Day({ circuit, rules: ruleSets[0], teams: 10, raceMs: hours * 3_600_000, byLaps: false, startMs: 0, withTrials: false, eventful: false, random: new SeededRandom(seed) });
  return [...day.events()];
}

/** What a team has part in; a correction of all belongs to each. */
function ofTeam(events: readonly RaceEvent[], number: string): RaceEvent[] {
  return events.filter((event) => (event.kind === 'correction' ? event.changes.some(({ entry }) => entry.number === number) : 'entry' in event && event.entry.number === number));
}

/** Laps and sectors of a team between an entry and its exit. */
function drivenWhileStanding(events: readonly RaceEvent[], number: string): RaceEvent[] {
  let stands = false;
  return ofTeam(events, number).filter((event) => {
    if (event.kind === 'pit-in') stands = true;
    const isTakenBack = event.kind === 'correction' && event.changes.some(({ entry, stops }) => entry.number === number && stops < 0);
    if (event.kind === 'pit-out' || isTakenBack) stands = false;
    return stands && (event.kind === 'lap' || event.kind === 'sector');
  });
}

/** Laps of a team that do not begin where the one before ended, or at a passage without a lap. */
function unaccounted(events: readonly RaceEvent[], number: string): RaceEvent[] {
  let sinceMs = 0;
  return ofTeam(events, number).filter((event) => {
    const isWrong = event.kind === 'lap' && event.atMs - event.timeMs !== sinceMs;
    // the first lap of a standing start is timed from the green flag
    if (event.kind === 'lap' || (event.kind === 'first-passage' && event.atMs > 60_000)) sinceMs = event.atMs;
    return isWrong;
  });
}

/** Each red flag of a running race, the green one after it, and what was taken back in between. */
function suspensions(events: readonly RaceEvent[]): { red: FlagShown; green: FlagShown; correction: RaceEvent | undefined }[] {
  const flags = events.filter((event) => event.kind === 'flag');
  return flags.flatMap((red, index) => {
    const green = flags[index + 1];
    if (red.why !== 'suspended' || green === undefined) return [];
    return [{ red, green, correction: events.find((event) => event.kind === 'correction' && event.cause === 'rollback' && event.atMs === green.atMs) }];
  });
}

/** Races of six hours, enough of them for what is rare. */
const RACES = Array.from({ length: 50 }, (_, index) => race(index + 1));

describe(Session.name, () => {
  it('tells everything in order of time', () => {
    for (const events of RACES) {
      expect(events.filter(({ atMs }, index) => atMs < (events[index - 1]?.atMs ?? atMs))).toEqual([]);
    }
  });

  it('lets every stop end, or be taken back: nobody drives while he stands', () => {
    for (const events of RACES) {
      for (let number = 1; number <= 10; number += 1) expect(drivenWhileStanding(events, String(number))).toEqual([]);
    }
  });

  it('adds up: from the first passage on, lap times fill the time between crossings', () => {
    for (const events of RACES.slice(0, 5)) {
      for (let number = 1; number <= 10; number += 1) expect(unaccounted(events, String(number))).toEqual([]);
    }
  });

  it('splits each lap into sectors that add up to it', () => {
    for (const event of race(1)) if (event.kind === 'lap') expect(event.sectors.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThan(event.timeMs - 10_000);
  });

  it('shows the flag at a crossing after the time is up, and lets each team cross at most once more', () => {
    for (let seed = 1; seed <= 25; seed += 1) {
      const events = race(seed, 2);
      const flag = events.find((event) => event.kind === 'flag' && event.flag === 'chequered');
      expect(flag?.atMs).toBeGreaterThanOrEqual(2 * 3_600_000);
      const late = events.flatMap((event) => (event.kind === 'lap' && event.atMs >= (flag?.atMs ?? 0) ? [event] : []));
      expect(late.every(({ finish }) => finish)).toBe(true);
      expect(new Set(late.map(({ entry }) => entry)).size).toBe(late.length);
    }
  });

  it('gives back the time since the state from which a suspended race goes on', () => {
    const rolledBack = RACES.flatMap(suspensions).filter(({ correction }) => correction !== undefined);
    expect(rolledBack.length).toBeGreaterThan(4);
    for (const { red, green } of rolledBack) expect((green.endAtMs ?? 0) - green.atMs).toBeGreaterThan((red.endAtMs ?? 0) - red.atMs);
  });

  it('knows false restarts: soon suspended again, and then from the grid once more', () => {
    const again = RACES.flatMap((events) =>
      suspensions(events).flatMap(({ green }, index, all) => {
        const next = all[index + 1];
        return next !== undefined && next.red.atMs - green.atMs < 60_000 ? [{ events, next }] : [];
      }),
    );
    expect(again.length).toBeGreaterThan(1);
    for (const { events, next } of again) {
      const started = events.filter((event) => event.kind === 'first-passage' && event.atMs > next.green.atMs && event.atMs < next.green.atMs + 15_000);
      expect(started.length).toBeGreaterThan(4);
    }
  });

  it('has seen, over some races, everything that race control can do', () => {
    const events = RACES.flat();
    const flags = new Set(events.flatMap((event) => (event.kind === 'flag' ? [`${event.flag} ${event.why}`] : [])));
    expect([...flags]).toEqual(expect.arrayContaining(['yellow slow', 'safety-car slow', 'red suspended', 'green restart', 'chequered finish']));
    const corrections = events.flatMap((event) => (event.kind === 'correction' ? event.changes.map(({ laps }) => `${event.cause} ${laps > 0 ? 'given' : 'taken'}`) : []));
    expect([...new Set(corrections)].sort()).toEqual(['judgement given', 'judgement taken', 'rollback taken']);
    const penalties = events.flatMap((event) => (event.kind === 'penalty' ? [Object.keys(event.amount).join()] : []));
    expect(new Set(penalties)).toEqual(new Set(['laps', 'seconds', 'stop']));
    expect(events.some(({ kind }) => kind === 'breakdown')).toBe(true);
  });
});
