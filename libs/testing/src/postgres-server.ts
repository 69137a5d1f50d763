import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasSystemCode } from '@lts/contracts';
import { freePort } from './free-port.js';

const PACKAGES = '/usr/lib/postgresql';

/** A PostgreSQL server for tests: the one named in the environment, or one of our own. */
export interface PostgresServer {
  /** Address of an empty database, a new one at each call. */
  newDatabase(): string;
  /** Ends the server as a crash would; its data stay. */
  kill(): void;
  /** Starts it again on the same port with the same data. */
  startAgain(): void;
  /** Ends it and removes its data. */
  stop(): void;
}

/** A server with its data in a temporary folder. PostgreSQL refuses to run as root, so root lends it the user postgres. */
class OwnServer implements PostgresServer {
  private databases = 0;
  private readonly data: string;

  constructor(private readonly parts: { bin: string; folder: string; port: number; synced: boolean }) {
    this.data = join(parts.folder, 'data');
  }

  start(): void {
    chmodSync(this.parts.folder, 0o777);
    this.run('initdb', ['-D', this.data, '-U', 'lts', '--auth=trust', '--no-sync']);
    this.startAgain();
  }

  startAgain(): void {
    const { folder, port, synced } = this.parts;
    const settings = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=${synced ? 'on' : 'off'}`;
    this.run('pg_ctl', ['-D', this.data, '-w', '-l', join(folder, 'postgres.log'), '-o', settings, 'start']);
  }

  newDatabase(): string {
    const name = `lts_${(this.databases += 1)}`;
    this.run('createdb', ['-h', '127.0.0.1', '-p', String(this.parts.port), '-U', 'lts', name]);
    return `postgres://lts@127.0.0.1:${this.parts.port}/${name}`;
  }

  kill(): void {
    const server = Number(readFileSync(join(this.data, 'postmaster.pid'), 'utf8').split('\n')[0]);
    const workers = readFileSync(`/proc/${server}/task/${server}/children`, 'utf8').split(' ').map(Number);
    // the server first, since it starts its workers again
    for (const pid of [server, ...workers]) if (pid > 0) killIfThere(pid);
    // a server that is started again refuses while the number of the old one is taken: where nobody reaps the dead, it is
    rmSync(join(this.data, 'postmaster.pid'));
  }

  stop(): void {
    this.run('pg_ctl', ['-D', this.data, '-m', 'immediate', 'stop']);
    rmSync(this.parts.folder, { recursive: true, force: true });
  }

  private run(tool: string, args: readonly string[]): void {
    const command = [join(this.parts.bin, tool), ...args];
    const isRoot = process.getuid?.() === 0;
    const [first = '', ...rest] = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...command] : command;
    const result = spawnSync(first, rest, { encoding: 'utf8', cwd: this.parts.folder, stdio: ['ignore', 'pipe', tool === 'pg_ctl' ? 'ignore' : 'pipe'], ...(args.includes('start') ? { stdio: 'ignore' as const } : {}) });
    if (result.status !== 0) throw new Error(`${tool} of PostgreSQL failed: ${result.stderr}${result.error?.message ?? ''}`);
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!hasSystemCode(error, 'ESRCH')) throw error;
  }
}

/** Folder of the newest installed server programs, null when there are none. */
function installedServer(): string | null {
  if (!existsSync(PACKAGES)) return null;
  const versions = readdirSync(PACKAGES).filter((version) => existsSync(join(PACKAGES, version, 'bin/initdb')));
  const newest = versions.sort((left, right) => Number(left) - Number(right)).at(-1);
  return newest === undefined ? null : join(PACKAGES, newest, 'bin');
}

/**
 * A server of our own, null where PostgreSQL is not installed.
 *
 * @param options `synced`: commits reach the disk, as in a real server; without it tests run faster
 */
export async function startPostgres(options: { synced?: boolean } = {}): Promise<PostgresServer | null> {
  const bin = installedServer();
  if (bin === null) return null;
  const server = new OwnServer({ bin, folder: mkdtempSync(join(tmpdir(), 'lts-postgres-')), port: await freePort(), synced: options.synced ?? false });
  server.start();
  return server;
}

/** True where PostgreSQL is installed. */
export function canRunPostgres(): boolean {
  return installedServer() !== null;
}
