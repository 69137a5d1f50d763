import { describe, expect, it } from '@jest/globals';
import { type RaceOptions, type SimulatedFrame, SimulatedRace, raceOptions } from '../src/index.js';
import { FeedReader, timeMs } from './feed-reader.js';

const MINUTE_MS = 60_000;
const VALID_LINE = /^(r\d+(c\d+)?|[a-z]+\d?)\|/;

const RACES: readonly (Partial<RaceOptions> & { seed: number })[] = [
  { seed: 1, teams: 2, durationMs: 20 * MINUTE_MS },
  { seed: 24, teams: 12, durationMs: 60 * MINUTE_MS },
  { seed: 7, teams: 30, durationMs: 45 * MINUTE_MS, stops: 4, pitMs: 30_000 },
  { seed: 9, teams: 60, durationMs: 30 * MINUTE_MS, lapMs: 45_000 },
];

function run(options: RaceOptions): { race: SimulatedRace; frames: SimulatedFrame[] } {
  const race = new SimulatedRace(options);
  return { race, frames: [...race.frames()] };
}

describe.each(RACES)('a race of seed $seed with $teams teams', (given) => {
  const options = raceOptions(given);
  const { race, frames } = run(options);
  const { teams } = race.truth();
  const lines = frames.slice(1).flatMap(({ atMs, text }) => text.trimEnd().split('\n').map((line) => ({ atMs, line })));

  function readAll(): FeedReader {
    const reader = new FeedReader();
    for (const { text } of frames) reader.read(text);
    return reader;
  }

  it('leaves a reader with the laps, last lap, best lap, stops and position of the truth', () => {
    const reader = readAll();
    const seen = teams.map(({ code }) => ({
      code,
      position: Number(reader.cell(code, 'rk').text),
      laps: Number(reader.cell(code, 'tlp').text),
      lastMs: timeMs(reader.cell(code, 'llp').text),
      bestMs: timeMs(reader.cell(code, 'blp').text),
      stops: Number(reader.cell(code, 'pit').text || '0'),
    }));
    const driven = teams.map(({ code, position, laps, stops }) => ({
      code,
      position,
      laps: laps.length,
      lastMs: laps.at(-1)?.timeMs,
      bestMs: Math.min(...laps.map((lap) => lap.timeMs)),
      stops: stops.length,
    }));
    expect(seen).toEqual(driven);
    expect(teams).toHaveLength(options.teams);
  });

  it('tells a crossing at the moment of each true lap, an entry and an exit at those of each true stop', () => {
    const told = (code: string, mark: string): number[] => lines.filter(({ line }) => line.startsWith(`${code}|${mark}|`)).map(({ atMs }) => atMs);
    for (const { code, laps, stops } of teams) {
      expect(told(code, '*')).toEqual(laps.map(({ atMs }) => atMs));
      expect(told(code, '*in')).toEqual(stops.map(({ inAtMs }) => inAtMs));
      expect(told(code, '*out')).toEqual(stops.map(({ outAtMs }) => outAtMs));
    }
    expect(lines.filter(({ line }) => /\|\*(in|out)\|/.test(line) && !line.endsWith('|0'))).toEqual([]);
  });

  it('adds up: the lap times of a team fill the time from the start to its last crossing', () => {
    for (const { laps } of teams) {
      const sumMs = laps.reduce((sum, lap) => sum + lap.timeMs, 0);
      expect(options.startMs + sumMs).toBe(laps.at(-1)?.atMs);
    }
  });

  it('gives every position once after each frame', () => {
    const reader = new FeedReader();
    const everyPosition = teams.map((_, index) => index + 1).join();
    const wrong = frames.filter(({ text }) => {
      reader.read(text);
      const positions = teams.map(({ code }) => Number(reader.cell(code, 'rk').text)).sort((left, right) => left - right);
      return positions.join() !== everyPosition;
    });
    expect(wrong).toEqual([]);
  });

  it('writes only lines that the protocol has, in frames of moderate size', () => {
    expect(lines.filter(({ line }) => !VALID_LINE.test(line))).toEqual([]);
    expect(frames.filter(({ text }) => !text.endsWith('\n'))).toEqual([]);
    expect(Math.max(...frames.map(({ text }) => Buffer.byteLength(text)))).toBeLessThan(64 * 1024);
    expect(Math.max(...frames.map(({ text }) => text.split('\n').length))).toBeLessThan(4 * options.teams + 40);
  });

  it('gives who joins at any moment the table that the others see, then and at the end', () => {
    for (const share of [0.1, 0.5, 0.9]) {
      const joined = new SimulatedRace(options);
      const running = joined.frames();
      const early = new FeedReader();
      const late = new FeedReader();
      const count = Math.floor(frames.length * share);
      for (const { text } of frames.slice(0, count)) {
        running.next();
        early.read(text);
      }
      late.read(joined.page() ?? '');
      expect(late.table()).toEqual(early.table());
      for (const { text } of running) late.read(text);
      expect(late.table()).toEqual(readAll().table());
    }
  });

  it('tells the truth only of what has happened so far', () => {
    const half = new SimulatedRace(options);
    const running = half.frames();
    const middle = Math.floor(frames.length / 2);
    for (let frame = 0; frame <= middle; frame += 1) running.next();
    const nowMs = frames[middle]?.atMs ?? 0;
    const moments = half.truth().teams.flatMap(({ laps, stops }) => [...laps.map(({ atMs }) => atMs), ...stops.map(({ inAtMs }) => inAtMs)]);
    expect(moments.length).toBeGreaterThan(0);
    expect(Math.max(...moments)).toBeLessThanOrEqual(nowMs);
  });
});
