import { describe, expect, it } from '@jest/globals';
import { SimulatedRace, raceOptions } from '../src/index.js';
import { FeedReader, timeMs } from './feed-reader.js';

const MINUTE_MS = 60_000;
const options = raceOptions({ seed: 24, durationMs: 90 * MINUTE_MS });
const race = new SimulatedRace(options);
const frames = [...race.frames()];
const { teams } = race.truth();
const first = frames[0]?.text ?? '';

function told(pattern: RegExp): { atMs: number; line: string }[] {
  return frames.slice(1).flatMap(({ atMs, text }) => text.split('\n').filter((line) => pattern.test(line)).map((line) => ({ atMs, line })));
}

/** Cells of one column in the order of the feed. */
function column(type: string): { code: string; atMs: number; cls: string; text: string }[] {
  const id = new RegExp(`data-id="c(\\d+)" data-type="${type}"`).exec(first)?.[1] ?? '';
  return told(new RegExp(`^r\\d+c${id}\\|`)).map(({ atMs, line }) => {
    const [target = '', cls = '', text = ''] = line.split('|');
    return { code: target.slice(0, target.indexOf('c')), atMs, cls, text };
  });
}

describe('the page before the start', () => {
  it('is a race page of the rental kind, the ticker last', () => {
    const keywords = first.trimEnd().split('\n').map((line) => line.slice(0, line.indexOf('|')));
    expect(keywords[0]).toBe('init');
    expect(first.startsWith('init|r|\n')).toBe(true);
    expect(keywords.at(-1)).toBe('msg');
    for (const keyword of ['best', 'css', 'effects', 'comments', 'title1', 'title2', 'dyn1', 'light', 'wth1', 'track', 'com', 'grid']) expect(keywords).toContain(keyword);
  });

  it('stands under red with the planned length, every kart waiting and without a lap', () => {
    const reader = new FeedReader();
    reader.read(first);
    expect(reader.head.get('light')).toBe('lr|');
    expect(reader.head.get('dyn1')).toBe('text|01:30:00');
    for (const { code } of teams) {
      expect(reader.cell(code, 'sta').cls).toBe('ss');
      expect(reader.cell(code, 'tlp').text).toBe('');
    }
  });
});

describe('clock and lights', () => {
  it('go green at the start and chequered once the time is over, in that order and once each', () => {
    const lights = told(/^light\|/);
    expect(lights.map(({ line }) => line)).toEqual(['light|lg|', 'light|lf|']);
    expect(lights[0]?.atMs).toBe(options.startMs);
    expect(lights[1]?.atMs).toBeGreaterThanOrEqual(options.startMs + options.durationMs);
  });

  it('count down every thirty seconds, the value being what is left', () => {
    const running = told(/^dyn1\|countdown\|\d/);
    expect(running).toHaveLength(options.durationMs / 30_000);
    running.forEach(({ atMs, line }, index) => {
      expect(atMs).toBe(options.startMs + index * 30_000);
      expect(Number(line.split('|')[2])).toBe(options.startMs + options.durationMs - atMs);
    });
  });

  it('show the flag at a crossing of the leader, and each kart crosses once more', () => {
    const flagMs = told(/^light\|lf\|/)[0]?.atMs ?? 0;
    expect(teams.some(({ laps }) => laps.at(-1)?.atMs === flagMs)).toBe(true);
    for (const { laps } of teams) expect(laps.filter(({ atMs }) => atMs >= flagMs)).toHaveLength(1);
  });
});

