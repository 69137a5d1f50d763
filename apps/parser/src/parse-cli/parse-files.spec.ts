import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { readEnv } from '@lts/env';
import { describeWithRecordings } from '@lts/testing';
import { lap, page } from '../../test/surroundings.js';
import { ParseEnv } from './env.js';
import { parseFiles } from './parse-files.js';

const START_MS = 1_700_000_000_000;

async function parse(paths: string[], ...argv: string[]): Promise<{ stdout: string; stderr: string }> {
  const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
  const heard = { stdout: '', stderr: '' };
  outputs.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()));
  outputs.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()));
  await parseFiles(paths, readEnv(ParseEnv, { argv, variables: {}, file: null }).env, outputs);
  return heard;
}

const records = (stdout: string): Record<string, unknown>[] => stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);

describe(parseFiles.name, () => {
  let folder = '';
  const frames = [page(), lap('r1', 1), 'GET / HTTP/1.1', lap('r1', 2)];
  const recording = frames.map((text, index) => `${JSON.stringify({ receivedAtMs: START_MS + index * 60_000, text })}\n`).join('');

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lts-parse-'));
    writeFileSync(join(folder, 'race.ndjson'), recording);
    writeFileSync(join(folder, 'race.ndjson.gz'), gzipSync(recording));
    writeFileSync(join(folder, 'page.txt'), page());
  });

  it('prints one record a line to stdout and the summary to stderr', async () => {
    const { stdout, stderr } = await parse([join(folder, 'race.ndjson')], '--competition_code', 'cup');
    expect(records(stdout)).toMatchObject([{ competition_code: 'cup', created_at: START_MS / 1000, data: { session: 1 } }, {}, {}]);
    expect(stderr).toMatch(/^4 frames, 12 lines, 3 records, \d+ actions, 1 unknown lines, \d+ ms\n {2}frame 3, line 1: "GET \/ HTTP\/1.1"\n$/);
  });

  it('prints the same for the same frames, packed or not', async () => {
    expect((await parse([join(folder, 'race.ndjson.gz')])).stdout).toBe((await parse([join(folder, 'race.ndjson')])).stdout);
  });

  it('prints the final state as one document', async () => {
    const [state] = records((await parse([join(folder, 'race.ndjson')], '--state')).stdout);
    expect(state).toMatchObject({
      competition: { title1: null, title2: 'RACE', stage: 'race', status: 'ongoing', track: null, remainingMs: null, remainingLaps: null, session: 1 },
      rows: [
        { code: 'r1', position: null, number: null, team: 'TEAM r1', driver: null, laps: 2, lastLapMs: 62_000, bestLapMs: null, gap: null, interval: null, stops: 0 },
        { code: 'r2', laps: 0 },
      ],
      lapList: [{ code: 'r1', lap: 1, timeMs: 61_000, valid: true, reason: null }, { code: 'r1', lap: 2, atMs: START_MS + 180_000 }],
      stopList: [],
    });
  });

  it('stops after the frame that was named', async () => {
    const [state] = records((await parse([join(folder, 'race.ndjson')], '--state', '--at', '2')).stdout);
    expect(state).toMatchObject({ rows: [{ laps: 1 }, { laps: 0 }] });
  });

  it('takes several files as one recording, single frames included', async () => {
    const { stdout } = await parse([join(folder, 'page.txt'), join(folder, 'race.ndjson')], '--state');
    expect(records(stdout)).toMatchObject([{ competition: { session: 1 }, rows: [{ laps: 2 }, {}] }]);
  });

  it('asks for a recording when none is named, and says which one it cannot find', async () => {
    await expect(parse([])).rejects.toThrow('Which recording?');
    await expect(parse([join(folder, 'none.ndjson')])).rejects.toThrow('There is no file or folder');
  });
});

describeWithRecordings('real recordings', (folder) => {
  it.each([
    ['endurance-12h-es', 395],
    ['practice-fr', 0],
    ['sprint-categories-es', 0],
  ])('%s is parsed, and only its dirt is unknown', async (name, unknown) => {
    const { stderr } = await parse([join(folder, 'recordings', `${name}.ndjson.gz`)], '--state');
    expect(stderr).toContain(` ${unknown} unknown lines`);
  }, 60_000);

  it('single frames are parsed without an unknown line', async () => {
    expect((await parse([join(folder, 'messages')])).stderr).toContain(' 0 unknown lines');
  });
});
