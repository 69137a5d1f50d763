import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { PipelineError } from '@lts/contracts';
import { WebSocketServer } from 'ws';
import type { Audience } from '../feed/feed-player.js';
import type { FeedFrame } from '../feed/feed.js';
import type { LinkFault } from './link-faults.js';
import { Link } from './link.js';

/** How a `FeedServer` serves. */
export interface FeedServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Bytes that may wait for one client; one that is further behind is cut off. */
  clientBufferBytes: number;
  /** Full page for a client that has just come, null when there is none yet; `holdsNext` when the next frame is in it already. */
  page: () => { text: string; holdsNext: boolean } | null;
  /** Answers the requests that ask for no websocket. */
  http: RequestListener;
  /** Time between two blank frames to everybody, ms. */
  keepAliveMs?: number;
}

/** Counts of a `FeedServer`. */
export interface FeedServerState {
  clients: number;
  /** Clients cut off because they did not read. */
  tooSlow: number;
  sentFrames: number;
}

const KEEP_ALIVE_MS = 60_000;

/**
 * Speaks as the timing provider does: pushes a full page to whoever connects, then every frame, a blank one every minute,
 * and listens to nothing. The same port answers plain HTTP requests.
 */
export class FeedServer implements Audience {
  private readonly links = new Set<Link>();
  private readonly keepAlive: NodeJS.Timeout;
  private tooSlow = 0;
  private sentFrames = 0;

  private constructor(
    private readonly http: Server,
    private readonly sockets: WebSocketServer,
    private readonly options: FeedServerOptions,
  ) {
    sockets.on('connection', (socket) => {
      const link = new Link(socket, options.clientBufferBytes);
      socket.once('close', () => this.links.delete(link));
      this.welcome(link);
    });
    this.keepAlive = setInterval(() => this.links.forEach((link) => link.keepAlive()), options.keepAliveMs ?? KEEP_ALIVE_MS).unref();
  }

  /** @throws PipelineError `LTS_PORT_IN_USE` when the port is taken */
  static async start(options: FeedServerOptions): Promise<FeedServer> {
    const { host, port } = options;
    const http = createServer(options.http);
    try {
      await once(http.listen(port, host), 'listening');
    } catch (error) {
      throw new PipelineError('LTS_PORT_IN_USE', `Port ${port} of ${host} cannot be used (taken by another program?). Stop that program or choose another --port.`, { cause: error });
    }
    return new FeedServer(http, new WebSocketServer({ server: http, maxPayload: 1024 }), options);
  }

  /** The port that is really bound. */
  get port(): number {
    const address = this.http.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return address.port;
  }

  /** Resolves when the first client is there; at once when one is, and when the signal is aborted. */
  async firstClient(signal: AbortSignal): Promise<void> {
    if (this.links.size > 0) return;
    await once(this.sockets, 'connection', { signal }).catch(() => undefined);
  }

  /** Sends a frame to every client; one whose buffer is full is cut off. */
  broadcast(frame: FeedFrame): void {
    for (const link of this.links) {
      if (link.isTooSlow) this.cutOff(link);
      else if (link.send(frame)) this.sentFrames += 1;
    }
  }

  /** Lets a fault strike every link that is there now. */
  strike(fault: LinkFault, atMs: number): void {
    for (const link of this.links) link.strike(fault, atMs, () => this.options.page()?.text ?? null);
  }

  /** True while some client has more than half of its buffer waiting. */
  get isBehind(): boolean {
    return [...this.links].some((link) => link.waitingBytes > this.options.clientBufferBytes / 2);
  }

  state(): FeedServerState {
    return { clients: this.links.size, tooSlow: this.tooSlow, sentFrames: this.sentFrames };
  }

  async close(): Promise<void> {
    clearInterval(this.keepAlive);
    for (const link of this.links) link.end();
    this.sockets.close();
    this.http.closeAllConnections();
    await new Promise<void>((resolve) => this.http.close(() => resolve()));
  }

  private welcome(link: Link): void {
    this.links.add(link);
    const page = this.options.page();
    if (page === null) return;
    link.welcome(page.text, page.holdsNext);
    this.sentFrames += 1;
  }

  private cutOff(link: Link): void {
    this.tooSlow += 1;
    link.end();
  }
}
