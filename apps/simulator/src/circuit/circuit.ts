import { setTimeout as pause } from 'node:timers/promises';
import type { RequestListener } from 'node:http';
import { FeedPlayer, type PlayerClock } from '../feed/feed-player.js';
import type { Feed, FeedFrame } from '../feed/feed.js';
import { FeedServer, type FeedServerState } from '../links/feed-server.js';
import { type LinkFaultKind, LinkFaultPlan } from '../links/link-faults.js';
import { FrameLog } from '../site/frame-log.js';
import { type PollRequest, pollAnswer } from '../site/poll.js';

/** How a `Circuit` runs its races. */
export interface CircuitOptions {
  slug: string;
  host: string;
  /** 0 takes any free one. */
  port: number;
  /** What may wait for one client, and what is kept for those that poll. */
  clientBufferBytes: number;
  /** Factor; Infinity sends as fast as the clients read. */
  speed: number;
  loop: boolean;
  /** How long the result stays on show before the next race, ms. */
  resultMs: number;
  linkFaults: readonly LinkFaultKind[];
  seed: number;
}

const systemClock: PlayerClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
};

/** A client that has not polled for this long has gone, ms. */
const POLLS_WITHIN_MS = 30_000;
const LOOK_FOR_POLLS_MS = 50;

/**
 * One race for all clients of a port. It starts when the first client comes; who comes later gets a full page and joins the
 * race where it is. After the end the last page stays on show, or the race starts again.
 */
export class Circuit {
  private readonly stopping = new AbortController();
  private readonly log: FrameLog;
  private readonly faults: LinkFaultPlan;
  private readonly player: FeedPlayer;
  private server: FeedServer | null = null;
  private running: Promise<void> = Promise.resolve();
  private lastPoll: { atMs: number; addedBytes: number } | null = null;
  private race = 0;

  constructor(
    private readonly options: CircuitOptions,
    private readonly feed: Feed,
  ) {
    this.log = new FrameLog(options.clientBufferBytes);
    this.faults = new LinkFaultPlan(options.linkFaults, options.seed);
    const isBehind = (): boolean => this.isBehind();
    const audience = {
      get isBehind() {
        return isBehind();
      },
      broadcast: (frame: FeedFrame) => this.broadcast(frame),
    };
    this.player = new FeedPlayer({ audience, speed: options.speed, clock: systemClock, signal: this.stopping.signal });
  }

  get slug(): string {
    return this.options.slug;
  }

  /** The port that is really bound; 0 before the start. */
  get port(): number {
    return this.server?.port ?? 0;
  }

  /** Address for clients. */
  get uri(): string {
    return `ws://${this.options.host}:${this.port}/`;
  }

  /** The page of the feed as it stands, null before there is one. */
  get page(): string | null {
    return this.feed.page()?.text ?? null;
  }

  state(): FeedServerState & { races: number } {
    return { ...(this.server?.state() ?? { clients: 0, tooSlow: 0, sentFrames: 0 }), races: this.race };
  }

  /**
   * Opens the port; the races follow when somebody comes.
   *
   * @param onEnd called after each race; with an error when the races end because of it
   * @throws PipelineError `LTS_PORT_IN_USE`
   */
  async start(http: RequestListener, onEnd: (error?: unknown) => void): Promise<void> {
    const { host, port, clientBufferBytes } = this.options;
    this.server = await FeedServer.start({ host, port, clientBufferBytes, http, page: () => this.joinPage() });
    this.running = this.runRaces(this.server, onEnd).catch((error: unknown) => onEnd(error));
  }

  /** Answers a client that polls over HTTP. */
  poll(request: PollRequest): string {
    const answer = pollAnswer(request, { race: this.race, page: this.joinPage(), log: this.log });
    this.lastPoll = { atMs: Date.now(), addedBytes: this.log.addedBytes };
    return answer;
  }

  /** Answers a history request. */
  history(request: string): string {
    return this.feed.history(request);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.server?.close();
    await this.running;
  }

  private async runRaces(server: FeedServer, onEnd: () => void): Promise<void> {
    const { signal } = this.stopping;
    const { loop, resultMs } = this.options;
    do {
      await this.firstVisitor(server);
      if (signal.aborted) return;
      this.race += 1;
      await this.player.play(this.feed.frames());
      onEnd();
      if (loop) await systemClock.sleep(resultMs, signal);
    } while (loop);
  }

  /** Resolves when somebody is there, at a websocket or polling. */
  private async firstVisitor(server: FeedServer): Promise<void> {
    const found = new AbortController();
    const signal = AbortSignal.any([found.signal, this.stopping.signal]);
    await Promise.race([server.firstClient(signal), this.firstPoll(signal)]);
    found.abort();
  }

  private async firstPoll(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && !this.isPolled()) await systemClock.sleep(LOOK_FOR_POLLS_MS, signal);
  }

  private isPolled(): boolean {
    return this.lastPoll !== null && Date.now() - this.lastPoll.atMs < POLLS_WITHIN_MS;
  }

  private isBehind(): boolean {
    if (this.server?.isBehind === true) return true;
    return this.lastPoll !== null && this.isPolled() && this.log.addedBytes - this.lastPoll.addedBytes > this.options.clientBufferBytes / 2;
  }

  private broadcast(frame: FeedFrame): void {
    this.log.add(frame);
    this.server?.broadcast(frame);
    const fault = this.faults.strike(frame.atMs);
    if (fault !== null) this.server?.strike(fault, frame.atMs);
  }

  private joinPage(): { text: string; holdsNext: boolean } | null {
    const page = this.feed.page();
    return page === null ? null : { text: page.text, holdsNext: page.holdsTaken && this.player.hasTaken };
  }
}
