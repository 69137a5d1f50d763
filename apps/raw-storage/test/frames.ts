import { frameId, rawMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import type { OutgoingMessage } from '@lts/messaging';
import { readCompetition } from '@lts/recordings';
import { RawStorageEnv } from '../src/env.js';

/** 14 November 2023, 22:13:20 UTC. */
export const START_MS = 1_700_000_000_000;

/** The message of a frame whose number stands at the beginning of its text. */
export function frameMessage(competition: string, number: number, filling = ''): OutgoingMessage {
  const atMs = START_MS + number;
  return { key: competition, kind: 'raw', value: rawMessage({ id: frameId({ timeMs: START_MS, counter: number }), competitionCode: competition, source: 'test', atMs, data: `${number} ${filling}\n` }) };
}

/** Messages of the frames `from` to `to`. */
export function frameMessages(competition: string, from: number, to: number, filling = ''): OutgoingMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => frameMessage(competition, from + index, filling));
}

export function settings(outputPath: string, ...flags: string[]): Readonly<RawStorageEnv> {
  return readEnv(RawStorageEnv, { argv: ['--output_path', outputPath, '--verbosity', '0', ...flags], variables: {}, file: null }).env;
}

/** Numbers of the frames in a competition's recording, in its order. */
export async function recordedNumbers(outputPath: string, competition: string): Promise<number[]> {
  const numbers: number[] = [];
  for await (const batch of readCompetition(outputPath, competition)) numbers.push(...batch.map((frame) => Number.parseInt(frame.text, 10)));
  return numbers;
}

export const numbersUpTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);
