import type { Action } from '@lts/race-actions';
import type { Line } from '../line.js';
import type { ParserLimits } from '../options.js';
import type { State } from '../state.js';
import { takeComment } from '../rows/commented-stop.js';
import { messageFacts, penaltyKind, wearerOf } from './message-facts.js';
import { isPenalty, penaltyAmount, penaltyReason } from './penalty-amount.js';
import { type LogEntry, logKey, tickerEntry } from './race-control.js';

/** Where an entry is told, and when. */
export interface LogContext {
  atMs: number;
  limits: ParserLimits;
  tell: (action: Action) => void;
}

/** The log is sent whole at each change: entries not known yet are told, oldest first, then those that vanished or came back. */
export function takeLog(state: State, entries: readonly LogEntry[], context: LogContext): void {
  const known = new Map(state.log.map((entry) => [entry.key, entry]));
  const shown = new Set<string>();
  for (const entry of [...entries].reverse()) {
    const key = logKey(entry);
    shown.add(key);
    if (known.has(key)) continue;
    state.logCount += 1;
    known.set(key, { key, ordinal: state.logCount, shown: true });
    tellEntry(state, entry, { ...context, ordinal: state.logCount });
  }
  for (const entry of known.values()) {
    if (entry.shown === shown.has(entry.key)) continue;
    entry.shown = !entry.shown;
    context.tell({ type: 'update-message', data: { ordinal: entry.ordinal, shown: entry.shown } });
  }
  state.log = [...known.values()].slice(-context.limits.messages);
}

/** The ticker repeats the log in other words; its penalties are told as texts only. */
export function takeTicker(state: State, { cls, value }: Line, context: LogContext): void {
  const entry = tickerEntry(cls.trim(), value, context.limits);
  if (entry.text !== '' && entry.text !== state.ticker) tellEntry(state, entry, { ...context, ordinal: null });
  state.ticker = entry.text;
}

/** Where a column tells penalties, those of the log are the same ones. */
function tellEntry(state: State, entry: LogEntry, { atMs, ordinal, tell }: LogContext & { ordinal: number | null }): void {
  const { kind, text, numberText, clock } = entry;
  const channel = ordinal === null ? 'ticker' : 'log';
  const facts = messageFacts(entry, state.rows.values(), ordinal);
  tell({ type: 'add-message', data: { kind, text, number_text: numberText, clock, channel, ...facts } });
  const spokenOf = facts.participant_code === null ? undefined : state.rows.get(facts.participant_code);
  if (spokenOf !== undefined) takeComment(spokenOf, facts, { atMs, tell });
  if (ordinal === null || !isPenalty(kind) || state.columns.some(({ meaning }) => meaning === 'penalty')) return;
  const row = wearerOf(numberText, state.rows.values());
  if (row === null) return;
  const amount = penaltyAmount(text, kind);
  tell({ type: 'add-penalty', data: { participant_code: row.code, text, ...amount, at_ms: atMs, penalty: penaltyKind(text, kind, amount), reason: penaltyReason(text), message: ordinal } });
}
