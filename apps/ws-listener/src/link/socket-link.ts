import { type RawData, WebSocket } from 'ws';
import type { Clock } from '@lts/feed-intake';
import type { Arrivals } from './arrivals.js';
import { linkReason } from './link-reason.js';
import { withoutSecrets } from './link-target.js';
import { type LinkLimits, LinkWatch } from './link-watch.js';

/** Time for the closing handshake at shutdown. */
const CLOSE_LIMIT_MS = 500;

/** Limits of one socket. */
export interface SocketLimits extends LinkLimits {
  handshakeLimitMs: number;
  maxFrameBytes: number;
}

/** The limits that the settings ask for. */
export function socketLimits({ silenceMs, pingMs, pongLimitMs, handshakeLimitMs, maxFrameKb }: LinkLimits & { handshakeLimitMs: number; maxFrameKb: number }): SocketLimits {
  return { silenceMs, pingMs, pongLimitMs, handshakeLimitMs, maxFrameBytes: maxFrameKb * 1024 };
}

/** What a `SocketLink` works with. */
export interface SocketParts {
  headers: Readonly<Record<string, string>>;
  limits: SocketLimits;
  clock: Clock;
  arrivals: Arrivals;
}

/** How a websocket ended. */
export interface SocketEnd {
  wasOpen: boolean;
  /** From the open socket to its end, ms. */
  livedMs: number;
  /** Messages that came, blank ones included. */
  messages: number;
  /** A clause for the log. */
  reason: string;
}

/**
 * One websocket from the attempt to its end. Sends nothing but the protocol's own pings, pongs and close. When the sink is
 * full the socket is not read.
 */
export class SocketLink {
  private readonly socket: WebSocket;
  private watch: LinkWatch | null = null;
  private openedAtMs: number | null = null;
  private messages = 0;
  private reason: string | null = null;

  private constructor(
    private readonly uri: string,
    private readonly parts: SocketParts,
    private readonly onOpen: () => void,
  ) {
    const { headers, limits } = parts;
    this.socket = new WebSocket(uri, { headers, handshakeTimeout: limits.handshakeLimitMs, maxPayload: limits.maxFrameBytes, skipUTF8Validation: true });
  }

  /**
   * Holds a websocket until it ends, or `signal` is aborted.
   *
   * @param onOpen called before anything of this socket is taken
   */
  static hold(uri: string, parts: SocketParts, { signal, onOpen }: { signal: AbortSignal; onOpen: () => void }): Promise<SocketEnd> {
    return new SocketLink(uri, parts, onOpen).untilClosed(signal);
  }

  private untilClosed(signal: AbortSignal): Promise<SocketEnd> {
    const { socket } = this;
    return new Promise((resolve) => {
      const onStop = (): void => endPolitely(socket);
      signal.addEventListener('abort', onStop, { once: true });
      socket.on('open', () => this.opened());
      socket.on('pong', () => this.watch?.sawPong());
      socket.on('message', (content: RawData) => this.take(content));
      socket.on('error', (error) => (this.reason ??= linkReason(error)));
      socket.on('close', (code, text) => {
        this.watch?.stop();
        signal.removeEventListener('abort', onStop);
        resolve(this.ended(code, text.toString()));
      });
      if (signal.aborted) onStop();
    });
  }

  private opened(): void {
    this.onOpen();
    this.openedAtMs = this.parts.clock.now();
    this.parts.arrivals.opened(withoutSecrets(this.uri));
    const giveUp = (why: string): void => {
      this.reason ??= why;
      this.socket.terminate();
    };
    this.watch = new LinkWatch({ ping: () => this.socket.ping(), giveUp }, this.parts.limits);
  }

  private take(content: RawData): void {
    const { socket, watch } = this;
    const { arrivals } = this.parts;
    this.messages += 1;
    watch?.sawData();
    const room = arrivals.take(textOf(content));
    if (!arrivals.isFull || socket.isPaused) return;
    socket.pause();
    watch?.rest();
    void room.then(() => {
      socket.resume();
      if (socket.readyState === WebSocket.OPEN) watch?.goOn();
    });
  }

  private ended(code: number, text: string): SocketEnd {
    const { openedAtMs, messages } = this;
    const livedMs = openedAtMs === null ? 0 : this.parts.clock.now() - openedAtMs;
    return { wasOpen: openedAtMs !== null, livedMs, messages, reason: this.reason ?? `closed with code ${code}${text === '' ? '' : ` (${text})`}` };
  }
}

function textOf(content: RawData): string {
  if (Array.isArray(content)) return Buffer.concat(content).toString('utf8');
  return content instanceof ArrayBuffer ? Buffer.from(content).toString('utf8') : content.toString('utf8');
}

function endPolitely(socket: WebSocket): void {
  const cut = setTimeout(() => socket.terminate(), CLOSE_LIMIT_MS);
  socket.once('close', () => clearTimeout(cut));
  socket.close();
}
