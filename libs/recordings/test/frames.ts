import { frameId } from '@lts/contracts';
import type { OwnFrame } from '../src/index.js';

/** 14 November 2023, 22:13:20 UTC. */
export const START_MS = 1_700_000_000_000;

/** A frame of a recording of our own; its number stands in its text. */
export function ownFrameOf(number: number, parts: Partial<OwnFrame> = {}): OwnFrame {
  const receivedAtMs = parts.receivedAtMs ?? START_MS + number;
  return { id: frameId({ timeMs: START_MS, counter: number }), receivedAtMs, competition: 'night', source: 'test', text: `r1|#|${number}\n`, ...parts };
}

/** Frames `from` to `to`. */
export function ownFrames(from: number, to: number, parts: Partial<OwnFrame> = {}): OwnFrame[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ownFrameOf(from + index, parts));
}

export async function collected<Item>(batches: AsyncIterable<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const batch of batches) all.push(...batch);
  return all;
}
