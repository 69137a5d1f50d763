import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const SCRIPT = resolve(dirname(fileURLToPath(import.meta.url)), '../../../scripts/env-file.mjs');

describe('.env.local', () => {
  it('names every setting of every app, with its meaning and its default', () => {
    expect(spawnSync(process.execPath, [SCRIPT, '--check'], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  }, 120_000);
});
