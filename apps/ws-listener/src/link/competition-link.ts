import { PipelineError, classify } from '@lts/contracts';
import { BackOff } from '@lts/feed-intake';
import type { CircuitPoll, CircuitWays, TimingProvider } from '@lts/timing-providers';
import { Arrivals, type ArrivalsParts, type LinkState } from './arrivals.js';
import { CircuitWeb } from './circuit-web.js';
import { type LinkTarget, withoutSecrets } from './link-target.js';
import { PollLink } from './poll-link.js';
import { type SocketEnd, SocketLink, type SocketLimits, type SocketParts } from './socket-link.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A socket that lived this long was a good one: the next pause is the first again. */
const GOOD_LINK_MS = 10_000;
/** A socket that ends within this time has closed at once. */
const AT_ONCE_MS = 2_000;
/** Time between two attempts to get a websocket while the poll brings the feed. */
const SOCKET_AGAIN_MS = 60_000;
/** Largest page of a circuit, bytes. */
const MOST_PAGE_BYTES = 4 * 1024 * 1024;

interface Retry {
  signal: AbortSignal;
  onOpen: () => void;
}

/** What a `CompetitionLink` works with. */
export interface CompetitionLinkParts extends ArrivalsParts {
  target: LinkTarget;
  provider: TimingProvider;
  limits: SocketLimits;
}

/**
 * The link to the circuit of one competition: finds the ways to its feed, holds the best one that can be had, and makes it
 * anew whenever it is lost.
 *
 * Websockets come first, in the provider's order. When none can be opened, or each closes at once or stays mute, the feed is
 * polled, and meanwhile the websockets are tried again each minute. A websocket begins with a page, so what it brings settles
 * whatever the poll has not told; the poll goes on where it was when no websocket has brought anything since, else with a page.
 */
export class CompetitionLink {
  private readonly backOff = new BackOff({ firstMs: FIRST_PAUSE_MS, longestMs: LONGEST_PAUSE_MS });
  private readonly arrivals: Arrivals;
  private readonly poll: PollLink;
  private readonly socketParts: SocketParts;
  /** What `stop` is to end; a handful at most. */
  private readonly endings = new Set<AbortController>();
  private stopped = false;
  /** Null while they are to be found out. */
  private ways: CircuitWays | null = null;
  private lastGood: string | null = null;
  /** Unix ms from which websockets are tried before the poll. */
  private socketsFromMs = 0;

  constructor(private readonly parts: CompetitionLinkParts) {
    const { clock, limits, target } = parts;
    this.arrivals = new Arrivals(parts);
    this.poll = new PollLink({ headers: target.headers, maxFrameBytes: limits.maxFrameBytes, clock, arrivals: this.arrivals });
    this.socketParts = { headers: target.headers, limits, clock, arrivals: this.arrivals };
  }

  /** Keeps the link until `stop` is called. */
  async run(): Promise<void> {
    while (!this.isStopped()) {
      const pauseMs = await this.oneRound();
      if (this.isStopped()) return;
      if (pauseMs === 0) continue;
      this.parts.report('no-link', { uri: withoutSecrets(this.parts.target.uri), pauseMs });
      await this.during(({ signal }) => this.parts.clock.sleep(pauseMs, signal));
    }
  }

  stop(): void {
    this.stopped = true;
    for (const ending of this.endings) ending.abort();
  }

  state(): LinkState {
    return this.arrivals.state();
  }

  /** Holds one way until it ends. @returns pause before the next round, ms */
  private async oneRound(): Promise<number> {
    this.ways ??= await this.during(({ signal }) => this.reach(signal));
    if (this.ways === null || this.isStopped()) return this.backOff.next();
    const { sockets, poll } = this.ways;
    if (poll === null || this.parts.clock.now() >= this.socketsFromMs) {
      const end = await this.during(({ signal }) => this.firstSocket(sockets, signal));
      if (poll === null || isGood(end)) return this.pauseAfter(end);
      this.socketsFromMs = this.parts.clock.now() + SOCKET_AGAIN_MS;
    }
    return this.pollAndRetry(sockets, poll);
  }

