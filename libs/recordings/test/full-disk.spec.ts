import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { RecordingWriter, readCompetition } from '../src/index.js';
import { collected, ownFrames } from './frames.js';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Lets another process write until the system takes no more of its file; answers what it said and the last frame it took for safe. */
async function writeUntilFull(outputPath: string): Promise<{ said: string[]; acknowledged: number }> {
  const command = ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/full-disk-writer.ts', outputPath];
  const writer = spawn('sh', ['-c', 'ulimit -f 100; exec "$0" "$@"', process.execPath, ...command], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  writer.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  await once(writer, 'close');
  const said = text.trim().split('\n');
  return { said, acknowledged: Math.max(...said.map(Number).filter((number) => !Number.isNaN(number))) };
}

describe('a recording on a disk that is full', () => {
  it('holds every frame that was said to be written, and goes on when there is room', async () => {
    const outputPath = mkdtempSync(join(tmpdir(), 'full-disk-'));
    const { said, acknowledged } = await writeUntilFull(outputPath);
    const numbers = async (): Promise<number[]> => (await collected(readCompetition(outputPath, 'night'))).map((frame) => Number(frame.text));
    const kept = await numbers();
    expect(said.slice(-2)).toEqual(['refused', 'refused']);
    expect(acknowledged).toBeGreaterThan(0);
    expect(kept).toEqual(kept.map((_, index) => index + 1));
    expect(kept.length).toBeGreaterThanOrEqual(acknowledged);
    const writer = await RecordingWriter.open({ outputPath, competition: 'night', rotateBytes: 10_000_000, compress: false });
    await writer.append(ownFrames(1, acknowledged + 20).map((frame, index) => ({ ...frame, text: String(index + 1) })));
    await writer.close();
    expect(await numbers()).toEqual(Array.from({ length: acknowledged + 20 }, (_, index) => index + 1));
    rmSync(outputPath, { recursive: true, force: true });
  });
});
