import type { Action } from '@lts/race-actions';

/** One websocket message of the feed. `atMs` is its stamp, Unix time in ms; the parser knows no other clock. */
export interface Frame {
  atMs: number;
  text: string;
}

/** Non-blank lines of a frame, and how many of them no rule knows. */
export interface FrameCounts {
  lines: number;
  unknown: number;
}

/** A line that no rule knows: its 0-based place in the frame, and its text, cut to a limit. */
export interface UnknownLine {
  index: number;
  text: string;
}

/** What follows from one frame. */
export interface FrameOutcome {
  /** Session after this frame, 1-based; 0 before any is known. */
  session: number;
  /** Whether a line of the frame opens a page (`init|`). */
  isInit: boolean;
  actions: Action[];
  counts: FrameCounts;
  /** Lines of the protocol that speak of rows or columns which no page has told of, such as all before the first page. */
  unplaced: { rows: number; columns: number };
  unknownLines: UnknownLine[];
  /** Sentences for people: where the feed contradicts itself, and what we make of it. */
  warnings: readonly string[];
}

/** Whether any line of the text opens a page. */
export function startsInit(text: string): boolean {
  return text.startsWith('init|') || text.includes('\ninit|');
}
