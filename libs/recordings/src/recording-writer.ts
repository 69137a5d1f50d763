import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { folderOfCompetition } from './competition-folder.js';
import type { OwnFrame } from './recorded-frame.js';
import { lastIdOf, partsOf } from './recording-files.js';
import { RecordingPart, dayOf, dayOfPart } from './recording-part.js';

const UNFINISHED = '.packing';
const DAY_MS = 24 * 60 * 60 * 1_000;

export interface RecordingWriterOptions {
  outputPath: string;
  competition: string;
  /** A part that reaches this size is followed by a new one. Bytes. */
  rotateBytes: number;
  /** Compress parts that are finished. */
  compress: boolean;
}

/**
 * Appends the frames of one competition to `<folder>/<yyyy-mm-dd>-<nnnn>.ndjson`, the day being the frames' in UTC.
 * A frame stamped before the day of the present part goes into that part, so that the parts are in order by name.
 *
 * Guarantees: when `append` resolves, the frames are on disk (`fdatasync`); a frame at or below the last id is a repeat and
 * is dropped; a last line that a crash cut off is cut away when the recording is opened. Several processes may take turns
 * in one folder, as when a partition moves; they must not write to the same recording at the same time.
 */
export class RecordingWriter {
  /** The part being written; null until the first frame, and after a part that is compressed. */
  private part: RecordingPart | null = null;
  /** The last part as this writer knows the folder, open or not. */
  private lastPath: string | null = null;
  private lastFrameId: string | null = null;

  private constructor(
    private readonly options: RecordingWriterOptions,
    private readonly folder: string,
  ) {}

  /** @throws the error of the file system */
  static async open(options: RecordingWriterOptions): Promise<RecordingWriter> {
    const writer = new RecordingWriter(options, folderOfCompetition(options.outputPath, options.competition));
    await writer.lookAtFolder();
    return writer;
  }

  /** Id of the last frame recorded, null in a new recording. */
  get lastId(): string | null {
    return this.lastFrameId;
  }

  /**
   * Writes frames in order and waits until they are on disk. Calls must not overlap.
   *
   * @param frames with rising ids and stamps of the years 0 to 9999
   * @returns how many were new
   * @throws the error of the file system; the frames may then be given again
   */
  async append(frames: readonly OwnFrame[]): Promise<number> {
    if (!(await this.knowsFolder())) await this.lookAtFolder();
    const fresh = this.newOnes(frames);
    for (const sameDay of byDay(fresh)) await this.write(sameDay);
    return fresh.length;
  }

  async close(): Promise<void> {
    await this.part?.close();
    this.part = null;
  }

  /** False when another process has gone on with the recording, or somebody has moved it away. */
  private async knowsFolder(): Promise<boolean> {
    if ((partsOf(this.folder).at(-1) ?? null) !== this.lastPath) return false;
    return this.part === null || (await this.part.isUntouched());
  }

  private async lookAtFolder(): Promise<void> {
    await this.close();
    await mkdir(this.folder, { recursive: true });
    const parts = partsOf(this.folder);
    const last = parts.at(-1) ?? null;
    if (last?.endsWith('.ndjson') === true) this.part = await RecordingPart.openRepaired(last);
    this.lastPath = last;
    const lastId = await lastIdOf(parts);
    if (this.lastFrameId === null || (lastId !== null && lastId > this.lastFrameId)) this.lastFrameId = lastId;
  }

  private newOnes(frames: readonly OwnFrame[]): OwnFrame[] {
    let last = this.lastFrameId ?? '';
    return frames.filter(({ id }) => {
      if (id <= last) return false;
      last = id;
      return true;
    });
  }

  private async write({ day, frames }: { day: string; frames: OwnFrame[] }): Promise<void> {
    const part = await this.partFor(day);
    await part.append(frames.map((frame) => `${JSON.stringify(frame)}\n`).join(''));
    this.lastFrameId = frames.at(-1)?.id ?? this.lastFrameId;
  }

  private async partFor(day: string): Promise<RecordingPart> {
    if (this.part !== null && this.part.bytes < this.options.rotateBytes && day <= this.part.day) return this.part;
    await this.finishPart();
    const lastDay = this.lastPath === null ? day : dayOfPart(this.lastPath);
    const path = join(this.folder, `${nextName(this.folder, lastDay > day ? lastDay : day)}.ndjson`);
    this.part = await RecordingPart.create(path);
    this.lastPath = path;
    return this.part;
  }

  private async finishPart(): Promise<void> {
    const path = this.part?.path;
    await this.close();
    if (path === undefined || !this.options.compress) return;
    for (const name of await readdir(this.folder)) {
      if (name.endsWith(UNFINISHED)) await rm(join(this.folder, name));
    }
    await pipeline(createReadStream(path), createGzip(), createWriteStream(`${path}${UNFINISHED}`, { flush: true }));
    await rename(`${path}${UNFINISHED}`, `${path}.gz`);
    await rm(path);
    this.lastPath = `${path}.gz`;
  }
}

function nextName(folder: string, day: string): string {
  const ofDay = partsOf(folder).map((path) => basename(path)).filter((name) => name.startsWith(day));
  const number = Number(ofDay.at(-1)?.slice(11, 15) ?? 0) + 1;
  return `${day}-${String(number).padStart(4, '0')}`;
}

function byDay(frames: readonly OwnFrame[]): { day: string; frames: OwnFrame[] }[] {
  const groups: { number: number; day: string; frames: OwnFrame[] }[] = [];
  for (const frame of frames) {
    const number = Math.floor(frame.receivedAtMs / DAY_MS);
    const last = groups.at(-1);
    if (last?.number === number) last.frames.push(frame);
    else groups.push({ number, day: dayOf(frame.receivedAtMs), frames: [frame] });
  }
  return groups;
}
