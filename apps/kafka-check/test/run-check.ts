import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const DIST = join(dirname(fileURLToPath(import.meta.url)), '../dist');

export interface Ended {
  code: unknown;
  stdout: string;
  stderr: string;
}

/** Makes every `Date.now()` of a process this much too late, ms. */
export function lateClock(lateMs: number): string {
  return `--import data:text/javascript,const%20now=Date.now;Date.now=()=>now()%2B${lateMs}`;
}

export interface RunningCheck {
  child: ChildProcess;
  /** Resolves with all it wrote. */
  ended: Promise<Ended>;
  /** Resolves when it has written this to stdout; rejects when it does not. */
  says(words: string): Promise<void>;
}

const SAYS_LIMIT_MS = 30_000;

/** Starts a command as a user does. */
export function startCheck(flags: readonly string[], nodeOptions = '', script = 'main.js'): RunningCheck {
  const environment = { PATH: '/usr/bin:/bin', NODE_OPTIONS: nodeOptions };
  const child = spawn(process.execPath, [join(DIST, script), '--verbosity', '4', ...flags], { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  const so: Ended = { code: null, stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (so.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (so.stderr += chunk.toString()));
  const ended = once(child, 'close').then(([code]: unknown[]) => ({ ...so, code }));
  const says = async (words: string): Promise<void> => {
    const limit = Date.now() + SAYS_LIMIT_MS;
    while (!so.stdout.includes(words)) {
      if (Date.now() > limit || child.exitCode !== null) throw new Error(`It never said "${words}": ${so.stdout}${so.stderr}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { child, ended, says };
}

export function check(...flags: string[]): Promise<Ended> {
  return startCheck(flags).ended;
}

/** The command that looks after messages that were set apart. */
export function parked(...words: string[]): Promise<Ended> {
  return startCheck(words, '', 'parked-cli.js').ended;
}
