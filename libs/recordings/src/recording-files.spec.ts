import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START_MS, collected, ownFrameOf, ownFrames } from '../test/frames.js';
import { folderOfCompetition } from './competition-folder.js';
import type { OwnFrame } from './recorded-frame.js';
import { lastRecordedId, listRecordings, readCompetition } from './recording-files.js';

describe('the recordings below a folder', () => {
  let outputPath = '';
  beforeEach(() => {
    outputPath = mkdtempSync(join(tmpdir(), 'recordings-'));
  });
  afterEach(() => rmSync(outputPath, { recursive: true, force: true }));

  const linesOf = (frames: readonly OwnFrame[]): string => frames.map((frame) => `${JSON.stringify(frame)}\n`).join('');

  function write(name: string, frames: readonly OwnFrame[], competition = 'night'): string {
    const folder = folderOfCompetition(outputPath, competition);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(linesOf(frames)) : linesOf(frames));
    return join(folder, name);
  }

  describe(readCompetition.name, () => {
    it('gives all parts in order, and leaves out what is known already', async () => {
      write('2023-11-15-0001.ndjson', ownFrames(7, 9));
      write('2023-11-14-0002.ndjson.gz', ownFrames(4, 6));
      write('2023-11-14-0001.ndjson.gz', ownFrames(1, 3));
      const after = async (id: string | null): Promise<string[]> => (await collected(readCompetition(outputPath, 'night', { after: id }))).map((frame) => frame.id);
      const all = ownFrames(1, 9).map((frame) => frame.id);
      expect(await after(null)).toEqual(all);
      for (const known of [1, 3, 5, 9]) expect(await after(all[known - 1] ?? null)).toEqual(all.slice(known));
      expect(await collected(readCompetition(outputPath, 'night', { after: all[7]! }))).toEqual([{ id: all[8], atMs: START_MS + 9, source: 'test', text: 'r1|#|9\n' }]);
    });

    it('gives nothing of a competition that was never recorded', async () => {
      expect(await collected(readCompetition(outputPath, 'other'))).toEqual([]);
      expect(await collected(readCompetition(join(outputPath, 'none'), 'other'))).toEqual([]);
    });

    it('leaves out a last line that was cut off, and other files in the folder', async () => {
      appendFileSync(write('2023-11-14-0001.ndjson', ownFrames(1, 2)), '{"id":"01');
      write('notes.ndjson', ownFrames(50, 60));
      write('2023-11-14-0002.ndjson.packing', ownFrames(50, 60));
      expect(await collected(readCompetition(outputPath, 'night'))).toHaveLength(2);
    });

    it('names the place of a line that is damaged in the middle', async () => {
      const path = write('2023-11-14-0001.ndjson', ownFrames(1, 2));
      appendFileSync(path, `torn\n${linesOf(ownFrames(3, 3))}`);
      await expect(collected(readCompetition(outputPath, 'night'))).rejects.toMatchObject({ code: 'LTS_RECORDING_UNREADABLE', message: expect.stringContaining(`${path}, line 3`) as unknown });
    });
  });

  describe(lastRecordedId.name, () => {
    it('looks at the last whole line, however long it is', async () => {
      const path = write('2023-11-14-0001.ndjson', [...ownFrames(1, 2), ownFrameOf(3, { text: 'ñ'.repeat(400_000) })]);
      expect(await lastRecordedId(outputPath, 'night')).toBe(ownFrameOf(3).id);
      appendFileSync(path, linesOf(ownFrames(4, 4)).slice(0, -5));
      expect(await lastRecordedId(outputPath, 'night')).toBe(ownFrameOf(3).id);
    });

    it('passes over an empty last file, and reads compressed ones', async () => {
      write('2023-11-14-0001.ndjson.gz', ownFrames(1, 8));
      write('2023-11-15-0001.ndjson', []);
      expect(await lastRecordedId(outputPath, 'night')).toBe(ownFrameOf(8).id);
    });

    it('knows none where nothing was recorded', async () => {
      expect(await lastRecordedId(outputPath, 'night')).toBeNull();
      write('2023-11-15-0001.ndjson', []);
      expect(await lastRecordedId(outputPath, 'night')).toBeNull();
    });
  });

  describe(listRecordings.name, () => {
    it('tells each recording by the code in its lines, also when the folder cannot tell it', async () => {
      const long = 'x'.repeat(5_000);
      write('2023-11-14-0001.ndjson.gz', ownFrames(1, 3));
      write('2023-11-14-0002.ndjson', ownFrames(4, 6));
      write('2023-11-14-0001.ndjson', ownFrames(2, 2, { competition: long }), long);
      mkdirSync(join(outputPath, 'empty'));
      writeFileSync(join(outputPath, 'a file'), 'x');
      const listed = (await listRecordings(outputPath)).sort((one, other) => one.files - other.files);
      expect(listed).toMatchObject([
        { competition: long, firstId: ownFrameOf(2).id, lastId: ownFrameOf(2).id, files: 1 },
        { competition: 'night', firstId: ownFrameOf(1).id, lastId: ownFrameOf(6).id, files: 2 },
      ]);
      expect(listed[0]?.bytes).toBe(Buffer.byteLength(linesOf(ownFrames(2, 2, { competition: long }))));
    });

    it('lists nothing where there is no folder', async () => {
      expect(await listRecordings(join(outputPath, 'none'))).toEqual([]);
    });
  });
});
