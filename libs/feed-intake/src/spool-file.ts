import { closeSync, existsSync, ftruncateSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame } from './frame.js';

/** Acknowledged bytes that always may stay in the file before it is written anew without them. */
const REWRITE_AFTER_BYTES = 256 * 1024;

const NEWLINE = 0x0a;

/** What a spool held when it was opened. */
export interface SpoolContent {
  /** Frames that no broker has acknowledged, in order. */
  pending: Frame[];
  /** Highest id the spool knows of, acknowledged or not; null when it is new. */
  highestId: string | null;
  /** Bytes of a torn last line that were cut off. */
  tornBytes: number;
  /** Whole lines that could not be read and were dropped. */
  damagedLines: number;
}

/** Path of a competition's spool in `folder`; whatever the code holds, it stays inside the folder. */
export function spoolPath(folder: string, competition: string): string {
  return join(folder, `${encodeURIComponent(competition)}.spool.ndjson`);
}

/** Bytes that a frame counts for in the limit of a spool. */
export function spooledBytes(frame: Frame): number {
  return Buffer.byteLength(frame.text) + 64;
}

/**
 * The frames of one competition between the circuit and the broker, as an append-only file of lines:
 * `{"id","at","text"}` for a frame, `{"acked"}` once the broker has everything up to that id.
 *
 * Guarantees: what `append` wrote survives the death of the process (not of the machine: it is not synced);
 * acknowledged frames do not come back; the highest id is never forgotten. Acknowledged lines go when they are half of
 * the file, by writing it anew under another name and renaming it, so that it holds at most twice what is pending
 * and 256 KB.
 */
export class SpoolFile {
  private fd: number;
  private isClosed = false;
  private bytes = 0;
  private ackedBytes = 0;
  /** Size of the lines of the frames written by `append`. */
  private readonly lineBytes = new WeakMap<Frame, number>();

  private constructor(private readonly path: string) {
    this.fd = openSync(path, 'a+');
  }

  /** Opens the spool at `path`, makes it when there is none, and repairs a torn last line. */
  static open(path: string): { spool: SpoolFile; content: SpoolContent } {
    mkdirSync(dirname(path), { recursive: true });
    rmSync(newName(path), { force: true });
    const content = readSpool(existsSync(path) ? readFileSync(path) : Buffer.alloc(0));
    const spool = new SpoolFile(path);
    spool.rewrite(content.pending, content.highestId);
    return { spool, content };
  }

  /** Size of the file, bytes. */
  get sizeBytes(): number {
    return this.bytes;
  }

  /**
   * Adds a frame. When the disk refuses, the file stays as it was.
   *
   * @throws the error of the file system
   */
  append(frame: Frame): void {
    this.lineBytes.set(frame, this.write(frameLine(frame)));
  }

  /**
   * Notes that the broker has the frames `acked`, the first of those pending; `remaining` are the ones after them.
   *
   * @throws the error of the file system
   */
  acknowledge(acked: readonly Frame[], remaining: () => readonly Frame[]): void {
    const last = acked.at(-1);
    if (last === undefined) return;
    for (const frame of acked) this.ackedBytes += this.lineBytes.get(frame) ?? Buffer.byteLength(frameLine(frame));
    this.ackedBytes += this.write(ackLine(last.id));
    if (this.ackedBytes >= Math.max(REWRITE_AFTER_BYTES, this.bytes / 2)) this.rewrite(remaining(), last.id);
  }

  /** Safe to call twice. */
  close(): void {
    if (!this.isClosed) closeSync(this.fd);
    this.isClosed = true;
  }

  /** @returns bytes of the line */
  private write(line: string): number {
    if (this.isClosed) throw new Error(`The spool ${this.path} is closed.`);
    const buffer = Buffer.from(line);
    try {
      for (let written = 0; written < buffer.length; ) written += writeSync(this.fd, buffer, written);
    } catch (error) {
      ftruncateSync(this.fd, this.bytes);
      throw error;
    }
    this.bytes += buffer.length;
    return buffer.length;
  }

  private rewrite(pending: readonly Frame[], highestId: string | null): void {
    const ack = pending.length > 0 || highestId === null ? '' : ackLine(highestId);
    const content = Buffer.from(ack + pending.map(frameLine).join(''));
    writeFileSync(newName(this.path), content);
    closeSync(this.fd);
    try {
      renameSync(newName(this.path), this.path);
      this.bytes = content.length;
      this.ackedBytes = 0;
    } finally {
      this.fd = openSync(this.path, 'a+');
    }
  }
}

function newName(path: string): string {
  return `${path}.new`;
}

function frameLine(frame: Frame): string {
  return `${JSON.stringify({ id: frame.id, at: frame.atMs, text: frame.text })}\n`;
}

function ackLine(id: string): string {
  return `${JSON.stringify({ acked: id })}\n`;
}

function readSpool(bytes: Buffer): SpoolContent {
  const wholeBytes = bytes.lastIndexOf(NEWLINE) + 1;
  const frames: Frame[] = [];
  let highestId = '';
  let ackedId = '';
  let damagedLines = 0;
  for (let start = 0; start < wholeBytes; ) {
    const end = bytes.indexOf(NEWLINE, start);
    const entry = readEntry(bytes.toString('utf8', start, end));
    if (entry === null) damagedLines += 1;
    else if ('acked' in entry) ackedId = entry.acked;
    else frames.push(entry);
    if (entry !== null) highestId = higher(highestId, 'acked' in entry ? entry.acked : entry.id);
    start = end + 1;
  }
  const pending = frames.filter((frame) => frame.id > ackedId);
  return { pending, highestId: highestId === '' ? null : highestId, tornBytes: bytes.length - wholeBytes, damagedLines };
}

function higher(one: string, other: string): string {
  return one > other ? one : other;
}

function readEntry(line: string): Frame | { acked: string } | null {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null) return null;
  if ('acked' in value && typeof value.acked === 'string') return { acked: value.acked };
  return 'id' in value && 'at' in value && 'text' in value ? frameOf(value) : null;
}

function frameOf({ id, at, text }: { id: unknown; at: unknown; text: unknown }): Frame | null {
  if (typeof id !== 'string' || typeof at !== 'number' || typeof text !== 'string') return null;
  return { id, atMs: at, text };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
