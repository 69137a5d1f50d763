import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { folderOfCompetition } from './competition-folder.js';
import type { OwnFrame } from './recorded-frame.js';
import { lastIdOf, ownFrame, partsOf } from './recording-files.js';

export interface RecordingWriterOptions {
  outputPath: string;
  competition: string;
  /** A part that reaches this size is followed by a new one. Bytes. */
  rotateBytes: number;
  /** Compress parts that are finished. */
  compress: boolean;
}

interface OpenPart {
  path: string;
  file: FileHandle;
  bytes: number;
  day: string;
}

/**
 * Appends the frames of one competition to `<folder>/<yyyy-mm-dd>-<nnnn>.ndjson`, the day being the frames' in UTC.
 *
 * Guarantees: when `append` resolves, the frames are on disk (`fdatasync`); a frame at or below the last id is a repeat and
 * is dropped; a last line that a crash cut off is cut away when the recording is opened.
 */
export class RecordingWriter {
  private part: OpenPart | null = null;
  private lastFrameId: string | null = null;
  private dropped = 0;

  private constructor(
    private readonly options: RecordingWriterOptions,
    private readonly folder: string,
  ) {}

  static async open(options: RecordingWriterOptions): Promise<RecordingWriter> {
    const folder = folderOfCompetition(options.outputPath, options.competition);
    await mkdir(folder, { recursive: true });
    const writer = new RecordingWriter(options, folder);
    const parts = partsOf(folder);
    const last = parts.at(-1);
    if (last !== undefined && last.endsWith('.ndjson')) writer.part = await openRepaired(last);
    writer.lastFrameId = await lastIdOf(parts);
    return writer;
  }

  /** Id of the last frame recorded, null in a new recording. */
  get lastId(): string | null {
    return this.lastFrameId;
  }

  /** Repeats dropped so far. */
  get repeats(): number {
    return this.dropped;
  }

  /** Writes frames in order and waits until they are on disk. Calls must not overlap. */
  async append(frames: readonly OwnFrame[]): Promise<void> {
    const fresh = frames.filter((frame) => this.lastFrameId === null || frame.id > this.lastFrameId);
    this.dropped += frames.length - fresh.length;
    for (const sameDay of byDay(fresh)) await this.write(sameDay);
  }

  async close(): Promise<void> {
    await this.part?.file.close();
    this.part = null;
  }

  private async write({ day, frames }: { day: string; frames: OwnFrame[] }): Promise<void> {
    const part = await this.partFor(day);
    const text = frames.map((frame) => `${JSON.stringify(frame)}\n`).join('');
    const { bytesWritten } = await part.file.write(Buffer.from(text), 0, null, part.bytes);
    await part.file.datasync();
    part.bytes += bytesWritten;
    this.lastFrameId = frames.at(-1)?.id ?? this.lastFrameId;
  }

  private async partFor(day: string): Promise<OpenPart> {
    const present = this.part;
    if (present !== null && present.bytes < this.options.rotateBytes && day <= present.day) return present;
    if (present !== null) await this.finish(present);
    const newDay = present !== null && present.day > day ? present.day : day;
    const path = join(this.folder, `${newDay}-${this.nextNumber(newDay)}.ndjson`);
    this.part = { path, file: await open(path, 'w'), bytes: 0, day: newDay };
    return this.part;
  }

  private nextNumber(day: string): string {
    const ofDay = partsOf(this.folder).map((path) => basename(path)).filter((name) => name.startsWith(day));
    return String(Number(ofDay.at(-1)?.slice(11, 15) ?? 0) + 1).padStart(4, '0');
  }

  private async finish(part: OpenPart): Promise<void> {
    await part.file.close();
    if (!this.options.compress) return;
    const packing = `${part.path}.packing`;
    await pipeline(createReadStream(part.path), createGzip(), createWriteStream(packing, { flush: true }));
    await rename(packing, `${part.path}.gz`);
    rmSync(part.path);
  }
}

async function openRepaired(path: string): Promise<OpenPart> {
  const file = await open(path, 'r+');
  const content = await file.readFile();
  const whole = content.lastIndexOf(0x0a) + 1;
  const rest = content.subarray(whole).toString('utf8');
  // a crash can cut a line anywhere, also just before its line feed
  if (rest !== '' && ownFrame(rest) !== null) await file.write(Buffer.from('\n'), 0, 1, content.length);
  else if (rest !== '') await file.truncate(whole);
  const { size } = await file.stat();
  return { path, file, bytes: size, day: basename(path).slice(0, 10) };
}

function byDay(frames: readonly OwnFrame[]): { day: string; frames: OwnFrame[] }[] {
  const groups: { day: string; frames: OwnFrame[] }[] = [];
  for (const frame of frames) {
    const day = new Date(frame.receivedAtMs).toISOString().slice(0, 10);
    const last = groups.at(-1);
    if (last?.day === day) last.frames.push(frame);
    else groups.push({ day, frames: [frame] });
  }
  return groups;
}
