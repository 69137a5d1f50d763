/** Who writes; each writer has tables and a watermark of its own. */
export type Writer = 'api-sender' | 'metrics';

/** One REST operation of a batch. Path segments may be natural keys, e.g. `~r22773`. */
export interface Operation {
  /** Id of the action it follows from, so that a rejection can be traced. */
  id: string;
  method: 'POST' | 'PUT' | 'DELETE';
  path: string;
  body: Record<string, unknown>;
}

/**
 * `POST /v1/batch`: operations of whole frames, each frame once, in rising order. `from` and `to` are the first and last frame id covered,
 * both included; operations of frames at or below the writer's watermark are skipped.
 */
export interface BatchRequest {
  competition: string;
  writer: Writer;
  from: string;
  to: string;
  operations: Operation[];
}

export interface RejectedOperation {
  index: number;
  id: string;
  status_code: number;
  message: string;
}

export interface BatchAnswer {
  /** Last frame applied, now `to` or what it was if that is higher. */
  watermark: string;
  applied: number;
  skipped: number;
  rejected: RejectedOperation[];
}

/** `GET /v1/c/{id}/watermark`: last frame applied, by writer. */
export type Watermarks = Partial<Record<Writer, string>>;
