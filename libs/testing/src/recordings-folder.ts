import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe } from '@jest/globals';
import { environmentValue } from '@lts/env';

const workspaceRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Folder of real recordings (`LTS_RECORDINGS`, default beside the workspace), or null when it is not there. */
export function recordingsFolder(): string | null {
  const folder = resolve(workspaceRoot, environmentValue('LTS_RECORDINGS') ?? '../shared/data');
  return existsSync(join(folder, 'recordings')) ? folder : null;
}

/**
 * A suite that reads real recordings. Without them it is skipped, visibly,
 * except where `CI` is set: there their absence fails the suite.
 */
export function describeWithRecordings(name: string, suite: (folder: string) => void): void {
  const folder = recordingsFolder();
  if (folder !== null) {
    describe(name, () => suite(folder));
    return;
  }
  if (environmentValue('CI') !== undefined) throw new Error(`${name}: no recordings found, set LTS_RECORDINGS to their folder`);
  describe.skip(`${name} (no recordings: set LTS_RECORDINGS)`, () => suite(''));
}
