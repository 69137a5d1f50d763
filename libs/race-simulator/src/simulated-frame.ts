/** A frame of the feed; `atMs` is the moment at which the server sends it, Unix ms of the race's own clock. */
export interface SimulatedFrame {
  atMs: number;
  text: string;
}
