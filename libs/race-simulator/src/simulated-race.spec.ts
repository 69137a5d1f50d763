import { describe, expect, it } from '@jest/globals';
import { raceOptions } from './race-options.js';
import { type SimulatedFrame, SimulatedRace } from './simulated-race.js';

const HOUR_MS = 3_600_000;

function raceOf(seed: number): { race: SimulatedRace; frames: SimulatedFrame[] } {
  const race = new SimulatedRace(raceOptions({ seed, durationMs: HOUR_MS, teams: 10 }));
  return { race, frames: [...race.frames()] };
}

/** Last text of each cell by id, from updates alone, and all texts of a column in order. */
function cellsOf(frames: readonly SimulatedFrame[]): { last: Map<string, string>; all: Map<string, string[]> } {
  const last = new Map<string, string>();
  const all = new Map<string, string[]>();
  for (const line of frames.slice(1).flatMap(({ text }) => text.split('\n'))) {
    const [target = '', , value = ''] = line.split('|');
    if (!/^r\d+c\d+$/.test(target)) continue;
    last.set(target, value);
    all.set(target, [...(all.get(target) ?? []), value]);
  }
  return { last, all };
}

function ms(text: string): number {
  const [seconds = '', minutes = '0'] = text.split(':').reverse();
  return Math.round((Number(minutes) * 60 + Number(seconds)) * 1000);
}

describe(SimulatedRace.name, () => {
  const { race, frames } = raceOf(11);
  const { teams } = race.truth();
  const { last, all } = cellsOf(frames);

  it('is the same race for the same seed, and another one for another', () => {
    expect(raceOf(11).frames).toEqual(frames);
    expect(raceOf(12).frames).not.toEqual(frames);
  });

  it('opens with a page and keeps to the order of time', () => {
    expect(frames[0]?.text.startsWith('init|r|')).toBe(true);
    const times = frames.map(({ atMs }) => atMs);
    expect([...times].sort((left, right) => left - right)).toEqual(times);
  });

  it('shows the laps, best laps, stops and positions that really happened', () => {
    for (const { code, laps, bestMs, stops, position } of teams) {
      expect(Number(last.get(`${code}c5`))).toBe(laps.length);
      expect(ms(last.get(`${code}c7`) ?? '')).toBe(bestMs);
      expect(Math.min(...laps.map(({ timeMs }) => timeMs))).toBe(bestMs);
      expect(Number(last.get(`${code}c11`))).toBe(stops.length);
      expect(Number(last.get(`${code}c2`) ?? position)).toBe(position);
    }
  });

  it('shows the time of every lap', () => {
    for (const { code, laps } of teams) {
      const shown = (all.get(`${code}c6`) ?? []).map(ms);
      const driven = laps.map(({ timeMs }) => timeMs);
      expect(shown).toEqual(driven.filter((timeMs, index) => timeMs !== driven[index - 1]));
    }
  });

  it('lets every team stop as planned and come out again', () => {
    for (const { stops } of teams) {
      expect(stops.length).toBeGreaterThan(0);
      for (const { inAtMs, outAtMs } of stops) expect((outAtMs ?? 0) - inAtMs).toBeGreaterThanOrEqual(65_000);
    }
  });

  it('ranks by laps, then by who crossed the line first', () => {
    const keys = teams.map(({ laps }) => [laps.length, laps.at(-1)?.atMs ?? 0] as const);
    keys.slice(1).forEach(([laps, atMs], index) => {
      const [lapsAhead, atMsAhead] = keys[index] ?? [0, 0];
      expect(lapsAhead > laps || (lapsAhead === laps && atMsAhead <= atMs)).toBe(true);
    });
  });

  it('ends with the flag, after which each kart finishes its lap', () => {
    const flag = frames.findIndex(({ text }) => text.includes('light|lf|'));
    const after = frames.slice(flag).flatMap(({ text }) => text.split('\n'));
    expect(after.filter((line) => line.includes('|sf|'))).toHaveLength(10);
    expect(frames[flag]?.atMs).toBeGreaterThanOrEqual((frames[1]?.atMs ?? 0) + HOUR_MS);
  });

  it('gives who joins later the page of that moment', () => {
    const later = new SimulatedRace(raceOptions({ seed: 11, durationMs: HOUR_MS, teams: 10 }));
    expect(later.page()).toBeNull();
    const running = later.frames();
    for (let frame = 0; frame < 2_000; frame += 1) running.next();
    const page = later.page() ?? '';
    const leader = later.truth().teams[0];
    expect(page).toContain(`data-id="${leader?.code ?? ''}c5" class="in">${leader?.laps.length ?? 0}<`);
  });
});
