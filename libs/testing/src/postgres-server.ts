import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

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
    this.run('pg_ctl', ['-D', this.data, '-m', 'immediate', 'stop']);
  }

  stop(): void {
    this.kill();
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

/** Folder of the newest installed server programs, null when there are none. */
function installedServer(): string | null {
  if (!existsSync(PACKAGES)) return null;
  const versions = readdirSync(PACKAGES).filter((version) => existsSync(join(PACKAGES, version, 'bin/initdb')));
  const newest = versions.sort((left, right) => Number(left) - Number(right)).at(-1);
  return newest === undefined ? null : join(PACKAGES, newest, 'bin');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
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
