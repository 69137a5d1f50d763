import { existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_MS, collected, ownFrameOf, ownFrames } from '../test/frames.js';
import { folderOfCompetition } from './competition-folder.js';
import { readCompetition } from './recording-files.js';
import { RecordingWriter, type RecordingWriterOptions } from './recording-writer.js';

const DAY_MS = 86_400_000;

describe(RecordingWriter.name, () => {
  let outputPath = '';
  let folder = '';
  const opened: RecordingWriter[] = [];

  beforeEach(() => {
    outputPath = mkdtempSync(join(tmpdir(), 'writing-'));
    folder = folderOfCompetition(outputPath, 'night');
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((writer) => writer.close()));
    rmSync(outputPath, { recursive: true, force: true });
  });

  async function openWriter(options: Partial<RecordingWriterOptions> = {}): Promise<RecordingWriter> {
    const writer = await RecordingWriter.open({ outputPath, competition: 'night', rotateBytes: 1_000_000, compress: false, ...options });
    opened.push(writer);
    return writer;
  }

  const names = (): string[] => readdirSync(folder).sort();
  const pathOf = (name: string): string => join(folder, name);
  const textOf = (name: string): string => readFileSync(pathOf(name), 'utf8');
  const numbers = async (): Promise<number[]> => (await collected(readCompetition(outputPath, 'night'))).map((frame) => Number(/\d+$/.exec(frame.text.trim())?.[0]));
  const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

  it('writes one line a frame, with all it holds, into a file named after the day', async () => {
    const writer = await openWriter();
    expect(await writer.append(ownFrames(1, 2))).toBe(2);
    expect(names()).toEqual(['2023-11-14-0001.ndjson']);
    expect(textOf('2023-11-14-0001.ndjson').split('\n').slice(0, 2).map((line) => JSON.parse(line) as unknown)).toEqual(ownFrames(1, 2));
    expect(writer.lastId).toBe(ownFrameOf(2).id);
  });

  it('drops frames that come again, within a run and after a restart', async () => {
    const first = await openWriter();
    await first.append(ownFrames(1, 5));
    expect(await first.append(ownFrames(3, 7))).toBe(2);
    await first.close();
    const second = await openWriter();
    expect(second.lastId).toBe(ownFrameOf(7).id);
    expect(await second.append(ownFrames(1, 9))).toBe(2);
    expect(await numbers()).toEqual(upTo(9));
  });

  it('drops a frame that comes twice in one call', async () => {
    const writer = await openWriter();
    expect(await writer.append([ownFrameOf(1), ownFrameOf(1), ownFrameOf(2), ownFrameOf(1)])).toBe(2);
    expect(await numbers()).toEqual([1, 2]);
  });

  it('cuts away a torn last line, wherever the tear is, and goes on behind the line before it', async () => {
    const first = await openWriter();
    await first.append(ownFrames(1, 3, { source: 'Ñandú 🏁' }));
    await first.close();
    const [name = ''] = names();
    const whole = readFileSync(pathOf(name));
    const lineBytes = whole.length / 3;
    for (let cut = 1; cut <= lineBytes; cut += 1) {
      writeFileSync(pathOf(name), whole);
      truncateSync(pathOf(name), whole.length - cut);
      const writer = await openWriter();
      expect(await writer.append(ownFrames(2, 4, { source: 'Ñandú 🏁' }))).toBe(cut === 1 ? 1 : 2);
      await writer.close();
      expect(await numbers()).toEqual([1, 2, 3, 4]);
    }
  });

  it('opens a file of several gigabytes by looking at its end only', async () => {
    const first = await openWriter();
    await first.append(ownFrames(1, 1));
    await first.close();
    const file = await open(pathOf(names()[0] ?? ''), 'r+');
    const text = `\n${JSON.stringify(ownFrameOf(2))}\n{"id":"torn`;
    await file.write(text, 3 * 1024 ** 3);
    await file.close();
    const writer = await openWriter({ rotateBytes: 4 * 1024 ** 3 });
    expect(writer.lastId).toBe(ownFrameOf(2).id);
    expect(await writer.append(ownFrames(3, 3))).toBe(1);
    const end = await open(pathOf(names()[0] ?? ''));
    const { buffer, bytesRead } = await end.read(Buffer.alloc(10_000), 0, 10_000, 3 * 1024 ** 3);
    await end.close();
    expect(buffer.toString('utf8', 0, bytesRead)).toBe(`\n${JSON.stringify(ownFrameOf(2))}\n${JSON.stringify(ownFrameOf(3))}\n`);
  });

  it('follows a file of the given size by a new one, and compresses it if asked', async () => {
    for (const compress of [false, true]) {
      const writer = await openWriter({ rotateBytes: 300, compress });
      for (let number = 1; number <= 7; number += 1) await writer.append([ownFrameOf(number)]);
      await writer.close();
      const end = compress ? '.gz' : '';
      expect(names()).toEqual([`2023-11-14-0001.ndjson${end}`, `2023-11-14-0002.ndjson${end}`, '2023-11-14-0003.ndjson']);
      expect(await numbers()).toEqual(upTo(7));
      rmSync(folder, { recursive: true });
    }
  });

  it('goes on with the numbers of the files after a restart', async () => {
    for (let number = 1; number <= 6; number += 1) {
      const writer = await openWriter({ rotateBytes: 100, compress: number % 2 === 0 });
      await writer.append(ownFrames(1, number));
      await writer.close();
    }
    expect(names().map((name) => name.slice(11, 15))).toEqual(['0001', '0002', '0003', '0004', '0005', '0006']);
    expect(await numbers()).toEqual(upTo(6));
  });

  it('begins a new file with the day of the frames in UTC, and never goes back to an earlier one', async () => {
    const midnightMs = Date.UTC(2023, 10, 15);
    const stamps = [midnightMs - 1, midnightMs, midnightMs - 1, midnightMs + DAY_MS];
    const writer = await openWriter({ compress: true });
    await writer.append(stamps.map((receivedAtMs, index) => ownFrameOf(index + 1, { receivedAtMs })));
    expect(names()).toEqual(['2023-11-14-0001.ndjson.gz', '2023-11-15-0001.ndjson.gz', '2023-11-16-0001.ndjson']);
    expect(gunzipSync(readFileSync(pathOf('2023-11-15-0001.ndjson.gz'))).toString().split('\n')).toHaveLength(3);
    expect(await numbers()).toEqual([1, 2, 3, 4]);
  });

  it('keeps the order of the days when the clock has stepped back and every file is compressed', async () => {
    const first = await openWriter();
    await first.append([ownFrameOf(1, { receivedAtMs: START_MS + DAY_MS })]);
    await first.close();
    writeFileSync(pathOf('2023-11-15-0001.ndjson.gz'), gzipSync(readFileSync(pathOf('2023-11-15-0001.ndjson'))));
    rmSync(pathOf('2023-11-15-0001.ndjson'));
    await (await openWriter()).append([ownFrameOf(2)]);
    expect(names()).toEqual(['2023-11-15-0001.ndjson.gz', '2023-11-15-0002.ndjson']);
    expect((await openWriter()).lastId).toBe(ownFrameOf(2).id);
  });

  it('reads each frame once after a crash while a file was being compressed, and compresses it again', async () => {
    const first = await openWriter();
    await first.append(ownFrames(1, 4));
    await first.close();
    const plain = readFileSync(pathOf('2023-11-14-0001.ndjson'));
    writeFileSync(pathOf('2023-11-14-0001.ndjson.gz'), gzipSync(plain));
    writeFileSync(pathOf('2023-11-14-0001.ndjson.packing'), 'half');
    expect(await numbers()).toEqual(upTo(4));
    const second = await openWriter({ rotateBytes: 100, compress: true });
    await second.append(ownFrames(3, 6));
    expect(names()).toEqual(['2023-11-14-0001.ndjson.gz', '2023-11-14-0002.ndjson']);
    expect(await numbers()).toEqual(upTo(6));
  });

  it('goes on behind another process that has written, rotated and compressed meanwhile', async () => {
    const [one, other] = [await openWriter({ rotateBytes: 500, compress: true }), await openWriter({ rotateBytes: 500, compress: true })];
    for (let number = 1; number <= 30; number += 1) {
      const writer = Math.floor(number / 3) % 2 === 0 ? one : other;
      expect(await writer.append([ownFrameOf(number)])).toBe(1);
    }
    expect(await one.append(ownFrames(1, 30))).toBe(0);
    expect(await other.append(ownFrames(1, 30))).toBe(0);
    expect(await numbers()).toEqual(upTo(30));
  });

  it('begins anew in its folder when somebody has moved the recording away', async () => {
    const writer = await openWriter();
    await writer.append(ownFrames(1, 2));
    renameSync(folder, join(outputPath, 'archive'));
    expect(await writer.append(ownFrames(1, 3))).toBe(1);
    expect(names()).toEqual(['2023-11-14-0001.ndjson']);
    expect(await numbers()).toEqual([3]);
    expect(existsSync(join(outputPath, 'archive', basename(names()[0] ?? '')))).toBe(true);
  });

  it('keeps every competition in the folder, whatever its code', async () => {
    const codes = ['../../etc', 'a/b', '.', '..', 'CON', 'ñu 🏁', 'x'.repeat(5_000), ''];
    for (const competition of codes) await (await openWriter({ competition })).append([ownFrameOf(1, { competition })]);
    expect(readdirSync(outputPath)).toHaveLength(codes.length);
    for (const competition of codes) expect(await collected(readCompetition(outputPath, competition))).toHaveLength(1);
  });
});
