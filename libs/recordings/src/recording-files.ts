import { existsSync, readdirSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { isFrameId } from '@lts/contracts';
import { folderOfCompetition } from './competition-folder.js';
import { type OwnFrame } from './recorded-frame.js';
import { type ReadOptions, readRecordingBatches, withoutPackedTwins } from './read-recording.js';
import type { IdentifiedFrame } from './frame-ids.js';
import { withFrameIds } from './frame-ids.js';

const PART = /^\d{4}-\d{2}-\d{2}-\d{4}\.ndjson(\.gz)?$/;
const TAIL_BYTES = 256 * 1024;

/** A competition's recording, from a look at its first and last line. */
export interface RecordingSummary {
  competition: string;
  firstId: string;
  lastId: string;
  files: number;
  bytes: number;
}

/** The parts of a competition's recording, oldest first. */
export function partsOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => PART.test(name));
  return withoutPackedTwins(names).sort().map((name) => join(folder, name));
}

/** All recordings below a folder, one entry a competition. */
export async function listRecordings(outputPath: string): Promise<RecordingSummary[]> {
  if (!existsSync(outputPath)) return [];
  const folders = readdirSync(outputPath, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const summaries = await Promise.all(folders.map((folder) => summaryOf(join(outputPath, folder.name))));
  return summaries.filter((summary) => summary !== null);
}

async function summaryOf(folder: string): Promise<RecordingSummary | null> {
  const parts = partsOf(folder);
  const first = await firstFrame(parts);
  const lastId = await lastIdOf(parts);
  if (first === null || lastId === null) return null;
  const bytes = parts.reduce((sum, part) => sum + statSync(part).size, 0);
  return { competition: first.competition, firstId: first.id, lastId, files: parts.length, bytes };
}

/** Id of the last frame recorded of a competition, or null when there is none. */
export function lastRecordedId(outputPath: string, competition: string): Promise<string | null> {
  return lastIdOf(partsOf(folderOfCompetition(outputPath, competition)));
}

/**
 * What was recorded of a competition, in order, in arrays. `after` leaves out all frames up to that id.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE`
 */
export async function* readCompetition(outputPath: string, competition: string, options: ReadOptions & { after?: string | null } = {}): AsyncGenerator<IdentifiedFrame[]> {
  const after = options.after ?? '';
  for (const part of partsOf(folderOfCompetition(outputPath, competition))) {
    for await (const batch of withFrameIds(readRecordingBatches(part, { onTorn: () => undefined, ...options }))) {
      const fresh = batch.filter((frame) => frame.id > after);
      if (fresh.length > 0) yield fresh;
    }
  }
}

/** Id of the last whole line of the parts. */
export async function lastIdOf(parts: readonly string[]): Promise<string | null> {
  for (const part of [...parts].reverse()) {
    const id = part.endsWith('.gz') ? await lastIdByReading(part) : await lastIdOfTail(part);
    if (id !== null) return id;
  }
  return null;
}

async function lastIdByReading(part: string): Promise<string | null> {
  let last: string | null = null;
  for await (const batch of readRecordingBatches(part, { onTorn: () => undefined })) last = batch.at(-1)?.id ?? last;
  return last;
}

async function lastIdOfTail(part: string): Promise<string | null> {
  const file = await open(part, 'r');
  try {
    const { size } = await file.stat();
    const length = Math.min(size, TAIL_BYTES);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length);
    const lines = buffer.toString('utf8').split('\n').slice(0, -1);
    const last = lines.findLast((line) => ownFrame(line) !== null);
    if (last !== undefined) return ownFrame(last)?.id ?? null;
    return length < size ? await lastIdByReading(part) : null;
  } finally {
    await file.close();
  }
}

async function firstFrame(parts: readonly string[]): Promise<OwnFrame | null> {
  for (const part of parts) {
    for await (const batch of readRecordingBatches(part, { batchSize: 1, onTorn: () => undefined })) {
      const [frame] = batch;
      if (frame?.id != null && frame.competition !== null) return { id: frame.id, competition: frame.competition, receivedAtMs: frame.receivedAtMs ?? 0, source: frame.source ?? '', text: frame.text };
    }
  }
  return null;
}

/** The frame on a line of our own, or null. */
export function ownFrame(line: string): OwnFrame | null {
  try {
    const value: unknown = JSON.parse(line);
    return isOwnFrame(value) ? value : null;
  } catch {
    return null;
  }
}

function isOwnFrame(value: unknown): value is OwnFrame {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && isFrameId(value.id) && 'text' in value && typeof value.text === 'string';
}
