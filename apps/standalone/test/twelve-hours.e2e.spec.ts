import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, it } from '@jest/globals';
import { CompetitionState } from '@lts/apex-parser';
import { describeWithRecordings } from '@lts/testing';
import { raceContent } from './race-content.js';
import { type EndedApp, StartedApp, newFolder, runApp } from './started-app.js';
import { writeRecording } from './recorded-race.js';

const LIMIT_MS = 300_000;
const KILLS = 10;
const UNKNOWN_LINES = 395;

type Content = Awaited<ReturnType<typeof raceContent>>;
type Row = Record<string, unknown>;

function replayed(ended: EndedApp): Row {
  if (ended.code !== 0) throw new Error(`The replay ended with ${String(ended.code)}:\n${ended.stderr}`);
  return JSON.parse(ended.stdout) as Row;
}

describeWithRecordings('a recorded twelve-hour race through the whole pipeline', (folder) => {
  const path = join(folder, 'recordings/endurance-12h-es.ndjson.gz');
  const work = newFolder();
  const withoutLast = join(work, 'without-last.ndjson');
  /** The last frame: a whole page that the first run does not see. */
  let official: ReturnType<CompetitionState['view']>['rows'];
  let before: Content;
  let after: Content;

  const flags = (recording: string, data: string, ...more: string[]): string[] => ['--competition_code', 't', '--replay', recording, '--data_path', data, '--api_port', '0', ...more];

  async function contentOf(recording: string, data: string): Promise<Content> {
    const app = new StartedApp(flags(recording, data, '--speed', 'max'));
    await app.said(/The replay is complete/);
    const content = await raceContent(await app.url(), 't');
    await app.stop();
    return content;
  }

  beforeAll(async () => {
    const frames = gunzipSync(readFileSync(path)).toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as { receivedAtMs: number; text: string });
    const recorded = frames.map(({ receivedAtMs, text }) => ({ atMs: receivedAtMs, text }));
    writeRecording(withoutLast, recorded.slice(0, -1));
    const page = new CompetitionState();
    page.apply(recorded.at(-1) ?? { atMs: 0, text: '' });
    official = page.view().rows;
    const summary = replayed(await runApp(flags(withoutLast, work, '--exit')));
    expect(summary).toMatchObject({ frames: frames.length - 1, skipped: 0, unknown: UNKNOWN_LINES, parked: 0 });
    before = await contentOf(withoutLast, work);
    after = await contentOf(path, work);
  }, LIMIT_MS);

  const rowOf = (content: Content, part: string, code: string): Row => content[part]?.find((row) => row['participant_code'] === code) ?? {};
  const valid = (part: string, code: string): Row[] => (after[part] ?? []).filter((row) => row['participant_code'] === code && row['valid'] === true);

  it('tells laps, best lap, last lap, stops, position and name of all teams as the final page does', () => {
    expect(official).toHaveLength(18);
    for (const row of official) {
      expect({ ...rowOf(before, 'timing', row.code), name: rowOf(before, 'teams', row.code)['name'] }).toMatchObject({
        lap: row.laps,
        best_time: row.bestLapMs,
        last_time: row.lastLapMs,
        number_pits: row.stops,
        position: row.position,
        name: row.team,
      });
    }
  });

  it('holds as many valid laps as each team was given, the best of them its best lap', () => {
    expect(official[0]?.laps).toBe(604);
    for (const row of official) {
      const laps = valid('laps 2', row.code);
      expect(laps).toHaveLength(row.laps);
      expect(Math.min(...laps.flatMap((lap) => (typeof lap['lap_time'] === 'number' ? [lap['lap_time']] : [])))).toBe(row.bestLapMs);
    }
  });

  it('holds as many valid stops as each team was counted', () => {
    for (const row of official) {
      expect(row.stops).toBe(16);
      expect(valid('stops 2', row.code)).toHaveLength(row.stops);
    }
  });

  it('keeps withdrawn laps and stops, flagged', () => {
    const withdrawn = [...(after['laps 2'] ?? []), ...(after['stops 2'] ?? [])].filter((row) => row['valid'] === false);
    expect(withdrawn.length).toBeGreaterThan(18);
    expect(new Set(withdrawn.map((row) => row['reason']))).toEqual(new Set(['rollback', 'withdrawn']));
  });

  it('rejects no operation', () => {
    expect(after['rejected']).toEqual([]);
  });

  it(
    'leads to the same database when it is killed at ten random moments',
    async () => {
      const data = newFolder();
      for (let kill = 0; kill < KILLS; kill += 1) {
        const app = new StartedApp(flags(path, data, '--speed', 'max'));
        await app.url();
        await new Promise((resume) => setTimeout(resume, Math.random() * 900));
        app.signal('SIGKILL');
        await app.ended();
      }
      replayed(await runApp(flags(path, data, '--exit')));
      expect(await contentOf(path, data)).toEqual(after);
    },
    LIMIT_MS,
  );
});
