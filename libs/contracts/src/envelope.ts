import type { IdentifiedAction } from '@lts/race-actions';

/**
 * What every message carries. Field names are the original system's; `id` is new.
 * Times are Unix seconds with a fraction, as there.
 */
export interface Envelope<Data> {
  /** Raw messages and `standard`: the frame's id. Notifications: an id of their own. */
  id: string;
  competition_code: string;
  data: Data;
  /** Where the frame came from, e.g. `ws-listener`; carried unchanged. */
  source: string;
  /** Stamp of the frame, carried unchanged by every message derived from it. */
  created_at: number;
  updated_at: number;
  decoder: 'action' | 'notification' | null;
  error_description: string | null;
  error_traceback: string | null;
}

/** `raw-messages`: the frame's text exactly as received. */
export type RawMessage = Envelope<string> & { decoder: null };

/** What one frame led to. `frame` is the frame's id, `at_ms` its stamp (Unix ms), `session` counts from 1. */
export interface FrameActions {
  frame: string;
  at_ms: number;
  session: number;
  actions: IdentifiedAction[];
}

/** `standard`: one record per frame that yields actions. */
export type StandardMessage = Envelope<FrameActions> & { decoder: 'action' };

export type InitOutcome = 'stored' | 'empty' | 'parked';

/** `notifications`: the small control topic. Data of the two init kinds is null when an older sender wrote it. */
export type Notification =
  | { type: 'init-ongoing'; data: { init_id: string } | null }
  | { type: 'init-finished'; data: { init_id: string; outcome: InitOutcome } | null }
  | { type: 'refresh-info'; data: null }
  | { type: 'input-added'; data: { name: string } | null }
  | { type: 'alert'; data: { text: string } };

export type NotificationMessage = Envelope<Notification> & { decoder: 'notification' };

interface EnvelopeParts<Data> {
  id: string;
  competitionCode: string;
  source: string;
  /** Stamp of the frame, Unix ms. */
  atMs: number;
  data: Data;
}

function envelope<Data, Decoder extends Envelope<Data>['decoder']>(parts: EnvelopeParts<Data>, decoder: Decoder): Envelope<Data> & { decoder: Decoder } {
  return {
    id: parts.id,
    competition_code: parts.competitionCode,
    data: parts.data,
    source: parts.source,
    created_at: parts.atMs / 1000,
    updated_at: parts.atMs / 1000,
    decoder,
    error_description: null,
    error_traceback: null,
  };
}

/** Stamp of a message in whole Unix ms. */
export function stampMs(message: { created_at: number }): number {
  return Math.round(message.created_at * 1000);
}

export function rawMessage(parts: EnvelopeParts<string>): RawMessage {
  return envelope(parts, null);
}

export function standardMessage(parts: EnvelopeParts<FrameActions>): StandardMessage {
  return envelope(parts, 'action');
}

export function notificationMessage(parts: EnvelopeParts<Notification>): NotificationMessage {
  return envelope(parts, 'notification');
}
