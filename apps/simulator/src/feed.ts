import type { FeedFrame } from './feed-player.js';

/** A race that can be served: its frames, and the page that a client gets that joins now. */
export interface Feed {
  /** The frames from the start; each call starts anew. */
  frames(): AsyncIterable<FeedFrame> | Iterable<FeedFrame>;
  /** Full page of the present moment; null before there is one. */
  page(): string | null;
}
