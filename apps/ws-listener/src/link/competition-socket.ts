import { WebSocket, type RawData } from 'ws';
import { BackOff, type Clock, isBlankFrame } from '@lts/feed-intake';
import { type LinkTarget, withoutSecrets } from './link-target.js';
import { type LinkLimits, LinkWatch } from './link-watch.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A link that lived this long was a good one: the next pause is the first again. */
const GOOD_LINK_MS = 10_000;
/** Time for the closing handshake at shutdown. */
const CLOSE_LIMIT_MS = 500;

/** Limits of one socket. */
export interface SocketLimits extends LinkLimits {
  handshakeLimitMs: number;
  maxFrameBytes: number;
}

/** Where the frames go; `accept` resolves when the next may come. */
export interface FrameSink {
  accept(text: string, atMs: number): Promise<void>;
  readonly isFull: boolean;
}

/** What a `CompetitionSocket` works with. */
export interface CompetitionSocketParts {
  target: LinkTarget;
  limits: SocketLimits;
  sink: FrameSink;
  clock: Clock;
  /** Told what an operator should know. */
  report: (event: string, details: Record<string, unknown>) => void;
}

/** State of a competition's link, for health. Times are Unix ms. */
export interface SocketState {
  isOpen: boolean;
  /** Frames handed on; blank ones are counted apart. */
  frames: number;
  blankFrames: number;
  /** When the last data came, blank frames included. */
  lastDataAtMs: number | null;
  /** How often a link was lost or not made. */
  linksLost: number;
  lastReason: string | null;
  /** Time without a link so far, ms: what the circuit sent then is lost. */
  withoutLinkMs: number;
}

/**
 * The websocket of one competition: connects, stamps what arrives, hands it on, and connects again whenever the link is lost.
 * Sends nothing but the protocol's own pings, pongs and close. When the sink is full the socket is not read.
 */
export class CompetitionSocket {
  private readonly stopping = new AbortController();
  private readonly backOff = new BackOff({ firstMs: FIRST_PAUSE_MS, longestMs: LONGEST_PAUSE_MS });
  private readonly counts: SocketState = { isOpen: false, frames: 0, blankFrames: 0, lastDataAtMs: null, linksLost: 0, lastReason: null, withoutLinkMs: 0 };
  private downSinceMs: number;

  constructor(private readonly parts: CompetitionSocketParts) {
    this.downSinceMs = parts.clock.now();
  }

  /** Keeps the link until `stop` is called. */
  async run(): Promise<void> {
    const { clock, report, target } = this.parts;
    while (!this.isStopping()) {
      const startedAtMs = clock.now();
      const reason = await this.oneLink();
      if (this.isStopping()) return;
      const wasOpen = this.counts.isOpen;
      this.linkLost(reason);
      if (wasOpen && clock.now() - startedAtMs >= GOOD_LINK_MS) this.backOff.reset();
      const pauseMs = this.backOff.next();
      report('link-lost', { uri: withoutSecrets(target.uri), wasOpen, reason, pauseMs });
      await clock.sleep(pauseMs, this.stopping.signal);
    }
  }

  stop(): void {
    this.stopping.abort();
  }

  state(): SocketState {
    const downMs = this.counts.isOpen ? 0 : this.parts.clock.now() - this.downSinceMs;
    return { ...this.counts, withoutLinkMs: this.counts.withoutLinkMs + downMs };
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** One connection from attempt to end; answers why it ended. */
  private oneLink(): Promise<string> {
    const { target, limits } = this.parts;
    const socket = new WebSocket(target.uri, {
      headers: target.headers,
      handshakeTimeout: limits.handshakeLimitMs,
      maxPayload: limits.maxFrameBytes,
      skipUTF8Validation: true,
    });
    return new Promise((resolve) => {
      let reason: string | null = null;
      let watch: LinkWatch | null = null;
      const giveUp = (why: string): void => {
        reason ??= why;
        socket.terminate();
      };
      const onStop = (): void => endPolitely(socket);
      this.stopping.signal.addEventListener('abort', onStop, { once: true });
      socket.on('open', () => {
        this.linkMade();
        watch = new LinkWatch({ ping: () => socket.ping(), giveUp }, limits);
      });
      socket.on('pong', () => watch?.sawPong());
      socket.on('message', (content: RawData) => {
        watch?.sawData();
        this.take(content, socket, watch);
      });
      socket.on('error', (error) => (reason ??= error.message));
      socket.on('close', (code, text) => {
        watch?.stop();
        this.stopping.signal.removeEventListener('abort', onStop);
        resolve(reason ?? closeReason(code, text.toString()));
      });
    });
  }

  private take(content: RawData, socket: WebSocket, watch: LinkWatch | null): void {
    const atMs = this.parts.clock.now();
    this.counts.lastDataAtMs = atMs;
    const text = textOf(content);
    if (isBlankFrame(text)) {
      this.counts.blankFrames += 1;
      return;
    }
    this.counts.frames += 1;
    const room = this.parts.sink.accept(text, atMs);
    if (!this.parts.sink.isFull || socket.isPaused) return;
    socket.pause();
    watch?.rest();
    void room.then(() => {
      socket.resume();
      if (socket.readyState === WebSocket.OPEN) watch?.goOn();
    });
  }

  private linkMade(): void {
    const withoutLinkMs = this.parts.clock.now() - this.downSinceMs;
    this.counts.isOpen = true;
    this.counts.withoutLinkMs += withoutLinkMs;
    this.parts.report('link-open', { uri: withoutSecrets(this.parts.target.uri), withoutLinkMs });
  }

  private linkLost(reason: string): void {
    if (this.counts.isOpen) this.downSinceMs = this.parts.clock.now();
    this.counts.isOpen = false;
    this.counts.linksLost += 1;
    this.counts.lastReason = reason;
  }
}

function textOf(content: RawData): string {
  if (Array.isArray(content)) return Buffer.concat(content).toString('utf8');
  return content instanceof ArrayBuffer ? Buffer.from(content).toString('utf8') : content.toString('utf8');
}

function closeReason(code: number, text: string): string {
  return `closed with code ${code}${text === '' ? '' : ` (${text})`}`;
}

function endPolitely(socket: WebSocket): void {
  const cut = setTimeout(() => socket.terminate(), CLOSE_LIMIT_MS);
  socket.once('close', () => clearTimeout(cut));
  socket.close();
}