  private async reach(signal: AbortSignal): Promise<CircuitWays | null> {
    const { provider, target, limits, report } = this.parts;
    const address = new URL(target.uri);
    try {
      const web = new CircuitWeb(target.headers, { readMs: limits.handshakeLimitMs, maxBytes: MOST_PAGE_BYTES, signal });
      const reached = await provider.reach(address, web);
      if ('fault' in reached) throw new PipelineError('LTS_CIRCUIT_PAGE', reached.fault, { competitionCode: target.competition });
      if (address.protocol.startsWith('http')) report('circuit-found', { uri: withoutSecrets(target.uri), sockets: reached.ways.sockets.map(withoutSecrets), hasPoll: reached.ways.poll !== null });
      return reached.ways;
    } catch (error) {
      const { code, message } = classify(error);
      if (!this.isStopped()) this.arrivals.lost(withoutSecrets(target.uri), message, { code });
      return null;
    }
  }

  /** Tries websockets in order and holds the first that is good; null when there is none. */
  private async firstSocket(sockets: readonly string[], signal: AbortSignal): Promise<SocketEnd | null> {
    let last: SocketEnd | null = null;
    for (const uri of this.inOrder(sockets)) {
      last = await SocketLink.hold(uri, this.socketParts, { signal, onOpen: () => undefined });
      if (signal.aborted) return last;
      this.ended(uri, last);
      if (isGood(last)) return last;
    }
    return last;
  }

  private async pollAndRetry(sockets: readonly string[], poll: CircuitPoll): Promise<number> {
    const end = await this.during((polling) =>
      this.during(async (retrying) => {
        const retried = this.retrySockets(sockets, { signal: retrying.signal, onOpen: () => polling.abort() });
        const polled = await this.poll.run(poll, polling.signal);
        if (polled !== 'ended') retrying.abort();
        const socket = await retried;
        return polled === 'ended' ? socket : polled;
      }),
    );
    if (this.isStopped()) return 0;
    if (end === 'reload' || end === 'lost') {
      this.ways = null;
      this.socketsFromMs = 0;
      return end === 'reload' ? poll.reloadMs : this.backOff.next();
    }
    if (isGood(end)) return this.pauseAfter(end);
    this.socketsFromMs = this.parts.clock.now() + SOCKET_AGAIN_MS;
    return 0;
  }

  /** Tries websockets each minute until one opens, and holds that one; null when told to end before. */
  private async retrySockets(sockets: readonly string[], retry: Retry): Promise<SocketEnd | null> {
    let end: SocketEnd | null = null;
    while (end === null && !retry.signal.aborted) {
      await this.parts.clock.sleep(SOCKET_AGAIN_MS, retry.signal);
      end = await this.firstToOpen(sockets, retry);
    }
    return end;
  }

  private async firstToOpen(sockets: readonly string[], retry: Retry): Promise<SocketEnd | null> {
    for (const uri of this.inOrder(sockets)) {
      if (retry.signal.aborted) return null;
      const end = await SocketLink.hold(uri, this.socketParts, retry);
      if (!end.wasOpen) continue;
      if (!this.isStopped()) this.ended(uri, end);
      return end;
    }
    return null;
  }

  private ended(uri: string, end: SocketEnd): void {
    this.arrivals.lost(withoutSecrets(uri), end.reason);
    if (end.messages > 0) this.poll.forget();
    if (isGood(end)) this.lastGood = uri;
  }

  private pauseAfter(end: SocketEnd | null): number {
    if (end !== null && end.wasOpen && end.livedMs >= GOOD_LINK_MS) this.backOff.reset();
    return this.backOff.next();
  }

  /** The one that was good before is tried first, so that a way that is always closed costs its time only once. */
  private inOrder(sockets: readonly string[]): readonly string[] {
    const { lastGood } = this;
    return lastGood !== null && sockets.includes(lastGood) ? [lastGood, ...sockets.filter((uri) => uri !== lastGood)] : sockets;
  }

  /** Work that `stop` ends, too. */
  private async during<Result>(work: (ending: AbortController) => Promise<Result>): Promise<Result> {
    const ending = new AbortController();
    this.endings.add(ending);
    if (this.isStopped()) ending.abort();
    try {
      return await work(ending);
    } finally {
      this.endings.delete(ending);
    }
  }

  private isStopped(): boolean {
    return this.stopped;
  }
}

/** A socket that was more than a greeting: the feed came over it for a while. */
function isGood(end: SocketEnd | null): boolean {
  return end !== null && end.wasOpen && end.messages > 0 && end.livedMs >= AT_ONCE_MS;
}
