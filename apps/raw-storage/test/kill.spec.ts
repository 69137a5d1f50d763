import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { listRecordings } from '@lts/recordings';
import { numbersUpTo, recordedNumbers } from './frames.js';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Lets a process record frames from a number on and kills it at a random moment; answers the last frame it was told to be safe. */
async function killedStorage(outputPath: string, from: number): Promise<number> {
  const args = ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/killable-storage.ts', outputPath, String(from)];
  const storage = spawn(process.execPath, args, { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  storage.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await once(storage.stdout, 'data');
  await new Promise((wait) => setTimeout(wait, Math.random() * 700));
  const gone = once(storage, 'close');
  storage.kill('SIGKILL');
  await gone;
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

describe('raw-storage killed in the middle of its work', () => {
  it('has every frame that was acknowledged, once and in order, also when the broker brings the last ones again', async () => {
    const outputPath = mkdtempSync(join(tmpdir(), 'storage-kill-'));
    let acknowledged = 0;
    for (let round = 0; round < 5; round += 1) {
      acknowledged = await killedStorage(outputPath, Math.max(1, acknowledged - 59));
      for (const competition of ['night', 'a/b']) {
        const numbers = await recordedNumbers(outputPath, competition);
        expect(numbers).toEqual(numbersUpTo(numbers.length));
        expect(numbers.length).toBeGreaterThanOrEqual(acknowledged);
      }
    }
    expect((await listRecordings(outputPath)).map((recording) => recording.competition).sort()).toEqual(['a/b', 'night']);
    rmSync(outputPath, { recursive: true, force: true });
  }, 90_000);
});
