import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KafkaBroker } from '@lts/testing';

const APPS = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');
const WAIT_LIMIT_MS = 90_000;

export async function until(condition: () => Promise<boolean>, what = ''): Promise<void> {
  const limit = Date.now() + WAIT_LIMIT_MS;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > limit) throw new Error(`It never became true: ${what}${condition.toString()}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

export function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

/** Flags with which a process is the limited user of a secured broker. */
export function asLimitedUser({ secured }: KafkaBroker): string[] {
  const { saslTls, caFile, limitedUser } = secured!;
  return ['--kafka_servers', saslTls, '--kafka_tls', 'true', '--kafka_ca_file', caFile, '--kafka_sasl', 'scram-sha-512', '--kafka_user', limitedUser.name, '--kafka_password', limitedUser.password];
}

export interface TransportHealth {
  consumers: { group: string; state: string; lag: number | null; aside: unknown[] }[];
  publisher: { state: string; waiting: number };
}

/** An app as a process, whose health can be asked. */
export class StageProcess {
  private constructor(
    private readonly child: ChildProcess,
    private readonly port: number,
  ) {}

  static async start(app: string, flags: readonly string[]): Promise<StageProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, [join(APPS, app, 'dist/main.js'), '--verbosity', '0', '--health_port', String(port), ...flags], { cwd: mkdtempSync(join(tmpdir(), `lts-${app}-`)), stdio: ['ignore', 'ignore', 'inherit'] });
    return new StageProcess(child, port);
  }

  async health(): Promise<TransportHealth> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/health/ready`);
    return ((await answer.json()) as { transport: TransportHealth }).transport;
  }

  /** All that came is done and all that follows is sent. */
  async isThrough(): Promise<boolean> {
    const { consumers, publisher } = await this.health();
    return publisher.waiting === 0 && consumers.every(({ state, lag, aside }) => state === 'running' && (lag ?? 0) === 0 && aside.length === 0);
  }

  /** Resolves with its exit code when it has ended by itself. */
  async ended(): Promise<unknown> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    return ((await once(this.child, 'exit')) as unknown[])[0];
  }

  /** Ends it as an operator does; resolves with its exit code. */
  async stop(): Promise<unknown> {
    const ended = this.ended();
    if (this.child.exitCode === null) this.child.kill('SIGTERM');
    return ended;
  }
}
