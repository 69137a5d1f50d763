import { copyFileSync, cpSync, existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { raceContent, rowsOf } from './race-content.js';
import { type RecordedRace, recordRace } from './recorded-race.js';
import { type EndedApp, StartedApp, newFolder, runApp } from './started-app.js';

const LIMIT_MS = 120_000;

function replayed(ended: EndedApp): Record<string, unknown> {
  if (ended.code !== 0) throw new Error(`The replay ended with ${String(ended.code)}:\n${ended.stderr}`);
  return JSON.parse(ended.stdout) as Record<string, unknown>;
}

describe('a replay into the whole pipeline', () => {
  const data = newFolder();
  let race: RecordedRace;
  let content: Awaited<ReturnType<typeof raceContent>>;
  const running: StartedApp[] = [];

  const flags = (path: string, folder: string, ...more: string[]): string[] => ['--competition_code', 'night', '--replay', path, '--data_path', folder, '--api_port', '0', ...more];

  /** What a data folder holds, as the API shows it. */
  async function contentOf(folder: string): Promise<typeof content> {
    const app = new StartedApp(flags(race.path, folder));
    running.push(app);
    await app.said(/The replay is complete/);
    const found = await raceContent(await app.url(), 'night');
    await app.stop();
    return found;
  }

  beforeAll(() => {
    race = recordRace(data, { seed: 5, minutes: 30 });
  });
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });

  it(
    'ends with one line of JSON on stdout, and the API then tells the race as it really was',
    async () => {
      const ended = await runApp(flags(race.path, data, '--exit'));
      expect(ended.stdout.split('\n').filter(Boolean)).toHaveLength(1);
      expect(replayed(ended)).toMatchObject({ competition: 'night', frames: race.frames.length, skipped: 0, unknown: 0, parked: 0 });
      content = await contentOf(data);
      const timing = content['timing'] ?? [];
      const laps = content['laps 1'] ?? [];
      const stops = content['stops 1'] ?? [];
      for (const team of race.teams) {
        const own = laps.filter((lap) => lap['participant_code'] === team.code && lap['valid'] === true);
        expect(own.map((lap) => lap['lap_time']).sort()).toEqual(team.laps.map(({ timeMs }) => timeMs).sort());
        expect(stops.filter((stop) => stop['participant_code'] === team.code)).toHaveLength(team.stops);
        const row = timing.find((candidate) => candidate['participant_code'] === team.code);
        expect(row).toMatchObject({ position: team.position, lap: team.official, best_time: team.bestMs, number_pits: team.stops, state: 'finished' });
      }
    },
    LIMIT_MS,
  );

  it(
    'changes nothing when the same recording is replayed again',
    async () => {
      expect(replayed(await runApp(flags(race.path, data, '--exit')))).toMatchObject({ frames: race.frames.length, skipped: race.frames.length, actions: 0, operations: 0 });
      expect(await contentOf(data)).toEqual(content);
    },
    LIMIT_MS,
  );

  it(
    'refuses a recording that is older than what the competition holds, and says what to do',
    async () => {
      const older = recordRace(newFolder(), { seed: 6, minutes: 5, startMs: Date.UTC(2025, 0, 1) });
      const ended = await runApp(flags(older.path, data, '--exit'));
      expect(ended.code).toBe(1);
      expect(ended.stdout).toBe('');
      expect(ended.stderr).toMatch(/night.*(newer|other).*--competition_code/s);
      expect(ended.stderr).not.toContain('    at ');
    },
    LIMIT_MS,
  );

  it(
    'rebuilds a database that does not open from the recordings, and keeps the broken one',
    async () => {
      const folder = newFolder();
      cpSync(data, folder, { recursive: true });
      for (const name of ['PG_VERSION', 'global/pg_control']) writeFileSync(join(folder, 'database', name), 'broken');
      const ended = await runApp(flags(race.path, folder, '--exit'));
      expect(ended.stderr).toContain('rebuilt from the recordings');
      expect(replayed(ended)).toMatchObject({ parked: 0 });
      expect(readdirSync(folder).some((name) => name.startsWith('database.kept-'))).toBe(true);
      expect(await contentOf(folder)).toEqual(content);
    },
    LIMIT_MS,
  );

  it(
    'catches up from the recording when an older database is put back',
    async () => {
      const folder = newFolder();
      const half = join(folder, 'half.ndjson');
      const lines = readFileSync(race.path, 'utf8').split('\n');
      writeFileSync(half, `${lines.slice(0, Math.floor(lines.length / 2)).join('\n')}\n`);
      replayed(await runApp(flags(half, folder, '--exit')));
      cpSync(join(folder, 'database'), join(folder, 'older'), { recursive: true });
      replayed(await runApp(flags(race.path, folder, '--exit')));
      cpSync(join(folder, 'older'), join(folder, 'database'), { recursive: true, force: true });
      expect(await contentOf(folder)).toEqual(content);
    },
    LIMIT_MS,
  );

  it(
    'rebuilds a database that is ahead of a recording that lost its tail, and says so',
    async () => {
      const folder = newFolder();
      cpSync(data, folder, { recursive: true });
      const part = readdirSync(join(folder, 'recordings', 'night')).sort().at(-1) ?? '';
      const path = join(folder, 'recordings', 'night', part);
      truncateSync(path, Math.floor(readFileSync(path).length * 0.6));
      const ended = await runApp(flags(race.path, folder, '--exit'));
      expect(ended.stderr).toContain('The database holds frames of night that the recordings lack');
      expect(replayed(ended)).toMatchObject({ parked: 0 });
      expect(await contentOf(folder)).toEqual(content);
    },
    LIMIT_MS,
  );

  it(
    'says which recordings are missing, and goes on with the database that is left',
    async () => {
      const folder = newFolder();
      cpSync(data, folder, { recursive: true });
      rmSync(join(folder, 'recordings'), { recursive: true });
      const ended = await runApp(flags(race.path, folder, '--exit'));
      expect(ended.stderr).toContain('The recordings of night are missing');
      expect(replayed(ended)).toMatchObject({ frames: race.frames.length, operations: 0, parked: 0 });
    },
    LIMIT_MS,
  );

  it(
    'ends a replay with --exit that is interrupted with the code of an interruption, and says nothing on stdout',
    async () => {
      const folder = newFolder();
      const app = new StartedApp(flags(race.path, folder, '--speed', '100', '--exit'));
      await app.url();
      expect(await app.stop()).toMatchObject({ code: 130, stdout: '' });
      expect(replayed(await runApp(flags(race.path, folder, '--exit')))).toMatchObject({ parked: 0 });
    },
    LIMIT_MS,
  );

  it(
    'takes the longest code there is, whatever its letters',
    async () => {
      const folder = newFolder();
      const code = '\u{1f3c1}'.repeat(127);
      const ended = await runApp(['--competition_code', code, '--replay', race.path, '--data_path', folder, '--api_port', '0', '--exit']);
      expect(replayed(ended)).toMatchObject({ competition: code, frames: race.frames.length, parked: 0 });
    },
    LIMIT_MS,
  );

  it(
    'ends within five seconds at Ctrl-C and goes on where it was',
    async () => {
      const folder = newFolder();
      const app = new StartedApp(flags(race.path, folder, '--speed', '200'));
      const url = await app.url();
      while ((await rowsOf(`${url}/v1/c/~night/laps`).catch(() => [])).length < 10) await new Promise((resume) => setTimeout(resume, 50));
      const askedAtMs = Date.now();
      expect((await app.stop()).code).toBe(0);
      expect(Date.now() - askedAtMs).toBeLessThan(5_000);
      expect(existsSync(join(folder, '.in-use'))).toBe(false);
      replayed(await runApp(flags(race.path, folder, '--exit')));
      expect(await contentOf(folder)).toEqual(content);
    },
    LIMIT_MS,
  );

  it(
    'ends in the same database however often it is killed on the way',
    async () => {
      const folder = newFolder();
      for (const afterMs of [300, 700, 1_000]) {
        const app = new StartedApp(flags(race.path, folder, '--speed', '600'));
        await app.url();
        await new Promise((resume) => setTimeout(resume, afterMs));
        app.signal('SIGKILL');
        await app.ended();
      }
      replayed(await runApp(flags(race.path, folder, '--exit')));
      expect(await contentOf(folder)).toEqual(content);
    },
    LIMIT_MS,
  );

  it(
    'takes what raw-storage wrote as a recording of another competition',
    async () => {
      const folder = newFolder();
      const own = join(folder, 'copy.ndjson');
      const recordings = join(data, 'recordings', 'night');
      const [part = ''] = readdirSync(recordings).sort();
      copyFileSync(join(recordings, part), part.endsWith('.gz') ? `${own}.gz` : own);
      const ended = await runApp(['--competition_code', 'again', '--replay', part.endsWith('.gz') ? `${own}.gz` : own, '--data_path', folder, '--api_port', '0', '--exit']);
      expect(replayed(ended)).toMatchObject({ competition: 'again', frames: race.frames.length, skipped: 0 });
    },
    LIMIT_MS,
  );
});
