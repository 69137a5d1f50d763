import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { SpoolFile, spoolPath } from '../src/spool-file.js';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Lets another process write to the spool and kills it at a random moment; answers the last append it reported. */
async function killedWriter(path: string): Promise<number> {
  const args = ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/spool-writer.ts', path];
  const writer = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  writer.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(writer.stdout, 'data');
  await new Promise((wait) => setTimeout(wait, Math.random() * 150));
  const gone = once(writer, 'close');
  writer.kill('SIGKILL');
  await gone;
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

describe('a spool whose process is killed', () => {
  it('holds every frame that was appended and not acknowledged, without a gap', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spool-kill-'));
    for (let round = 0; round < 5; round += 1) {
      const path = spoolPath(folder, `round ${round}`);
      const reported = await killedWriter(path);
      const { spool, content } = SpoolFile.open(path);
      spool.close();
      const numbers = content.pending.map((frame) => frame.atMs);
      const first = numbers[0] ?? 0;
      expect(numbers).toEqual(numbers.map((_, index) => first + index));
      expect(numbers.at(-1)).toBeGreaterThanOrEqual(reported);
      expect(numbers.length).toBeLessThanOrEqual(20);
      expect(content.damagedLines).toBe(0);
    }
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);
});
