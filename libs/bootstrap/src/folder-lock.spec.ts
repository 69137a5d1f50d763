import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { lockFolder } from './folder-lock.js';

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'lts-lock-'));

describe(lockFolder.name, () => {
  it('refuses a folder that a living process holds, and says which process', async () => {
    const folder = newFolder();
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    writeFileSync(join(folder, '.in-use'), `${String(other.pid)}\n`);
    try {
      expect(() => lockFolder(folder)).toThrow(`in use by process ${String(other.pid)}`);
    } finally {
      other.kill('SIGKILL');
      await once(other, 'exit');
    }
    expect(() => lockFolder(folder)).not.toThrow();
  });

  it('takes over what a killed process left behind', () => {
    const folder = newFolder();
    const gone = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(join(folder, '.in-use'), `${gone}\n`);
    lockFolder(folder).release();
    expect(existsSync(join(folder, '.in-use'))).toBe(false);
  });

  it('makes a folder that is missing', () => {
    const folder = join(newFolder(), 'a', 'b');
    lockFolder(folder).release();
    expect(existsSync(folder)).toBe(true);
  });
});
