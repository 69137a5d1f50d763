import { frameId } from '@lts/contracts';
import type { RecordedFrame } from './recorded-frame.js';

/** A recorded frame with an id and a stamp. */
export interface IdentifiedFrame {
  id: string;
  atMs: number;
  /** Who received it; null in a recording of another recorder. */
  source: string | null;
  text: string;
}

/**
 * Gives the frames of one recording their ids: its own where it has them, else one made of the highest stamp so far
 * and the frame's number, so that the same recording always gives the same ids.
 */
export class RecordingIds {
  private highestMs = 0;

  identify(frame: RecordedFrame): IdentifiedFrame {
    const atMs = frame.receivedAtMs ?? this.highestMs;
    this.highestMs = Math.max(this.highestMs, atMs);
    return { id: frame.id ?? frameId({ timeMs: this.highestMs, counter: frame.number }), atMs, source: frame.source, text: frame.text };
  }
}

/** The batches of one recording with ids, see `RecordingIds`. */
export async function* withFrameIds(batches: AsyncIterable<RecordedFrame[]>): AsyncGenerator<IdentifiedFrame[]> {
  const ids = new RecordingIds();
  for await (const batch of batches) yield batch.map((frame) => ids.identify(frame));
}
