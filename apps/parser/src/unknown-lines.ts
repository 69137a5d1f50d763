import { appendFile, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Logger } from '@nestjs/common';
import { hasSystemCode } from '@lts/contracts';
import { folderOfCompetition } from '@lts/recordings';

const MEGABYTE = 1024 * 1024;

/** A line that no rule knows, and where it stood. */
export interface UnknownEntry {
  frame: string;
  /** 0-based line of the frame. */
  index: number;
  text: string;
}

/** Keeps the lines that no rule knows for people to look into: `<unknowns_path>/<competition>.ndjson`, up to a size. */
export class UnknownLines {
  private readonly logger = new Logger(UnknownLines.name);

  constructor(
    private readonly folder: string,
    private readonly maxMb: number,
  ) {}

  /** Never fails a frame: what cannot be written is logged. */
  async keep(competition: string, entries: readonly UnknownEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const path = `${folderOfCompetition(this.folder, competition)}.ndjson`;
    try {
      await mkdir(dirname(path), { recursive: true });
      if ((await sizeOf(path)) < this.maxMb * MEGABYTE) await appendFile(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''));
    } catch (error) {
      this.logger.error({ event: 'unknowns-path-unwritable', competitionCode: competition, path, error: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasSystemCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