describe('a stop in the feed', () => {
  it('counts up at the entry, in the frame that tells it', () => {
    const counts = column('pit');
    for (const { code, stops } of teams) {
      const own = counts.filter((cell) => cell.code === code);
      expect(own.map(({ text }) => Number(text))).toEqual(stops.map((_, index) => index + 1));
      expect(own.map(({ atMs }) => atMs)).toEqual(stops.map(({ inAtMs }) => inAtMs));
    }
    expect(counts.length).toBeGreaterThan(0);
  });

  it('ticks on the pit clock each second, and the last value is the length of the stop in whole seconds', () => {
    const ticks = column('otr').filter(({ cls }) => cls === 'to');
    for (const { code, stops } of teams) {
      for (const { inAtMs, outAtMs } of stops) {
        const own = ticks.filter((tick) => tick.code === code && tick.atMs >= inAtMs && tick.atMs <= (outAtMs ?? 0));
        const wholeSeconds = Math.floor(((outAtMs ?? 0) - inAtMs) / 1000);
        expect(own[0]?.text).toBe('00.');
        expect(timeMs(own.at(-1)?.text ?? '')).toBe(wholeSeconds * 1000);
        expect(own.length).toBeGreaterThanOrEqual(wholeSeconds - 1);
      }
    }
  });

  it('shows hours and minutes again when the line is crossed after the exit', () => {
    const cells = column('otr');
    for (const { code, laps, stops } of teams) {
      for (const { outAtMs } of stops) {
        const next = cells.find((cell) => cell.code === code && cell.atMs > (outAtMs ?? 0));
        expect(next).toMatchObject({ cls: 'in', text: '0:00', atMs: laps.find(({ atMs }) => atMs > (outAtMs ?? 0))?.atMs });
      }
    }
  });

  it('holds every change of driver: a name stays the same from exit to entry', () => {
    for (const { laps, stops } of teams) {
      const stints = [options.startMs, ...stops.map(({ outAtMs }) => outAtMs ?? 0)].map((fromMs, index) =>
        laps.filter(({ atMs }) => atMs > fromMs && atMs <= (stops[index + 1]?.inAtMs ?? Infinity) && atMs < (stops[index]?.inAtMs ?? Infinity)),
      );
      for (const stint of stints) expect(new Set(stint.map(({ driver }) => driver)).size).toBe(1);
      expect(new Set(laps.map(({ driver }) => driver)).size).toBeGreaterThan(1);
    }
  });
});

describe('names', () => {
  it('flip for all rows at once: the driver for ten seconds, the team for twenty', () => {
    const flips = column('dr');
    const moments = [...new Set(flips.map(({ atMs }) => (atMs - options.startMs) / 1000))];
    expect(moments.slice(0, 4)).toEqual([20, 30, 50, 60]);
    for (const { cls, text, atMs } of flips) {
      const showsDriver = (atMs - options.startMs) % 30_000 !== 0;
      expect(cls).toBe(showsDriver ? 'drteam' : 'dr');
      expect(/ \[\d+:\d\d\]$/.test(text)).toBe(showsDriver);
    }
    expect(flips.filter(({ atMs }) => atMs === options.startMs + 20_000)).toHaveLength(options.teams);
  });

  it('show the driver who drives then', () => {
    const shown = column('dr').filter(({ cls }) => cls === 'drteam');
    for (const { code, laps, stops } of teams) {
      for (const { atMs, text } of shown.filter((cell) => cell.code === code)) {
        if (stops.some(({ inAtMs, outAtMs }) => atMs >= inAtMs && atMs <= (outAtMs ?? Infinity))) continue;
        // the lap that is under way ends with the next crossing, and a stop may come first
        const next = laps.find((lap) => lap.atMs >= atMs);
        if (next === undefined || stops.some(({ inAtMs }) => inAtMs > atMs && inAtMs < next.atMs)) continue;
        expect(text.startsWith(`${next.driver} [`)).toBe(true);
      }
    }
  });
});

describe('distances at a crossing', () => {
  it('are what the true crossings say: time on the same lap, else laps', () => {
    const gaps = column('gap').filter(({ cls }) => cls === 'ib');
    expect(gaps.length).toBeGreaterThan(500);
    for (const { code, atMs, text } of gaps) {
      const done = teams.map((team) => ({ code: team.code, laps: team.laps.filter((lap) => lap.atMs <= atMs) }));
      const own = done.find((team) => team.code === code)?.laps ?? [];
      const most = Math.max(...done.map(({ laps }) => laps.length));
      const leaderMs = Math.min(...done.filter(({ laps }) => laps.length === most).map(({ laps }) => laps.at(-1)?.atMs ?? Infinity));
      const behind = most - own.length;
      if (behind === 0) expect(timeMs(text)).toBe(atMs - leaderMs);
      else expect(text).toBe(behind === 1 ? '1 Lap' : `${behind} Laps`);
    }
  });
});
