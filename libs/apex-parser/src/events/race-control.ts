import { type Attributes, readMarkup } from '../markup.js';
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
function readLog(html: string, limits: ParserLimits): LogEntry[] {
  const reader = new LogReader(limits);
  readMarkup(html, reader);
  return reader.finish();
}

/** Reads logs of one circuit; they come with every page and are mostly the same: the last answer is kept. */
export class LogBook {
  private html = '';
  private entries: readonly LogEntry[] = [];

  constructor(private readonly limits: ParserLimits) {}

  entriesOf(html: string): readonly LogEntry[] {
    if (html !== this.html) {
      this.html = html;
      this.entries = readLog(html, this.limits);
    }
    return this.entries;
  }
}

class LogReader {
  private readonly entries: LogEntry[] = [];
  private place: 'clock' | 'number' | 'text' = 'text';
  private entry: { clock: string; kind: string; number: string; text: string } | null = null;

  constructor(private readonly limits: ParserLimits) {}

  opened(name: string, attributes: Attributes): void {
    if (name === 'p') {
      this.closeEntry();
      this.entry = { clock: '', kind: '', number: '', text: '' };
    }
    if (name === 'b') this.place = 'clock';
    if (name !== 'span' || this.entry === null) return;
    this.entry.kind = attributes.value('data-flag') || this.entry.kind;
    if (attributes.value('class').startsWith('com_no')) this.place = 'number';
  }

  text(text: string): void {
    if (this.entry !== null && this.entry[this.place].length < this.limits.textLength) this.entry[this.place] += text;
  }

  closed(name: string): void {
    if (name === 'b' || name === 'span') this.place = 'text';
    if (name === 'p') this.closeEntry();
  }

  finish(): LogEntry[] {
    this.closeEntry();
    return this.entries;
  }

  private closeEntry(): void {
    const { entry } = this;
    this.entry = null;
    this.place = 'text';
    if (entry === null || this.entries.length >= this.limits.messages) return;
    const shown = (value: string): string => plainText(value, this.limits.textLength);
    const { clock, kind, number, text } = entry;
    if (clock + kind + number + text !== '') this.entries.push({ clock: shown(clock) || null, kind: shown(kind), numberText: shown(number) || null, text: shown(text) });
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
