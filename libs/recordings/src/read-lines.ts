import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough, type Readable, pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { PipelineError, hasSystemCode } from '@lts/contracts';

const GZIP_MAGIC = 0x1f;
const CHUNK_BYTES = 1024 * 1024;
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * The lines of a file (or `-`, standard input), plain or gzip, in arrays of those that a chunk completed.
 * The last line is given also without a line feed; `torn` tells so.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` when the file is missing or its compression is broken
 */
export async function* readLines(path: string): AsyncGenerator<{ lines: string[]; torn: boolean }> {
  const decoder = new TextDecoder('utf-8');
  let rest = '';
  try {
    for await (const chunk of await openBytes(path)) {
      const text = rest + decoder.decode(asBytes(chunk), { stream: true });
      const lines = text.split('\n');
      rest = lines.pop() ?? '';
      if (rest.length > LONGEST_LINE) throw new PipelineError('LTS_RECORDING_UNREADABLE', `${path} holds a line of more than 64 MB; it is no recording.`);
      if (lines.length > 0) yield { lines, torn: false };
    }
  } catch (error) {
    throw asUnreadable(path, error);
  }
  rest += decoder.decode();
  if (rest !== '') yield { lines: [rest], torn: true };
}

function asBytes(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array ? chunk : Buffer.from(String(chunk));
}

async function openBytes(path: string): Promise<Readable> {
  if (path === '-') return unpacked(process.stdin);
  const compressed = await startsWithGzip(path);
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  return compressed ? through(file, createGunzip({ chunkSize: CHUNK_BYTES })) : file;
}

async function startsWithGzip(path: string): Promise<boolean> {
  const file = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await file.read(Buffer.alloc(1), 0, 1, 0);
    return bytesRead === 1 && buffer[0] === GZIP_MAGIC;
  } finally {
    await file.close();
  }
}

/** Standard input can be looked at only once: its first byte decides. */
async function unpacked(input: Readable): Promise<Readable> {
  const first: unknown = await new Promise((resolve, reject) => {
    input.once('error', reject);
    input.once('end', () => resolve(null));
    input.once('readable', () => resolve(input.read()));
  });
  const whole = new PassThrough();
  if (first === null) return whole.end();
  const bytes = asBytes(first);
  whole.write(bytes);
  input.pipe(whole);
  return bytes[0] === GZIP_MAGIC ? through(whole, createGunzip({ chunkSize: CHUNK_BYTES })) : whole;
}

/** Joins two streams so that an error of the first reaches who reads the second. */
function through<Target extends Readable & NodeJS.WritableStream>(source: Readable, target: Target): Target {
  pipeline(source, target, () => undefined);
  return target;
}

function asUnreadable(path: string, error: unknown): PipelineError {
  if (error instanceof PipelineError) return error;
  if (hasSystemCode(error, 'ENOENT')) return new PipelineError('LTS_RECORDING_UNREADABLE', `There is no file ${path}.`, { cause: error });
  const reason = error instanceof Error ? error.message : String(error);
  return new PipelineError('LTS_RECORDING_UNREADABLE', `${path} cannot be read: ${reason}.`, { cause: error });
}
