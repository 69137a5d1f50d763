import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { PipelineError } from '@lts/contracts';
import { type RecordedFrame, readRecordingBatches } from '@lts/recordings';
import type { ParseEnv } from './env.js';
import { ExplainedRecording } from './explained-recording.js';
import { ParsedRecording } from './parsed-recording.js';

/** Where the command writes; tests give their own. */
export interface Outputs {
  stdout: Writable;
  stderr: Writable;
}

/**
 * Parses files and writes their records, one JSON a line, or the state at the end, or how each line was understood; a
 * summary goes to `stderr`.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE`, `LTS_CONFIGURATION` without a file or for two things at once
 */
export async function parseFiles(paths: readonly string[], env: Readonly<ParseEnv>, outputs: Outputs): Promise<void> {
  if (paths.length === 0) throw new PipelineError('LTS_CONFIGURATION', 'Which recording? Give files (.ndjson, .ndjson.gz, .txt), folders, or - for standard input.');
  if ([env.state, env.explain, env.unknown].filter(Boolean).length > 1) throw new PipelineError('LTS_CONFIGURATION', 'One of --state, --explain and --unknown at a time.');
  const frames = framesOf(paths, env.at ?? Number.POSITIVE_INFINITY, outputs);
  if (env.explain || env.unknown) await explain(frames, env, outputs);
  else await parse(frames, env, outputs);
}

async function parse(frames: AsyncGenerator<RecordedFrame[]>, env: Readonly<ParseEnv>, outputs: Outputs): Promise<void> {
  const startedAtMs = performance.now();
  const recording = new ParsedRecording(env.competitionCode);
  for await (const batch of frames) {
    const records = batch.map((frame) => recording.fold(frame)).filter((record) => record !== null);
    if (!env.state && records.length > 0) await write(outputs.stdout, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  }
  if (env.state) await write(outputs.stdout, `${JSON.stringify(recording.view())}\n`);
  await write(outputs.stderr, summary(recording, performance.now() - startedAtMs));
}

async function explain(frames: AsyncGenerator<RecordedFrame[]>, env: Readonly<ParseEnv>, outputs: Outputs): Promise<void> {
  const recording = new ExplainedRecording();
  for await (const batch of frames) {
    const lines = batch.map((frame) => recording.explain(frame)).join('');
    if (env.explain) await write(outputs.stdout, lines);
  }
  if (env.unknown) await write(outputs.stdout, recording.unknownLines());
  const { frames: count, lines, unknown, noSuchRow, noSuchColumn } = recording.counts;
  await write(outputs.stderr, `${count} frames, ${lines} lines, ${unknown} of them unknown, ${noSuchRow} of rows and ${noSuchColumn} of columns that no page has told of\n`);
}

/** The first `count` frames of all files, in arrays. */
async function* framesOf(paths: readonly string[], count: number, { stderr }: Outputs): AsyncGenerator<RecordedFrame[]> {
  let left = count;
  for (const path of paths) {
    for await (const batch of readRecordingBatches(path, { onTorn: (file) => void stderr.write(`${file}: its last line was cut off and is left out.\n`) })) {
      yield batch.slice(0, left);
      left -= batch.length;
      if (left <= 0) return;
    }
  }
}

async function write(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}

function summary({ counts, unknownLines }: ParsedRecording, elapsedMs: number): string {
  const { frames, lines, actions, records, unknown } = counts;
  const shown = unknownLines.map(({ frame, index, text }) => `  frame ${frame}, line ${index + 1}: ${JSON.stringify(text)}\n`);
  const rest = unknown > unknownLines.length ? `  and ${unknown - unknownLines.length} more\n` : '';
  return `${frames} frames, ${lines} lines, ${records} records, ${actions} actions, ${unknown} unknown lines, ${Math.round(elapsedMs)} ms\n${shown.join('')}${rest}`;
}
