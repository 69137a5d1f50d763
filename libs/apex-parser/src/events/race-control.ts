import { Parser } from 'htmlparser2';
import type { ParserLimits } from '../options.js';
import { plainText } from '../plain-text.js';

/** An entry of the race-control log. */
export interface LogEntry {
  /** Local wall clock as written, e.g. `10:34`. */
  clock: string | null;
  /** Kind as the feed names it, e.g. `penalty`, `green`; empty when it has none. */
  kind: string;
  numberText: string | null;
  text: string;
}

/** Reads the HTML of the log; newest entry first, as it is sent. Never throws. */
export function readLog(html: string, limits: ParserLimits): LogEntry[] {
  const reader = new LogReader(limits);
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true });
  parser.end(html);
  return reader.entries;
}

class LogReader {
  readonly entries: LogEntry[] = [];
  private place: 'clock' | 'number' | 'text' = 'text';
  private entry: { clock: string; kind: string; number: string; text: string } | null = null;

  constructor(private readonly limits: ParserLimits) {}

  onopentag(name: string, attributes: Record<string, string>): void {
    if (name === 'p') this.entry = { clock: '', kind: '', number: '', text: '' };
    if (name === 'b') this.place = 'clock';
    if (name !== 'span' || this.entry === null) return;
    if (attributes['data-flag'] !== undefined) this.entry.kind = attributes['data-flag'];
    if ((attributes['class'] ?? '').startsWith('com_no')) this.place = 'number';
  }

  ontext(text: string): void {
    if (this.entry !== null && this.entry[this.place].length < this.limits.textLength) this.entry[this.place] += text;
  }

  onclosetag(name: string): void {
    if (name === 'b' || name === 'span') this.place = 'text';
    if (name !== 'p' || this.entry === null) return;
    const { clock, kind, number, text } = this.entry;
    this.entry = null;
    if (this.entries.length >= this.limits.messages) return;
    const shown = (value: string): string => plainText(value, this.limits.textLength);
    this.entries.push({ clock: shown(clock) || null, kind: shown(kind), numberText: shown(number) || null, text: shown(text) });
  }
}

/** Identity of an entry: the log is sent whole at each change. */
export function logKey({ clock, kind, numberText, text }: LogEntry): string {
  return JSON.stringify([clock, kind, numberText, text]);
}

const TICKER_NUMBER = /^N[º°o]\.? ?(\w{1,6}) /u;
const TICKER_KINDS: ReadonlyMap<string, string> = new Map([['msgp', 'penalty'], ['msgw', 'warning'], ['msgt', 'text']]);

/** A text of the ticker, as an entry without a clock. */
export function tickerEntry(cls: string, value: string, limits: ParserLimits): LogEntry {
  const text = plainText(value, limits.textLength);
  return { clock: null, kind: TICKER_KINDS.get(cls) ?? 'info', numberText: TICKER_NUMBER.exec(text)?.[1] ?? null, text };
}
