import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PassThrough, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { PipelineError } from '@lts/contracts';

/** Lines are handed to the stream in pieces of about this size, characters. */
const PIECE_LENGTH = 64 * 1024;

/** A file of lines that is written as it grows, with bounded memory: whoever writes waits for the disk. */
export class LineFile {
  private waiting: string[] = [];
  private waitingLength = 0;

  private constructor(
    private readonly target: Writable,
    /** Resolves when everything is written, rejects when the disk refuses; null for standard output, which stays open. */
    private readonly written: Promise<void> | null,
  ) {}

  /**
   * Makes the file; `-` is `stdout`. A name that ends in `.gz` compresses.
   *
   * @throws PipelineError `LTS_RECORDING_UNWRITABLE`
   */
  static async create(path: string, stdout: Writable): Promise<LineFile> {
    if (path === '-') return new LineFile(stdout, null);
    const file = createWriteStream(path);
    try {
      await once(file, 'open');
    } catch (error) {
      throw unwritable(path, error);
    }
    const target = path.endsWith('.gz') ? createGzip() : new PassThrough();
    const written = pipeline(target, file).catch((error: unknown) => {
      throw unwritable(path, error);
    });
    written.catch(() => undefined); // told by the next write or by the end
    return new LineFile(target, written);
  }

  /** Adds a line. @throws PipelineError `LTS_RECORDING_UNWRITABLE` when the disk has refused */
  async add(line: string): Promise<void> {
    this.waiting.push(line);
    this.waitingLength += line.length;
    if (this.waitingLength >= PIECE_LENGTH) await this.flush();
  }

  /** Writes what is left and closes the file. @throws PipelineError `LTS_RECORDING_UNWRITABLE` */
  async end(): Promise<void> {
    await this.flush();
    if (this.written === null) return;
    this.target.end();
    await this.written;
  }

  private async flush(): Promise<void> {
    if (this.target.destroyed) await this.written;
    if (this.waiting.length === 0) return;
    const piece = `${this.waiting.join('\n')}\n`;
    this.waiting = [];
    this.waitingLength = 0;
    if (!this.target.write(piece)) await once(this.target, 'drain').catch(() => this.written);
  }
}

function unwritable(path: string, cause: unknown): PipelineError {
  return new PipelineError('LTS_RECORDING_UNWRITABLE', `${path} cannot be written. Check the folder, its permissions and the space left.`, { cause });
}
