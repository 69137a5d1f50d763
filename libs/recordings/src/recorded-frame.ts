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
