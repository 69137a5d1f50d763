import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from './until.js';

const ENTRY = resolve(dirname(fileURLToPath(import.meta.url)), '../../../docker/run-app.mjs');

/** Characters kept of what a process says: the last ones. */
const MOST_SAID = 64_000;
/** Characters of it that an error shows. */
const MOST_SHOWN = 4_000;

/** How a container of the project is started. */
export interface StageProcessOptions {
  /** The app and its arguments, e.g. `['parser', '--max_competitions', '5']`. */
  command: readonly string[];
  /** All its variables; none of this process are handed on. */
  variables: Readonly<Record<string, string>>;
  /** Working directory, made when it is missing. */
  folder: string;
}

/**
 * The build of an app as a process of its own, started as its container starts it. Needs the build.
 * Whoever starts it must see to its end.
 */
export class StageProcess {
  private child: ChildProcess | null = null;
  private ended: Promise<number | null> = Promise.resolve(null);
  private said = '';

  /** @param name what it is called in errors */
  constructor(
    readonly name: string,
    private readonly options: StageProcessOptions,
  ) {}

  /** The end of what it has said on stdout and stderr, over all its lives. */
  get output(): string {
    return this.said;
  }

  get isRunning(): boolean {
    return this.child !== null;
  }

  /** Number of the process, while it runs. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it, also again with the same settings after it has ended. */
  start(): void {
    if (this.child !== null) throw new Error(`${this.name} runs already.`);
    const { command, variables, folder } = this.options;
    mkdirSync(folder, { recursive: true });
    const child = spawn(process.execPath, [ENTRY, ...command], { cwd: folder, env: { ...variables }, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (this.said = (this.said + chunk.toString()).slice(-MOST_SAID)));
    this.child = child;
    this.ended = new Promise((resolveEnd) => {
      const end = (code: number | null): void => {
        if (this.child === child) this.child = null;
        resolveEnd(code);
      };
      child.once('close', end);
      child.once('error', () => end(null));
    });
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL');
    await this.ended;
  }

  /** Asks it to end, as `docker stop` does. @returns its exit code, null when a signal ended it */
  async stop(): Promise<number | null> {
    this.child?.kill('SIGTERM');
    return this.ended;
  }

  /** Halts it where it stands, or lets it go on: a machine that is out of breath, or cut off. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal);
  }

  /** Runs to its end; @returns its exit code */
  async run(): Promise<number | null> {
    this.start();
    return this.ended;
  }

  /**
   * Resolves when the condition is true.
   *
   * @throws Error with the end of its output when it has ended before, or the limit has passed
   */
  until(what: string, condition: () => boolean | Promise<boolean>, limitMs?: number): Promise<void> {
    const known = (): string => `${this.name} ${this.isRunning ? 'runs' : 'has ended'} and last said:\n${this.said.slice(-MOST_SHOWN)}`;
    return until(what, condition, { known, isHopeless: () => !this.isRunning, ...(limitMs === undefined ? {} : { limitMs }) });
  }
}
