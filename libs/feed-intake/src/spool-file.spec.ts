import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FrameIdSequence } from '@lts/contracts';
import type { Frame } from './frame.js';
import { SpoolFile, spoolPath } from './spool-file.js';

const START_MS = 1_700_000_000_000;

function framesOf(count: number, text = 'r1|#|1\n'): Frame[] {
  const ids = new FrameIdSequence(null);
  return Array.from({ length: count }, (_, index) => ({ id: ids.next(START_MS + index), atMs: START_MS + index, text }));
}

describe(SpoolFile.name, () => {
  let folder = '';
  let path = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spool-'));
    path = spoolPath(folder, 'night race');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What the next process finds, without the one before having closed anything. */
  function reopened(): ReturnType<typeof SpoolFile.open>['content'] {
    const { spool, content } = SpoolFile.open(path);
    spool.close();
    return content;
  }

  it('gives back what was never acknowledged, in order, to the process after a kill', () => {
    const frames = framesOf(3, 'r7c2|dr|Ñandú "B" | \\n\r\n');
    const { spool } = SpoolFile.open(path);
    for (const frame of frames) spool.append(frame);
    expect(reopened()).toEqual({ pending: frames, highestId: frames[2]!.id, tornBytes: 0, damagedLines: 0 });
    spool.close();
  });

  it('does not give back what was acknowledged, but remembers the highest id', () => {
    const frames = framesOf(3);
    const { spool } = SpoolFile.open(path);
    for (const frame of frames) spool.append(frame);
    spool.acknowledge(frames.slice(0, 2), () => frames.slice(2));
    expect(reopened().pending).toEqual([frames[2]]);
    spool.acknowledge(frames.slice(2), () => []);
    spool.close();
    const { spool: next } = SpoolFile.open(path);
    next.append(frames[2]!);
    next.acknowledge(frames.slice(2), () => []);
    next.close();
    expect(reopened()).toMatchObject({ pending: [], highestId: frames[2]!.id });
  });

  it('cuts off a torn last line, wherever the tear is, and keeps the lines before it', () => {
    const frames = framesOf(3);
    const { spool } = SpoolFile.open(path);
    for (const frame of frames) spool.append(frame);
    spool.close();
    const whole = readFileSync(path);
    const lastLineBytes = whole.length / 3;
    for (let cut = 1; cut < lastLineBytes; cut += 1) {
      writeFileSync(path, whole);
      truncateSync(path, whole.length - cut);
      expect(reopened()).toMatchObject({ pending: frames.slice(0, 2), tornBytes: lastLineBytes - cut });
      expect(reopened().tornBytes).toBe(0);
    }
  });

  it('drops a damaged line in the middle and says so', () => {
    const frames = framesOf(1);
    writeFileSync(path, 'no json\n{"id":1}\n');
    appendFileSync(path, `${JSON.stringify({ id: frames[0]!.id, at: frames[0]!.atMs, text: frames[0]!.text })}\n`);
    expect(reopened()).toEqual({ pending: frames, highestId: frames[0]!.id, tornBytes: 0, damagedLines: 2 });
  });

  it.each(['x', '"', '\u0001', 'ñ'])('does not grow while what comes in is acknowledged, also when the lines are longer than the text: %j', (letter) => {
    const { spool } = SpoolFile.open(path);
    let largest = 0;
    for (const frame of framesOf(2_000, letter.repeat(1_000))) {
      spool.append(frame);
      spool.acknowledge([frame], () => []);
      largest = Math.max(largest, statSync(path).size);
    }
    expect(largest).toBeLessThan(600_000);
    expect(spool.sizeBytes).toBe(statSync(path).size);
    spool.close();
  });

  it('forgets the half-written file of a process that died while rewriting', () => {
    writeFileSync(`${path}.new`, 'half');
    expect(reopened().pending).toEqual([]);
    expect(existsSync(`${path}.new`)).toBe(false);
  });

  it('keeps hostile competition codes inside its folder', () => {
    expect(spoolPath(folder, '../../etc/passwd').startsWith(join(folder, '..%2F..%2Fetc%2Fpasswd'))).toBe(true);
    expect(spoolPath(folder, '..')).toBe(join(folder, '...spool.ndjson'));
  });
});
