import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { expect } from '@jest/globals';
import { until } from '@lts/testing';
import { raceContent } from '../race-content.js';
import { StartedApp } from '../started-app.js';

/** What may still be on its way between the API and its database, when nothing is any more between the stages. */
const LAST_WRITE_MS = 20_000;

type Content = Awaited<ReturnType<typeof raceContent>>;

/** All that the pipeline in one process holds of a competition, by natural keys, after it has replayed a recording. */
export async function embeddedContent(recording: string, competition: string): Promise<Content> {
  const data = mkdtempSync(join(tmpdir(), 'lts-embedded-'));
  const app = new StartedApp(['--competition_code', competition, '--replay', recording, '--data_path', data, '--api_port', '0', '--speed', 'max']);
  try {
    await app.said(/The replay is complete/);
    return await raceContent(await app.url(), competition);
  } finally {
    app.signal('SIGKILL');
    await app.ended();
    rmSync(data, { recursive: true, force: true });
  }
}

/** The API at this address holds the same of a competition, part by part. */
export async function expectContent(url: string, competition: string, expected: Content): Promise<void> {
  const isThere = async (): Promise<boolean> => isDeepStrictEqual(await raceContent(url, competition), expected);
  await until('the content is as expected', isThere, { limitMs: LAST_WRITE_MS }).catch(() => undefined);
  const content = await raceContent(url, competition);
  for (const part of Object.keys(expected)) expect({ [part]: content[part] }).toEqual({ [part]: expected[part] });
}

/** The stages hold what the pipeline in one process makes of the frames that they have recorded. */
export async function expectSameAsEmbedded({ url, recordings }: { url: string; recordings: string }, competition: string): Promise<void> {
  await expectContent(url, competition, await embeddedContent(join(recordings, competition), competition));
}
