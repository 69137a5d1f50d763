import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { PipelineError, hasSystemCode, isFrameId } from '@lts/contracts';
import { readLines } from './read-lines.js';
import { type RecordedFrame, isStamp } from './recorded-frame.js';

const SINGLE_FRAME = /\.txt(\.gz)?$/i;
const READABLE = /\.(txt|ndjson|jsonl)(\.gz)?$/i;
const GZIP_MAGIC = 0x1f;
const LARGEST_FRAME_BYTES = 64 * 1024 * 1024;
const SURROGATE = /[\ud800-\udfff]/;
const unpack = promisify(gunzip);

export interface ReadOptions {
  /** Frames handed over at once, at most. Default 500. */
  batchSize?: number;
  /** Called for a last line that a crash cut off; it is left out. */
  onTorn?: (path: string) => void;
}

/**
 * The files that a path stands for: itself, or all files below a folder by name (parts of one recording sort by their names).
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` when there is nothing of that name
 */
export async function recordingFiles(path: string): Promise<string[]> {
  if (path === '-') return [path];
  try {
    if (!(await stat(path)).isDirectory()) return [path];
    const entries = await readdir(path, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && READABLE.test(entry.name)).map((entry) => join(entry.parentPath, entry.name));
    return withoutPackedTwins(files).sort();
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT')) throw new PipelineError('LTS_RECORDING_UNREADABLE', `There is no file or folder ${path}.`, { cause: error });
    throw error;
  }
}

/** Without the compressed copies of files that are there plain as well: a process died between packing and removing. */
export function withoutPackedTwins(paths: readonly string[]): string[] {
  const all = new Set(paths);
  return paths.filter((path) => !(path.endsWith('.gz') && all.has(path.slice(0, -3))));
}

/** True for a file that holds one frame as it was sent, and nothing else. */
export function holdsSingleFrame(path: string): boolean {
  return SINGLE_FRAME.test(path);
}

/**
 * The text of a file that holds one frame, plain or gzip, exactly as it is.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE`
 */
export async function readSingleFrame(path: string): Promise<string> {
  try {
    const content = await readFile(path);
    const text = content[0] === GZIP_MAGIC ? await unpack(content, { maxOutputLength: LARGEST_FRAME_BYTES }) : content;
    return text.toString('utf8');
  } catch (error) {
    throw new PipelineError('LTS_RECORDING_UNREADABLE', `${path} cannot be read. Check the path, its permissions and its content.`, { cause: error });
  }
}

/**
 * The frames of a recording in order, in arrays: NDJSON of other recorders (`receivedAtMs`, `text`) or our own, plain or gzip,
 * a `.txt` that holds one frame, a folder of such files, or `-` for standard input. Memory is bounded by the longest line.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` naming file and line
 */
export async function* readRecordingBatches(path: string, options: ReadOptions = {}): AsyncGenerator<RecordedFrame[]> {
  let number = 0;
  for (const file of await recordingFiles(path)) {
    const batches = holdsSingleFrame(file) ? singleFrame(file) : framesOfLines(file, options);
    for await (const batch of batches) {
      for (const frame of batch) frame.number = number += 1;
      yield batch;
    }
  }
}

/** Like `readRecordingBatches`, frame by frame: for small files. */
export async function* readRecording(path: string, options: ReadOptions = {}): AsyncGenerator<RecordedFrame> {
  for await (const batch of readRecordingBatches(path, options)) yield* batch;
}

async function* singleFrame(path: string): AsyncGenerator<RecordedFrame[]> {
  yield [{ id: null, receivedAtMs: null, competition: null, source: null, text: await readSingleFrame(path), number: 0 }];
}

async function* framesOfLines(path: string, options: ReadOptions): AsyncGenerator<RecordedFrame[]> {
  const batchSize = options.batchSize ?? 500;
  let lineNumber = 0;
  let batch: RecordedFrame[] = [];
  for await (const { lines, torn } of readLines(path)) {
    for (const line of lines) {
      lineNumber += 1;
      const frame = frameOfLine(line);
      if (frame !== null) batch.push(frame);
      else if (line.trim() !== '') skipTorn({ path, lineNumber, torn }, options);
      if (batch.length < batchSize) continue;
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}

/** Lets a last line pass that a crash cut off; any other line without a frame is a fault of the file. */
function skipTorn({ path, lineNumber, torn }: { path: string; lineNumber: number; torn: boolean }, options: ReadOptions): void {
  if (torn) options.onTorn?.(path);
  else throw new PipelineError('LTS_RECORDING_UNREADABLE', `${path}, line ${lineNumber}: not a frame. A recording has one JSON object with "receivedAtMs" and "text" on each line.`);
}

/** The frame on a line, or null when the line holds none. */
function frameOfLine(line: string): RecordedFrame | null {
  const value = parsed(line);
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string') return null;
  if (!('receivedAtMs' in value) || typeof value.receivedAtMs !== 'number' || !isStamp(value.receivedAtMs)) return null;
  const id = textOf(value, 'id');
  return {
    // other recorders number their lines in ways of their own
    id: id !== null && isFrameId(id) ? id : null,
    receivedAtMs: Math.round(value.receivedAtMs),
    competition: textOf(value, 'competition'),
    source: textOf(value, 'source'),
    text: wellFormed(value.text),
    number: 0,
  };
}

/** Half a surrogate pair cannot be written as UTF-8; a websocket would have refused it, a JSON escape carries it. */
function wellFormed(text: string): string {
  return SURROGATE.test(text) ? Buffer.from(text, 'utf8').toString('utf8') : text;
}

function textOf(value: object, name: string): string | null {
  const found: unknown = Reflect.get(value, name);
  return typeof found === 'string' ? found : null;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
