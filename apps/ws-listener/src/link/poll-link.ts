import { PipelineError, classify } from '@lts/contracts';
import type { Clock } from '@lts/feed-intake';
import type { CircuitPoll, FeedPoll, PollNews } from '@lts/timing-providers';
import type { Arrivals } from './arrivals.js';
import { CircuitWeb } from './circuit-web.js';
import { withoutSecrets } from './link-target.js';

/** After so many requests in a row without a good answer the circuit is looked for anew. */
const MOST_FAILURES = 10;

/** What a `PollLink` works with. */
export interface PollParts {
  headers: Readonly<Record<string, string>>;
  /** Largest answer, bytes. */
  maxFrameBytes: number;
  clock: Clock;
  arrivals: Arrivals;
}

/** Why polling ended: it was told to, the page is to be loaded again, or nothing good is heard any more. */
export type PollEnd = 'ended' | 'reload' | 'lost';

/**
 * Asks for the feed over HTTP, at the pace of the provider's own page, however often polling begins and ends.
 * What an answer did not bring, the next one brings, since each request says what was heard last.
 */
export class PollLink {
  private feed: FeedPoll | null = null;
  /** Unix ms before which nothing is asked. */
  private nextAtMs = 0;

  constructor(private readonly parts: PollParts) {}

  /** The next request begins from a page: what was known is older than what has come another way. */
  forget(): void {
    this.feed = null;
  }

  /** Polls until `signal` is aborted, or there is a reason to end. After the signal nothing is taken any more. */
  async run(poll: CircuitPoll, signal: AbortSignal): Promise<PollEnd> {
    const { clock } = this.parts;
    for (let failures = 0; failures < MOST_FAILURES; ) {
      await clock.sleep(Math.max(0, this.nextAtMs - clock.now()), signal);
      const end = signal.aborted ? 'ended' : await this.ask(poll, signal);
      if (end === 'ended' || end === 'reload') return end;
      failures = end === 'failed' ? failures + 1 : 0;
    }
    this.forget();
    return 'lost';
  }

  private async ask(poll: CircuitPoll, signal: AbortSignal): Promise<'heard' | 'failed' | 'ended' | 'reload'> {
    const { arrivals, clock } = this.parts;
    const askedAtMs = clock.now();
    this.feed ??= poll.start(askedAtMs);
    const request = this.feed.request(askedAtMs);
    const uri = withoutSecrets(request.href);
    this.nextAtMs = askedAtMs + poll.retryMs;
    try {
      const text = await this.read(request, poll.retryMs, signal);
      if (signal.aborted) return 'ended';
      const news = goodNews(this.feed.take(text), uri);
      this.nextAtMs = clock.now() + poll.pauseMs;
      arrivals.opened(uri);
      if (news.kind === 'frame') await arrivals.take(news.text);
      if (news.kind !== 'reload') return 'heard';
      this.forget();
      arrivals.lost(uri, 'the circuit wants its page to be loaded again');
      return 'reload';
    } catch (error) {
      if (signal.aborted) return 'ended';
      const { cause, message } = classify(error);
      // all the news since the last answer are too much for one frame: a page says where everything stands
      if (cause instanceof RangeError) this.forget();
      arrivals.lost(uri, message);
      return 'failed';
    }
  }

  private async read(request: URL, readMs: number, signal: AbortSignal): Promise<string> {
    const { headers, maxFrameBytes } = this.parts;
    const page = await new CircuitWeb(headers, { readMs, maxBytes: maxFrameBytes, signal }).read(request);
    if (page === null) throw new PipelineError('LTS_CIRCUIT_UNREACHABLE', `${withoutSecrets(request.href)} is not there.`);
    return page.text;
  }
}

function goodNews(news: PollNews, uri: string): Exclude<PollNews, { kind: 'foreign' }> {
  if (news.kind !== 'foreign') return news;
  throw new PipelineError('LTS_CIRCUIT_UNREACHABLE', `${uri} answers with something that is no feed (the login page of a network?).`);
}
