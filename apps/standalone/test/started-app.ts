import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from '@jest/globals';

const MAIN = resolve(dirname(fileURLToPath(import.meta.url)), '../dist/main.js');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** What an ended run left: exit code (null when killed by a signal) and both outputs. */
export interface EndedApp {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** The built app as a process of its own, the way a user starts it. */
export class StartedApp {
  private stdout = '';
  private stderr = '';
  private readonly process: ChildProcess;
  private readonly exited: Promise<EndedApp>;

  constructor(args: readonly string[]) {
    this.process = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'], cwd: tmpdir() });
    this.process.stdout?.on('data', (chunk: Buffer) => (this.stdout += chunk.toString()));
    this.process.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    this.exited = once(this.process, 'close').then(([code]: unknown[]) => ({ code: typeof code === 'number' ? code : null, stdout: this.stdout, stderr: this.stderr }));
  }

  /** Address of the page, as soon as the app has said it. */
  async url(): Promise<string> {
    return (await this.said(/The page: (http:\S+)/))[1] ?? '';
  }

  /** Waits until stderr matches; fails with all of stderr when the app ends before. */
  async said(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.stderr);
      if (match !== null) return match;
      if (this.process.exitCode !== null || this.process.signalCode !== null) throw new Error(`The app ended without saying ${String(pattern)}:\n${this.stderr}`);
      await new Promise((resume) => setTimeout(resume, 20));
    }
  }

  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): void {
    this.process.kill(name);
  }

  ended(): Promise<EndedApp> {
    return this.exited;
  }

  async stop(): Promise<EndedApp> {
    this.signal('SIGINT');
    return this.exited;
  }
}

/** Runs the app to its end. */
export function runApp(args: readonly string[]): Promise<EndedApp> {
  return new StartedApp(args).ended();
}

/** A temporary folder, removed after the suite. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lts-standalone-'));
  folders.push(folder);
  return folder;
}
