import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_MS, collected, ownFrames } from '../test/frames.js';
import { readRecording, readRecordingBatches, readSingleFrame, recordingFiles } from './read-recording.js';

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');

describe(readRecordingBatches.name, () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'reading-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(name: string, content: string | Buffer): string {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  const foreignLines = (texts: readonly string[]): string => texts.map((text, index) => `${JSON.stringify({ receivedAtMs: START_MS + index, text })}\n`).join('');
  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `r1c2|dr|Ñandú ${index} 🏁\n`);
  const textsOf = async (path: string): Promise<string[]> => (await collected(readRecordingBatches(path))).map((frame) => frame.text);

  it('reads the lines of other recorders, plain and compressed', async () => {
    const plain = write('race.ndjson', foreignLines(many(3)));
    const packed = write('race.jsonl.gz', gzipSync(foreignLines(many(3))));
    const frames = await collected(readRecordingBatches(plain));
    expect(frames[1]).toEqual({ id: null, receivedAtMs: START_MS + 1, competition: null, source: null, text: 'r1c2|dr|Ñandú 1 🏁\n', number: 2 });
    expect(await collected(readRecordingBatches(packed))).toEqual(frames);
  });

  it('recognises compression by the content, whatever the name says', async () => {
    expect(await textsOf(write('race.ndjson', gzipSync(foreignLines(many(2)))))).toEqual(many(2));
    expect(await textsOf(write('race.ndjson.gz', foreignLines(many(2))))).toEqual(many(2));
  });

  it('reads our own lines with all they hold', async () => {
    const frames = ownFrames(1, 3);
    const path = write('own.ndjson', frames.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
    expect(await collected(readRecordingBatches(path))).toEqual(frames.map((frame, index) => ({ ...frame, number: index + 1 })));
  });

  it('does not take the numbering of another recorder for ids', async () => {
    const path = write('race.ndjson', `${JSON.stringify({ id: '17', receivedAtMs: START_MS + 0.6, text: 'a' })}\n`);
    expect(await collected(readRecordingBatches(path))).toMatchObject([{ id: null, receivedAtMs: START_MS + 1, text: 'a' }]);
  });

  it('reads a text file as one frame, exactly as it is', async () => {
    const text = '\n r1|#|1 \r\n{"text":"no line"}\n';
    expect(await collected(readRecordingBatches(write('one.txt', text)))).toEqual([{ id: null, receivedAtMs: null, competition: null, source: null, text, number: 1 }]);
    expect(await readSingleFrame(write('two.TXT.gz', gzipSync(text)))).toBe(text);
    expect(await textsOf(join(folder, 'two.TXT.gz'))).toEqual([text]);
  });

  it('reads half a character that a JSON escape carries as what UTF-8 makes of it', async () => {
    expect(await textsOf(write('race.ndjson', `{"receivedAtMs":${START_MS},"text":"a\\ud83d|🏁"}\n`))).toEqual(['a\ufffd|🏁']);
  });

  it('keeps characters whole that lie across the pieces in which a file is read', async () => {
    const texts = many(60_000);
    expect(await textsOf(write('long.ndjson', foreignLines(texts)))).toEqual(texts);
    expect(await textsOf(write('long.ndjson.gz', gzipSync(foreignLines(texts))))).toEqual(texts);
  });

  it('hands over batches of at most the size asked for, without an empty one', async () => {
    const path = write('race.ndjson', foreignLines(many(10)));
    const sizes: number[] = [];
    for await (const batch of readRecordingBatches(path, { batchSize: 4 })) sizes.push(batch.length);
    expect(sizes).toEqual([4, 4, 2]);
    for await (const batch of readRecordingBatches(write('empty.ndjson', ''))) sizes.push(batch.length);
    expect(sizes).toHaveLength(3);
  });

  it('takes a folder as one recording: files by name, numbers that go on, other files left alone', async () => {
    write('b/2.ndjson.gz', gzipSync(foreignLines(['c'])));
    write('b/1.ndjson', foreignLines(['a', 'b']));
    write('c.txt', 'd');
    write('notes.md', 'no frame');
    const frames = await collected(readRecordingBatches(folder));
    expect(frames.map((frame) => [frame.number, frame.text])).toEqual([[1, 'a'], [2, 'b'], [3, 'c'], [4, 'd']]);
  });

  it('reads a part once that is there plain and compressed', async () => {
    write('2026-01-01-0001.ndjson', foreignLines(['a', 'b']));
    write('2026-01-01-0001.ndjson.gz', gzipSync(foreignLines(['a', 'b'])));
    write('2026-01-01-0002.ndjson.gz', gzipSync(foreignLines(['c'])));
    expect(await textsOf(folder)).toEqual(['a', 'b', 'c']);
  });

  it('passes blank lines and Windows line ends', async () => {
    expect(await textsOf(write('race.ndjson', `\n${foreignLines(['a', 'b']).replaceAll('\n', '\r\n')}\r\n  \n`))).toEqual(['a', 'b']);
  });

  it('leaves out a last line that was cut off, and says so; a whole one needs no line feed', async () => {
    const path = write('race.ndjson', foreignLines(['a', 'b']));
    const bytes = Buffer.byteLength(foreignLines(['a', 'b']));
    truncateSync(path, bytes - 1);
    expect(await textsOf(path)).toEqual(['a', 'b']);
    const torn: string[] = [];
    truncateSync(path, bytes - 2);
    expect(await collected(readRecordingBatches(path, { onTorn: (file) => torn.push(file) }))).toHaveLength(1);
    expect(torn).toEqual([path]);
  });

  it.each(['no json', '{"receivedAtMs":-5,"text":"a"}', '{"receivedAtMs":1e300,"text":"a"}', '{"receivedAtMs":1}', '{"text":"a"}', '[]', 'null', '{"receivedAtMs":"1","text":"a"}'])('names file and line of what is no frame: %s', async (line) => {
    const path = write('race.ndjson', `${foreignLines(['a'])}\n${line}\n${foreignLines(['b'])}`);
    await expect(collected(readRecordingBatches(path))).rejects.toMatchObject({ code: 'LTS_RECORDING_UNREADABLE', message: expect.stringContaining(`${path}, line 3`) as unknown });
  });

  it('says that there is nothing of a name', async () => {
    for (const work of [recordingFiles(join(folder, 'none')), collected(readRecordingBatches(join(folder, 'none.ndjson'))), readSingleFrame(join(folder, 'none.txt'))]) {
      await expect(work).rejects.toMatchObject({ code: 'LTS_RECORDING_UNREADABLE' });
    }
  });

  it('says that the compression of a file is broken', async () => {
    const packed = gzipSync(foreignLines(many(1_000)));
    const path = write('race.ndjson.gz', packed.subarray(0, packed.length - 20));
    await expect(collected(readRecordingBatches(path))).rejects.toMatchObject({ code: 'LTS_RECORDING_UNREADABLE', message: expect.stringContaining(path) as unknown });
  });

  it('lets the file go when the reader has enough', async () => {
    const path = write('race.ndjson', foreignLines(many(5_000)));
    for (let round = 0; round < 3; round += 1) {
      for await (const frame of readRecording(path)) {
        expect(frame.number).toBe(1);
        break;
      }
    }
  });

  it.each([
    ['plain', (text: string): Buffer => Buffer.from(text)],
    ['compressed', (text: string): Buffer => gzipSync(text)],
    ['empty', (): Buffer => Buffer.alloc(0)],
  ])('reads standard input, %s', (kind, pack) => {
    const args = ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/count-frames.ts'];
    const { stdout } = spawnSync(process.execPath, args, { cwd: project, input: pack(foreignLines(many(20_000))), stdio: ['pipe', 'pipe', 'inherit'] });
    expect(stdout.toString()).toBe(kind === 'empty' ? '0' : '20000');
  });
});
