import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/ensure-built.mjs';

/** Processes of a bench, each in a temporary folder of its own; all end with this process. */
export class Processes {
  #running = new Set();
  #folders = [];

  /** @param profiles folder that gets a CPU profile of each process; null for none */
  constructor(profiles = null) {
    this.profiles = profiles;
    process.once('exit', () => this.#killAll());
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));
  }

  folder() {
    const folder = mkdtempSync(join(tmpdir(), 'lts-bench-'));
    this.#folders.push(folder);
    return folder;
  }

  /** A built app with these settings. */
  app(name, settings) {
    return this.start(join(root, 'apps', name, 'dist/main.js'), settings, name);
  }

  /** @param before arguments before the flags */
  start(script, settings, name, before = []) {
    const argv = Object.entries(settings).map(([flag, value]) => `--${flag}=${value}`);
    const profile = this.profiles === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${this.profiles}`, `--cpu-prof-name=${name}-${Date.now()}.cpuprofile`];
    const env = { PATH: process.env.PATH, TZ: process.env.TZ ?? '' };
    const child = spawn(process.execPath, [...profile, script, ...before, ...argv], { cwd: this.folder(), env, stdio: ['ignore', 'ignore', 'inherit'] });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return child;
  }

  /** Ends one as an operator would. */
  async stop(child) {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), 8_000);
    await ended;
    clearTimeout(cut);
  }

  async stopAll() {
    await Promise.all([...this.#running].map((child) => this.stop(child)));
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }

  #killAll() {
    for (const child of this.#running) child.kill('SIGKILL');
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  }
}

/** Waits until `condition` answers something true, and answers that. */
export async function until(condition, what, { everyMs = 50, limitMs = 120_000 } = {}) {
  const limit = performance.now() + limitMs;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (performance.now() > limit) throw new Error(`${what}: not within ${limitMs / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

/** Processor time that a process has used so far, ms, in steps of 10; NaN where the system does not tell. */
export function cpuMsOf(pid) {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
