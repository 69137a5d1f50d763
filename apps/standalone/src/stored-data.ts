import { existsSync, renameSync } from 'node:fs';
import { PipelineError } from '@lts/contracts';
import { listRecordings } from '@lts/recordings';
import type { AdminApi } from './admin-api.js';
import type { DataFolders } from './data-folders.js';

/**
 * Moves a database that cannot be trusted out of the way, beside its place; nothing is deleted.
 *
 * @returns where it is kept now
 */
export function keepDatabaseAside({ database }: DataFolders, now: Date): string {
  const kept = `${database}.kept-${now.toISOString().replace(/[:.]/g, '-')}`;
  if (existsSync(database)) renameSync(database, kept);
  return kept;
}

/**
 * Competitions of which the database holds frames that the recording lacks: the recording lost its tail. The fold over
 * it then stands where the database no longer is, so that going on would overwrite laps.
 */
export async function aheadOfRecording({ recordings }: DataFolders, watermark: (competition: string) => Promise<string | null>): Promise<string[]> {
  const ahead: string[] = [];
  for (const { competition, lastId } of await listRecordings(recordings)) {
    const stored = await watermark(competition);
    if (stored !== null && stored > lastId) ahead.push(competition);
  }
  return ahead;
}

/** Competitions that the database holds and of which there is no recording any more: the database is then the only copy. */
export async function withoutRecording({ recordings }: DataFolders, admin: Pick<AdminApi, 'competitions' | 'watermark'>): Promise<string[]> {
  const recorded = new Set((await listRecordings(recordings)).map(({ competition }) => competition));
  const missing: string[] = [];
  for (const code of await admin.competitions()) if (!recorded.has(code) && (await admin.watermark(code)) !== null) missing.push(code);
  return missing;
}

/** A server's database cannot be moved aside from here. */
export function serverIsAhead(competitions: readonly string[]): PipelineError {
  const text = `The database server holds frames of ${competitions.join(', ')} that the recordings in the data folder lack, so the race cannot be continued from them. Give the --data_path that belongs to this database, or remove these competitions from it.`;
  return new PipelineError('LTS_DATABASE_BROKEN', text);
}
