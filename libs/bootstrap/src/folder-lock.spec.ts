import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from '@jest/globals';
import { lockFolder } from './folder-lock.js';

const HOLDER = resolve(dirname(fileURLToPath(import.meta.url)), '../test/folder-holder.ts');
const LIMIT_MS = 60_000;
const newFolder = (): string => mkdtempSync(join(tmpdir(), 'lts-lock-'));

describe(lockFolder.name, () => {
  const processes: ChildProcess[] = [];
  afterEach(() => {
    for (const child of processes.splice(0)) child.kill('SIGKILL');
  });

  /** Another process that tries to hold the folder; answers whether it does. */
  async function other(folder: string): Promise<{ child: ChildProcess; holds: boolean }> {
    const child = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', HOLDER, folder], { stdio: ['ignore', 'pipe', 'ignore'] });
    processes.push(child);
    const held = once(child.stdout, 'data').then(() => true);
    return { child, holds: await Promise.race([held, once(child, 'exit').then(() => false)]) };
  }

  it(
    'refuses a folder that a living process holds, says which, and takes it over when that one was killed',
    async () => {
      const folder = newFolder();
      const { child, holds } = await other(folder);
      expect(holds).toBe(true);
      await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'LTS_FOLDER_IN_USE', message: expect.stringContaining(`in use by process ${String(child.pid)}`) as unknown });
      child.kill('SIGKILL');
      await once(child, 'exit');
      await (await lockFolder(folder)).release();
      expect(existsSync(join(folder, '.in-use'))).toBe(false);
    },
    LIMIT_MS,
  );

  it('takes over a lock that names a process, living or not, by nothing but its number', async () => {
    const folder = newFolder();
    for (const pid of [process.pid, 1]) {
      writeFileSync(join(folder, '.in-use'), `${pid}\n`);
      await (await lockFolder(folder)).release();
    }
  });

  it('refuses a folder that this process holds already', async () => {
    const folder = newFolder();
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${process.pid}`);
    await lock.release();
    await expect(lockFolder(folder)).resolves.toBeDefined();
  });

  it(
    'gives a dead lock to one process only, however many want it at once',
    async () => {
      const folder = newFolder();
      writeFileSync(join(folder, '.in-use'), '');
      const holding = (await Promise.all([other(folder), other(folder), other(folder)])).filter(({ holds }) => holds);
      expect(holding).toHaveLength(1);
      await expect(lockFolder(folder)).rejects.toThrow('in use by process');
    },
    LIMIT_MS,
  );

  it('locks a folder in which no socket can be', async () => {
    const folder = newFolder();
    mkdirSync(join(folder, '.in-use'));
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow('in use');
    await lock.release();
    await (await lockFolder(folder)).release();
  });

  it('makes a folder that is missing, also one whose name is too long for a socket, and says when none can be made', async () => {
    const folder = join(newFolder(), 'a'.repeat(120), 'b');
    const lock = await lockFolder(folder);
    expect(existsSync(folder)).toBe(true);
    await expect(lockFolder(folder)).rejects.toThrow('in use');
    await lock.release();
    const file = join(newFolder(), 'file');
    writeFileSync(file, '');
    await expect(lockFolder(file)).rejects.toMatchObject({ code: 'LTS_CONFIGURATION', message: expect.stringContaining('cannot be made') as unknown });
  });
});
