/** A frame and when it is due: Unix ms of the race's own clock. */
export interface FeedFrame {
  atMs: number;
  text: string;
}

/** What a client gets that joins. */
export interface FeedPage {
  text: string;
  /** The frame that was taken last is in it already; whoever got the page is not sent that frame. */
  holdsTaken: boolean;
}

/** A race that can be served: its frames, and the page that a client gets that joins now. */
export interface Feed {
  /** The frames from the start; each call starts anew. */
  frames(): AsyncIterable<FeedFrame> | Iterable<FeedFrame>;
  /** Full page of the present moment; null before there is one. */
  page(): FeedPage | null;
  /** Answer to a history request, `error` when nothing is kept. */
  history(request: string): string;
}
