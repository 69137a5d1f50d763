import { hasSystemCode } from '@lts/contracts';
import { listRecordings, readCompetition } from '@lts/recordings';
import type { ArrivedFrame } from './competition-parser.js';

const ATTEMPTS = 3;

/** Competitions whose recording goes further than what is stored. */
export async function unfinishedCompetitions(recordingsPath: string, watermark: (competition: string) => Promise<string | null>): Promise<string[]> {
  const unfinished: string[] = [];
  for (const { competition, lastId } of await listRecordings(recordingsPath)) {
    if (lastId > ((await watermark(competition)) ?? '')) unfinished.push(competition);
  }
  return unfinished;
}

/**
 * Hands over the recorded frames of a competition, in order, in arrays. A part of the recording that was compressed
 * meanwhile is found under its new name.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE`, or what `take` throws
 */
export async function eachRecorded(recordingsPath: string, competition: string, take: (frames: ArrivedFrame[]) => Promise<void>): Promise<void> {
  let after: string | null = null;
  for (let attempt = 1; ; attempt += 1) {
    try {
      for await (const batch of readCompetition(recordingsPath, competition, { after })) {
        await take(batch.map(({ id, atMs, source, text }) => ({ id, atMs, source: source ?? '', text })));
        after = batch.at(-1)?.id ?? after;
      }
      return;
    } catch (error) {
      if (attempt === ATTEMPTS || !(hasSystemCode(error, 'ENOENT') || hasSystemCode(error, 'LTS_RECORDING_UNREADABLE'))) throw error;
    }
  }
}
