import { describe, expect, it } from '@jest/globals';
import { DIALECTS, RULE_SETS, type ResultTruth, Simulation } from '../src/index.js';
import { timeText } from '../src/wire/texts.js';
import { FeedReader } from './feed-reader.js';
import { type SimulatedSession, lapsThatCount, options, resultsOf, run, stopsOf } from './simulated-day.js';

const VALID_LINE = /^(r\d+(c\d+)?|[bc]r\d+c\d+|[a-z_]+\d?)\|/;
/** A slot of 200 ms, and the longest delay of a message that is split. */
const LATENESS_MS = 1_400;

const ALL = DIALECTS.flatMap(({ name: dialect }) => RULE_SETS.map(({ name: rules }, index) => ({ dialect, rules, seed: 100 + index * 7, day: index % 2 === 0, hours: 1 + (index % 3) })));
const JOINED_LATE = 'it-joined-late';

function readAll({ frames }: SimulatedSession): FeedReader {
  const reader = new FeedReader();
  for (const { text, atMs } of frames) reader.read(text, atMs);
  return reader;
}

/** What the cells of a row must hold at the end, by column type. */
function finalCells({ begin }: SimulatedSession, { position, laps, bestLapMs, stops }: ResultTruth, lastMs: number | null): Record<string, string> {
  const isClassified = begin.stage === 'race' || bestLapMs !== null;
  const count = (value: number): string => (value === 0 ? '' : String(value));
  const time = (value: number | null): string => (value === null ? '' : timeText(value));
  return { rk: isClassified ? String(position) : '', tlp: count(laps), pit: count(stops), blp: time(bestLapMs), llp: time(lastMs) };
}

describe.each(ALL)('$dialect under $rules', (given) => {
  const { frames, sessions } = run({ ...given, teams: 9 });

  it('leaves a reader with positions, counts, bests and stops of the truth, in every session', () => {
    for (const session of sessions) {
      const reader = readAll(session);
      const counted = lapsThatCount(session.records);
      const results = resultsOf(session.records);
      expect(results).toHaveLength(9);
      for (const result of results) {
        const { row } = result;
        const truth = finalCells(session, result, counted.get(row)?.at(-1)?.timeMs ?? null);
        const seen = Object.fromEntries(Object.keys(truth).map((type) => [type, reader.cell(row, type)?.text.replace(/^-$/, '') ?? truth[type]]));
        expect({ row, ...seen }).toEqual({ row, ...truth });
      }
    }
  });

  it('tells every lap that counts with its time, soon after it is done', () => {
    if (given.dialect === JOINED_LATE) return;
    for (const session of sessions) {
      const reader = readAll(session);
      for (const [row, laps] of lapsThatCount(session.records)) {
        const seen = reader.laps.get(row) ?? [];
        expect(seen.map((lap) => lap.timeMs)).toEqual(laps.map((lap) => lap.timeMs));
        laps.forEach(({ atMs }, index) => {
          expect((seen[index]?.atMs ?? 0) - atMs).toBeGreaterThanOrEqual(0);
          expect((seen[index]?.atMs ?? 0) - atMs).toBeLessThan(LATENESS_MS);
        });
      }
    }
  });

  it('tells every stop with its entry and exit', () => {
    for (const session of sessions) {
      const reader = readAll(session);
      const wasRolledBack = session.records.some((record) => record.kind === 'withdraw-laps' && record.cause === 'rollback');
      for (const { row } of session.begin.entries) {
        const stops = stopsOf(session.records).filter((stop) => stop.row === row);
        const seen = reader.stops.get(row) ?? [];
        if (wasRolledBack || given.dialect === JOINED_LATE) continue;
        expect(seen).toHaveLength(stops.length);
        stops.forEach(({ inAtMs, outAtMs }, index) => {
          expect(Math.abs((seen[index]?.inAtMs ?? 0) - inAtMs)).toBeLessThanOrEqual(LATENESS_MS);
          expect(Math.abs((seen[index]?.outAtMs ?? 0) - (outAtMs ?? 0))).toBeLessThanOrEqual(LATENESS_MS);
        });
      }
    }
  });

  it('shows no driver who is not of the team', () => {
    for (const session of sessions) {
      for (const [row, names] of readAll(session).names) {
        const drivers = session.begin.entries.find((entry) => entry.row === row)?.drivers ?? [];
        for (const name of names) expect([...drivers, drivers.join(' / ')]).toContain(name);
      }
    }
  });

  it('writes only lines that the protocol has, in order of time', () => {
    const lines = frames.flatMap(({ text }) => text.split('\n')).filter((line) => line !== '');
    expect(lines.filter((line) => !VALID_LINE.test(line))).toEqual([]);
    expect(frames.filter(({ text }) => text !== '' && !text.endsWith('\n'))).toEqual([]);
    expect(frames.filter(({ atMs }, index) => atMs < (frames[index - 1]?.atMs ?? 0))).toEqual([]);
  });
});

describe.each(DIALECTS.map(({ name }) => name).filter((name) => name !== JOINED_LATE))('who joins a race in %s', (dialect) => {
  it('gets the table that the others see, then and at the end', () => {
    const given = { dialect, hours: 0.5, teams: 6, eventful: true };
    const { frames } = run(given);
    const early = new FeedReader();
    for (const { text } of frames) early.read(text);
    for (const share of [0.1, 0.5, 0.9]) {
      const simulation = new Simulation(options(given));
      const running = simulation.frames();
      const seen = new FeedReader();
      const late = new FeedReader();
      const count = Math.floor(frames.length * share);
      for (const { text } of frames.slice(0, count)) {
        running.next();
        seen.read(text);
      }
      late.read(simulation.page() ?? '');
      expect(late.table()).toEqual(seen.table());
      for (const { text } of running) late.read(text);
      expect(late.table()).toEqual(early.table());
    }
  });
});

describe.each(DIALECTS.map(({ name }) => name).filter((name) => name !== JOINED_LATE))('a race that is rolled back in %s', (dialect) => {
  it('leaves a reader with the laps that stay, those before and those after', () => {
    const { sessions } = rolledBack(dialect);
    for (const session of sessions) {
      const reader = readAll(session);
      for (const [row, laps] of lapsThatCount(session.records)) expect([row, reader.laps.get(row)?.map((lap) => lap.timeMs)]).toEqual([row, laps.map((lap) => lap.timeMs)]);
    }
  });
});

/** The first seeded race in which several teams lose laps at a restart. */
function rolledBack(dialect: string): ReturnType<typeof run> {
  for (let seed = 1; seed < 100; seed += 1) {
    const candidate = run({ dialect, seed, hours: 4, teams: 6 });
    if (candidate.truth.filter((record) => record.kind === 'withdraw-laps' && record.cause === 'rollback' && record.laps > 0).length > 2) return candidate;
  }
  throw new Error(`No race in ${dialect} is rolled back.`);
}
