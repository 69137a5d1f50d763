/** A frame as a recording holds it. */
export interface RecordedFrame {
  /** Id of a recording of our own; null in a foreign one. */
  id: string | null;
  /** Unix ms at which the frame was received; null where the file says nothing (a single frame in a `.txt`). */
  receivedAtMs: number | null;
  competition: string | null;
  source: string | null;
  text: string;
  /** 1-based number of the frame in its recording. */
  number: number;
}

/** A frame of a recording of our own, one line of a file. */
export interface OwnFrame {
  id: string;
  receivedAtMs: number;
  competition: string;
  source: string;
  text: string;
}

/** First millisecond of the year 10000, whose days have no name in the form of our files. */
const END_OF_STAMPS_MS = Date.UTC(10_000, 0);

/** Whether a recording can hold a frame received at this Unix time, ms. */
export function isStamp(ms: number): boolean {
  return ms >= 0 && ms < END_OF_STAMPS_MS;
}
