import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { type Server, createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PipelineError, hasSystemCode } from '@lts/contracts';

const LOCK_FILE = '.in-use';
/** Longest name of a socket that every system takes, bytes. */
const LONGEST_ADDRESS = 100;
const ANSWER_LIMIT_MS = 1_000;
/** Two processes may take over the same dead lock at once; after this long the one that lost knows it. */
const TAKE_OVER_MS = 100;

/** A folder that this process alone works on, until `release`. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes the folder for this process; makes it when it is missing. The lock is a socket that this process listens on: it
 * ends with the process however that ends, and is known across containers that share the folder, where process numbers
 * mean nothing.
 *
 * @throws PipelineError `LTS_FOLDER_IN_USE` while another process holds it, `LTS_CONFIGURATION` when there can be no such folder
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const name = `${process.pid} ${randomUUID()}`;
  const server = await heldAt(addressesOf(madeFolder(folder)), name, folder);
  server.unref();
  return {
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function madeFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true });
    return realpathSync(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PipelineError('LTS_CONFIGURATION', `The data folder ${folder} cannot be made: ${reason}. Choose another --data_path.`, { cause: error });
  }
}

/** In the folder itself; where no socket can be there (its name is too long, the file system has none), under a name made from the folder's. */
function addressesOf(folder: string): string[] {
  const name = `lts-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'win32') return [`\\\\.\\pipe\\${name}`];
  const inside = join(folder, LOCK_FILE);
  const outside = join(tmpdir(), name);
  return Buffer.byteLength(inside) <= LONGEST_ADDRESS ? [inside, outside] : [outside];
}

/** Holds the first address at which a socket can be. */
async function heldAt([address, ...others]: string[], name: string, folder: string): Promise<Server> {
  if (address === undefined) throw new PipelineError('LTS_CONFIGURATION', `The data folder ${folder} cannot be locked. Choose another --data_path.`);
  try {
    return (await listening(address, name)) ?? (await takenOver({ address, name, folder }));
  } catch (error) {
    if (error instanceof PipelineError) throw error;
    return heldAt(others, name, folder);
  }
}

/** A server on the address that tells its name to whoever asks; null when the address is taken. */
function listening(address: string, name: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.on('error', () => undefined).end(name));
    server.once('error', (error) => (hasSystemCode(error, 'EADDRINUSE') ? resolve(null) : reject(error)));
    server.listen(address, () => resolve(server));
  });
}

async function takenOver({ address, name, folder }: { address: string; name: string; folder: string }): Promise<Server> {
  const holder = await holderOf(address);
  if (holder !== null) throw inUse(folder, holder);
  rmSync(address, { force: true });
  const server = await listening(address, name);
  await pause(TAKE_OVER_MS);
  const winner = await holderOf(address);
  if (server !== null && winner === name) return server;
  server?.close();
  throw inUse(folder, winner ?? 'unknown');
}

/** Name of who listens there, its process number first; null when nobody does. */
function holderOf(address: string): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    const socket = createConnection(address);
    socket.setTimeout(ANSWER_LIMIT_MS, () => socket.destroy());
    socket.on('connect', () => (text = text === '' ? 'unknown' : text));
    socket.on('data', (chunk) => (text = text === 'unknown' ? chunk.toString() : text + chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(text === '' ? null : text));
  });
}

function inUse(folder: string, holder: string): PipelineError {
  return new PipelineError('LTS_FOLDER_IN_USE', `The data folder ${folder} is in use by process ${holder.split(' ')[0] ?? holder}. Stop that one first, or choose another --data_path.`);
}
