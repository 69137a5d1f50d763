import { PipelineError } from '@lts/contracts';
import type { Frame } from '@lts/feed-intake';
import { RecordingIds, holdsSingleFrame, readRecordingBatches, recordingFiles } from '@lts/recordings';

/** The files that a replay reads, each kind in the order given. */
export interface ReplayFiles {
  recordings: string[];
  /** Files that hold one frame each. */
  singleFrames: string[];
}

/**
 * The files behind paths of files and folders; a folder stands for the files in it, by name.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` when there is nothing of that name, or nothing in it
 */
export async function replayFiles(paths: readonly string[]): Promise<ReplayFiles> {
  const found: ReplayFiles = { recordings: [], singleFrames: [] };
  for (const path of paths) {
    const files = await recordingFiles(path);
    if (files.length === 0) throw new PipelineError('LTS_RECORDING_UNREADABLE', `The folder ${path} holds no recording (.ndjson, .jsonl) and no frame (.txt), plain or .gz.`);
    for (const file of files) (holdsSingleFrame(file) ? found.singleFrames : found.recordings).push(file);
  }
  return found;
}

/**
 * The frames of several files as one recording, in arrays. Frames with ids keep them; the others get theirs from their
 * stamps and numbers, the numbers going on from file to file.
 *
 * @param onTorn called for a file whose last line was cut off
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` naming file and line
 */
export async function* recordedFrames(files: readonly string[], onTorn: (file: string) => void): AsyncGenerator<Frame[]> {
  const ids = new RecordingIds();
  let number = 0;
  for (const file of files) {
    for await (const batch of readRecordingBatches(file, { onTorn })) {
      yield batch.map((frame) => {
        frame.number = number += 1;
        return ids.identify(frame);
      });
    }
  }
}
