import type { CircuitPoll, FeedPoll, PollNews } from '../provider.js';
import { startsPage } from './frames.js';

/** As the provider's page has them, ms. */
const PAUSE_MS = 10_000;
const RETRY_MS = 25_000;
const RELOAD_MS = 8_000;
const PAGE_VERSION = '2.01.12';
const HIGHEST_ID = 1_000_000_000;

const RELOAD = 'REFRESH_BROWSER';
/** What goes back with the first request. */
const FROM_THE_START = '0';

/** The feed of a port by HTTP: an answer is `<init>@<index>@<lines>`, empty when there is nothing new. */
export function livePoll(address: URL, port: number): CircuitPoll {
  return { pauseMs: PAUSE_MS, retryMs: RETRY_MS, reloadMs: RELOAD_MS, start: (nowMs) => new LivePoll(address, port, nowMs) };
}

class LivePoll implements FeedPoll {
  private readonly id = 1 + Math.floor(Math.random() * HIGHEST_ID);
  private init = FROM_THE_START;
  private index = FROM_THE_START;
  private counter = 0;
  private isAnswered = false;

  constructor(
    private readonly address: URL,
    private readonly port: number,
    private readonly startedAtMs: number,
  ) {}

  request(nowMs: number): URL {
    const url = new URL(this.address);
    const query = { version: PAGE_VERSION, init: this.init, index: this.index, port: this.port, counter: this.counter, duration: nowMs - this.startedAtMs, id: this.id, ignored: 0 };
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    this.counter += 1;
    return url;
  }

  take(answer: string): PollNews {
    if (answer.trim() === '') return { kind: 'nothing' };
    const parts = partsOf(answer);
    if (parts === null) return { kind: 'foreign' };
    const isOfOther = this.isAnswered && parts.init !== this.init && !startsPage(parts.text);
    if (isOfOther || parts.text.trim() === RELOAD) return { kind: 'reload' };
    this.isAnswered = true;
    this.init = parts.init;
    this.index = parts.index;
    return parts.text.trim() === '' ? { kind: 'nothing' } : { kind: 'frame', text: parts.text };
  }
}

function partsOf(answer: string): { init: string; index: string; text: string } | null {
  const [, init, index, text] = /^\s*(\d+)@(\d+)@(.*)$/s.exec(answer) ?? [];
  return init === undefined || index === undefined || text === undefined ? null : { init, index, text };
}
