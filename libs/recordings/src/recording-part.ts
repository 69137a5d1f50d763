import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { ownFrame } from './recording-files.js';

const STEP_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** Day in UTC of a stamp (Unix ms), as it stands in the name of a part: `yyyy-mm-dd`. */
export function dayOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}

/** Day in the name of a part. */
export function dayOfPart(path: string): string {
  return basename(path).slice(0, 10);
}

/** The file at the end of a recording, open for writing. */
export class RecordingPart {
  private constructor(
    readonly path: string,
    private readonly file: FileHandle,
    private length: number,
  ) {}

  /** Makes a new file; fails when there is one of that name. */
  static async create(path: string): Promise<RecordingPart> {
    return new RecordingPart(path, await open(path, 'wx'), 0);
  }

  /** Opens a file and repairs its end, of which a crash may have cut off anything. */
  static async openRepaired(path: string): Promise<RecordingPart> {
    const file = await open(path, 'r+');
    try {
      return new RecordingPart(path, file, await repair(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get bytes(): number {
    return this.length;
  }

  get day(): string {
    return dayOfPart(this.path);
  }

  /** False when somebody else has written to the file. */
  async isUntouched(): Promise<boolean> {
    return (await this.file.stat()).size === this.length;
  }

  /** Appends text and waits until it is on disk; when the disk refuses, the file is left as it was, as far as the disk allows. */
  async append(text: string): Promise<void> {
    const content = Buffer.from(text);
    try {
      await writeAll(this.file, content, this.length);
      await this.file.datasync();
    } catch (error) {
      await this.file.truncate(this.length).catch(() => undefined);
      throw error;
    }
    this.length += content.length;
  }

  close(): Promise<void> {
    return this.file.close();
  }
}

/** A disk that is nearly full takes a part of what it is given without an error. */
async function writeAll(file: FileHandle, content: Buffer, position: number): Promise<void> {
  for (let written = 0; written < content.length; ) {
    written += (await file.write(content, written, content.length - written, position + written)).bytesWritten;
  }
}

/** @returns size of the file afterwards, bytes */
async function repair(file: FileHandle): Promise<number> {
  const { size } = await file.stat();
  const whole = await endOfLastLine(file, size);
  if (whole === size) return size;
  const { buffer } = await file.read(Buffer.alloc(size - whole), 0, size - whole, whole);
  // the cut may be just before the line feed
  if (ownFrame(buffer.toString('utf8')) === null) {
    await file.truncate(whole);
    return whole;
  }
  await writeAll(file, Buffer.of(LINE_FEED), size);
  return size + 1;
}

/** Place after the last line feed, found from the end. */
async function endOfLastLine(file: FileHandle, size: number): Promise<number> {
  for (let end = size; end > 0; end -= STEP_BYTES) {
    const from = Math.max(0, end - STEP_BYTES);
    const { buffer } = await file.read(Buffer.alloc(end - from), 0, end - from, from);
    const at = buffer.lastIndexOf(LINE_FEED);
    if (at >= 0) return from + at + 1;
  }
  return 0;
}
