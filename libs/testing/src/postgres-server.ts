import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { hasSystemCode } from '@lts/contracts';
import { environmentValue } from '@lts/env';
import { freePort } from './free-port.js';

const PACKAGES = '/usr/lib/postgresql';
const START_LIMIT_MS = 60_000;

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

  constructor(
    private readonly bin: string,
    private readonly folder: string,
    private readonly port: number,
  ) {
    this.data = join(folder, 'data');
  }

  start(): void {
    chmodSync(this.folder, 0o777);
    this.run('initdb', ['-D', this.data, '-U', 'lts', '--auth=trust', '--no-sync']);
    this.startAgain();
  }

  startAgain(): void {
    this.run('pg_ctl', ['-D', this.data, '-w', '-l', join(this.folder, 'postgres.log'), '-o', `-p ${this.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`, 'start']);
  }

  newDatabase(): string {
    const name = `lts_${(this.databases += 1)}`;
    this.run('createdb', ['-h', '127.0.0.1', '-p', String(this.port), '-U', 'lts', name]);
    return `postgres://lts@127.0.0.1:${this.port}/${name}`;
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
    rmSync(this.folder, { recursive: true, force: true });
  }

  private run(tool: string, args: readonly string[]): void {
    const command = [join(this.bin, tool), ...args];
    const isRoot = process.getuid?.() === 0;
    const [first = '', ...rest] = isRoot ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...command] : command;
    const result = spawnSync(first, rest, { encoding: 'utf8', cwd: this.folder, stdio: ['ignore', 'pipe', tool === 'pg_ctl' ? 'ignore' : 'pipe'], ...(args.includes('start') ? { stdio: 'ignore' as const } : {}) });
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
 * A suite that needs PostgreSQL, started before it and stopped after it. Where none is installed it is skipped, visibly,
 * except where `CI` is set: there its absence fails the suite.
 */
export function describeWithPostgres(name: string, suite: (server: () => PostgresServer) => void): void {
  const bin = installedServer();
  if (bin === null) {
    if (environmentValue('CI') !== undefined) throw new Error(`${name}: no PostgreSQL server, install the package postgresql`);
    describe.skip(`${name} (no PostgreSQL server installed)`, () => suite(unstarted));
    return;
  }
  describe(name, () => {
    const started: OwnServer[] = [];
    beforeAll(async () => {
      const server = new OwnServer(bin, mkdtempSync(join(tmpdir(), 'lts-postgres-')), await freePort());
      started.push(server);
      server.start();
    }, START_LIMIT_MS);
    afterAll(() => {
      for (const server of started) server.stop();
    }, START_LIMIT_MS);
    suite(() => started[0] ?? unstarted());
  });
}

function unstarted(): never {
  throw new Error('The server has not been started yet.');
}
