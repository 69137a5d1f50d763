import { readEvents } from './event-stream.js';
import { readMessage } from './messages.js';
import type { LiveMessage } from './messages.js';

/** State of the link to the API; `denied`: a key is asked for, `missing`: the competition is not there (yet). */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'denied' | 'missing';

/** What a feed needs to know and whom it tells. */
export interface LiveFeedOptions {
  url: URL;
  /** Token for the Authorization header; null when reading is public. */
  bearer: string | null;
  onMessage: (message: LiveMessage) => void;
  onConnection: (connection: Connection) => void;
  /** Silence after which the link counts as dead, ms. The API gives a sign of life every 10 s. */
  silenceMs?: number;
  /** First pause before another attempt, ms; doubles up to {@link LONGEST_PAUSE_MS}. */
  firstPauseMs?: number;
}

const SILENCE_MS = 25_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 5_000;

/**
 * Follows the live stream of one competition and never gives up: after a cut, an error or a silence it connects again,
 * resuming where it was. One reader for public and protected APIs, because an EventSource cannot send a token.
 */
export class LiveFeed {
  readonly #options: LiveFeedOptions;
  readonly #stopped = new AbortController();
  #attempt = new AbortController();
  #endPause: () => void = () => undefined;
  #lastId = '';
  #lastByteAtMs = 0;
  #pauseMs: number;

  constructor(options: LiveFeedOptions) {
    this.#options = options;
    this.#pauseMs = options.firstPauseMs ?? FIRST_PAUSE_MS;
  }

  /** Connects and stays connected until {@link stop}, or until the API denies access. */
  async run(): Promise<void> {
    this.#tell('connecting');
    while (!this.#stopped.signal.aborted) {
      const outcome = await this.#follow();
      if (this.#isStopped()) return;
      this.#tell(outcome);
      if (outcome === 'denied') return;
      await this.#pause();
    }
  }

  /** Ends the feed for good. */
  stop(): void {
    this.#stopped.abort();
    this.hurry();
  }

  /** Drops the present link, or the present pause, and connects at once: the computer slept, or the network came back. */
  hurry(): void {
    this.#attempt.abort();
    this.#endPause();
  }

  #isStopped(): boolean {
    return this.#stopped.signal.aborted;
  }

  #tell(connection: Connection): void {
    if (!this.#isStopped()) this.#options.onConnection(connection);
  }

  async #follow(): Promise<'reconnecting' | 'denied' | 'missing'> {
    this.#attempt = new AbortController();
    this.#lastByteAtMs = Date.now();
    const watchdog = setInterval(() => this.#endSilence(), 1000);
    try {
      const response = await fetch(this.#options.url, { headers: this.#headers(), cache: 'no-store', signal: this.#attempt.signal });
      if (response.status === 401 || response.status === 403) return 'denied';
      if (response.status === 400 || response.status === 404) return 'missing';
      if (response.ok && response.body !== null) await this.#read(response.body);
    } catch (error) {
      // a link that was aborted or cut tells nothing; what cannot be read must not be resumed from
      if (error instanceof SyntaxError || error instanceof RangeError) this.#lastId = '';
    } finally {
      clearInterval(watchdog);
      this.#attempt.abort();
    }
    return 'reconnecting';
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    this.#tell('live');
    for await (const event of readEvents(body, this.#lastId, () => (this.#lastByteAtMs = Date.now()))) {
      const message = readMessage(event.event, event.data);
      if (this.#isStopped()) return;
      this.#lastId = event.id;
      this.#pauseMs = this.#options.firstPauseMs ?? FIRST_PAUSE_MS;
      if (message !== null) this.#options.onMessage(message);
    }
  }

  #headers(): Record<string, string> {
    const headers: Record<string, string> = { Accept: 'text/event-stream' };
    if (this.#lastId !== '') headers['Last-Event-ID'] = this.#lastId;
    if (this.#options.bearer !== null) headers['Authorization'] = `Bearer ${this.#options.bearer}`;
    return headers;
  }

  #endSilence(): void {
    if (Date.now() - this.#lastByteAtMs > (this.#options.silenceMs ?? SILENCE_MS)) this.#attempt.abort();
  }

  async #pause(): Promise<void> {
    // a random share keeps many pages from coming back in the same instant
    const pauseMs = this.#pauseMs * (0.5 + Math.random() / 2);
    this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      this.#endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
