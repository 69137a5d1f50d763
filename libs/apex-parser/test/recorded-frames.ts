import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Frame } from '../src/index.js';

const ENDING = '.ndjson.gz';

/** Names of the recordings in a folder; one that stands for none where there is no folder, since a table of tests may not be empty. */
export function recordingNames(folder: string): string[] {
  return folder === '' ? ['none'] : readdirSync(join(folder, 'recordings')).filter((file) => file.endsWith(ENDING)).map((file) => file.slice(0, -ENDING.length));
}

/** All frames of a recording. */
export function recordedFrames(folder: string, name: string): Frame[] {
  const lines = gunzipSync(readFileSync(join(folder, 'recordings', name + ENDING))).toString('utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => {
    const { receivedAtMs, text } = JSON.parse(line) as { receivedAtMs: number; text: string };
    return { atMs: receivedAtMs, text };
  });
}
