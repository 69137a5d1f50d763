/** A frame on its way to `raw-messages`: the text exactly as received, its stamp (Unix ms) and its id. */
export interface Frame {
  id: string;
  atMs: number;
  text: string;
}
