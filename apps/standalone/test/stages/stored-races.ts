import { readCompetition } from '@lts/recordings';
import type { SentOverLink } from './replaying-circuit.js';

/** A frame as raw-storage has kept it. */
export interface KeptFrame {
  id: string;
  text: string;
}

/** The frames of a competition as raw-storage has kept them, in the order of its files. */
export async function keptFrames(recordings: string, competition: string): Promise<KeptFrame[]> {
  const kept: KeptFrame[] = [];
  for await (const batch of readCompetition(recordings, competition)) for (const { id, text } of batch) kept.push({ id, text });
  return kept;
}

/**
 * What must have been kept of frames that were sent over several links: all of each link, but for an end of what was on its
 * way when it broke. How much of that end arrived is seen in what was kept.
 *
 * @returns null when it was so, else what is wrong, in words
 */
export function faultOf(kept: readonly string[], frames: readonly string[], links: readonly SentOverLink[]): string | null {
  let at = 0;
  for (const [index, { from, received, sent }] of links.entries()) {
    const next = links[index + 1]?.from;
    let arrived = 0;
    while (arrived < sent - from && kept[at + arrived] === frames[from + arrived]) arrived += 1;
    if (arrived < received - from) return `Frame ${from + arrived} (${JSON.stringify(frames[from + arrived])}) should stand at ${at + arrived}, where ${JSON.stringify(kept[at + arrived])} is; ${received} had arrived for certain.`;
    at += arrived;
    if (next !== undefined && next !== sent) return `The circuit itself left out frames ${sent} to ${next}.`;
  }
  return at === kept.length ? null : `${kept.length - at} frames were kept beyond those that were sent, the first of them ${JSON.stringify(kept[at])}.`;
}
