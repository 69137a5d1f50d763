import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PipelineError } from '@lts/contracts';
import { WebSocket, WebSocketServer } from 'ws';

/** How a `FeedServer` serves. */
export interface FeedServerOptions {
  host: string;
  /** 0 takes any free port. */
  port: number;
  /** Bytes that may wait for one client; one that is further behind is cut off. */
  clientBufferBytes: number;
  /** Full page for a client that has just come; null when there is none yet. */
  page: () => string | null;
}

/** Counts of a `FeedServer`. */
export interface FeedServerState {
  clients: number;
  /** Clients cut off because they did not read. */
  tooSlow: number;
  sentFrames: number;
}

/**
 * Speaks as the timing provider does: pushes a full page to whoever connects, then every frame, and listens to nothing.
 */
export class FeedServer {
  private tooSlow = 0;
  private sentFrames = 0;

  private constructor(
    private readonly server: WebSocketServer,
    private readonly options: FeedServerOptions,
  ) {
    server.on('connection', (client) => this.welcome(client));
  }

  /** @throws PipelineError `LTS_PORT_IN_USE` when the port is taken */
  static async start(options: FeedServerOptions): Promise<FeedServer> {
    const { host, port } = options;
    const server = new WebSocketServer({ host, port, maxPayload: 1024 });
    try {
      await once(server, 'listening');
    } catch (error) {
      throw new PipelineError('LTS_PORT_IN_USE', `Port ${port} of ${host} cannot be used (taken by another program?). Stop that program or choose another --port.`, { cause: error });
    }
    return new FeedServer(server, options);
  }

  /** The port that is really bound. */
  get port(): number {
    return addressOf(this.server).port;
  }

  /** Resolves when the first client is there; at once when one is. */
  async firstClient(signal: AbortSignal): Promise<void> {
    if (this.server.clients.size > 0) return;
    await once(this.server, 'connection', { signal }).catch(() => undefined);
  }

  /** Sends a frame to every client; one whose buffer is full is cut off. */
  broadcast(text: string): void {
    for (const client of this.server.clients) {
      if (client.readyState !== WebSocket.OPEN) continue;
      if (client.bufferedAmount > this.options.clientBufferBytes) this.cutOff(client);
      else this.send(client, text);
    }
  }

  /** True while some client has more than half of its buffer waiting. */
  get isBehind(): boolean {
    return [...this.server.clients].some((client) => client.bufferedAmount > this.options.clientBufferBytes / 2);
  }

  state(): FeedServerState {
    return { clients: this.server.clients.size, tooSlow: this.tooSlow, sentFrames: this.sentFrames };
  }

  async close(): Promise<void> {
    for (const client of this.server.clients) client.terminate();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private welcome(client: WebSocket): void {
    client.on('error', () => client.terminate());
    const page = this.options.page();
    if (page !== null) this.send(client, page);
  }

  private send(client: WebSocket, text: string): void {
    client.send(text);
    this.sentFrames += 1;
  }

  private cutOff(client: WebSocket): void {
    this.tooSlow += 1;
    client.terminate();
  }
}

function addressOf(server: WebSocketServer): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The websocket server has no port.');
  return address;
}
