import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineError, hasSystemCode } from '@lts/contracts';

const LOCK_FILE = '.in-use';

/** A folder that this process alone works on, until `release`. */
export interface FolderLock {
  release(): void;
}

/**
 * Takes the folder for this process by a file that names the process; makes the folder when it is missing.
 * A lock left by a process that is gone is taken over.
 *
 * @throws PipelineError `LTS_FOLDER_IN_USE` while another living process holds it
 */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, LOCK_FILE);
  if (!claim(path)) {
    const holder = holderOf(path);
    if (holder !== null && isAlive(holder)) {
      throw new PipelineError('LTS_FOLDER_IN_USE', `The data folder ${folder} is in use by process ${holder}. Stop that one first, or choose another --data_path.`);
    }
    rmSync(path, { force: true });
    if (!claim(path)) throw new PipelineError('LTS_FOLDER_IN_USE', `The data folder ${folder} was taken by another process at this moment. Try again, or choose another --data_path.`);
  }
  return {
    release: () => {
      if (holderOf(path) === process.pid) rmSync(path, { force: true });
    },
  };
}

function claim(path: string): boolean {
  try {
    const file = openSync(path, 'wx');
    writeSync(file, `${process.pid}\n`);
    closeSync(file);
    return true;
  } catch (error) {
    if (hasSystemCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function holderOf(path: string): number | null {
  try {
    const pid = Number(readFileSync(path, 'utf8').trim());
    return Number.isSafeInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasSystemCode(error, 'EPERM');
  }
}
