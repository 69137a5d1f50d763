import type { MessageFacts, PenaltyKind, RaceControlEvent } from '@lts/race-actions';
import type { Row } from '../state.js';
import { isPenalty, penaltyAmount, penaltyReason } from './penalty-amount.js';
import type { LogEntry } from './race-control.js';

const EVENTS: ReadonlyMap<string, RaceControlEvent> = new Map<string, RaceControlEvent>([
  ['green', 'green-flag'], ['yellow', 'yellow-flag'], ['red', 'red-flag'], ['chequered', 'chequered-flag'], ['warmup', 'formation'], ['purple', 'formation'],
  ['warning', 'warning'], ['penalty', 'penalty'], ['5seconds', 'penalty'], ['10seconds', 'penalty'], ['onelap', 'penalty'], ['black', 'black-flag'],
  ['technical', 'technical-flag'], ['invest', 'investigation'], ['msg', 'text'], ['msg_error', 'text'], ['msg_warning', 'text'], ['', 'text'], ['info', 'text'], ['text', 'text'],
]);

/** `00:56 (Tour 18)`: an automatic warning's time of the stop, and its lap. */
const STOP = /(\d{1,2}):(\d{2}) ?\(\p{L}{1,20}\.? (\d{1,4})\)/u;
const DRIVE_THROUGH = /\b(?:dt|drive[- ]?through|stop[- ]?and[- ]?go|stop ?& ?go)\b/iu;

/** What an entry says beside its text. */
export function messageFacts({ kind, text, numberText }: LogEntry, rows: Iterable<Row>, ordinal: number | null): MessageFacts {
  const event = EVENTS.get(kind) ?? 'unknown';
  const isWarning = event === 'warning';
  return {
    event,
    participant_code: wearerOf(numberText, rows)?.code ?? null,
    ...(isPenalty(kind) ? penaltyAmount(text, kind) : { laps: null, seconds: null }),
    reason: isWarning || isPenalty(kind) ? penaltyReason(text) : null,
    ...(isWarning ? stopOf(text) : { stop_ms: null, stop_lap: null }),
    ordinal,
  };
}

function stopOf(text: string): Pick<MessageFacts, 'stop_ms' | 'stop_lap'> {
  const [, minutes, seconds, lap] = STOP.exec(text) ?? [];
  return { stop_ms: minutes === undefined ? null : (Number(minutes) * 60 + Number(seconds)) * 1_000, stop_lap: lap === undefined ? null : Number(lap) };
}

/** The one row that wears a number now; null when several do. */
export function wearerOf(numberText: string | null, rows: Iterable<Row>): Row | null {
  if (numberText === null) return null;
  let found: Row | null = null;
  for (const row of rows) {
    if (!row.present || row.numberText !== numberText) continue;
    if (found !== null) return null;
    found = row;
  }
  return found;
}

/** How a penalty is served, by the kind of its entry, its amount, and its words. */
export function penaltyKind(text: string, kind: string, { laps, seconds }: { laps: number | null; seconds: number | null }): PenaltyKind {
  if (kind === 'black') return 'disqualification';
  const drive = DRIVE_THROUGH.exec(text)?.[0].toLowerCase();
  if (drive !== undefined) return drive.startsWith('s') ? 'stop-and-go' : 'drive-through';
  if (laps !== null) return 'laps';
  return seconds === null ? 'other' : 'time';
}
