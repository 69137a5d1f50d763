import type { ServerResponse } from 'node:http';

const MOST_WAITING_BYTES = 512 * 1024;

/** One open stream. A client that reads too slowly is sent nothing until it has caught up, and then a snapshot. */
export class LiveClient {
  private behind = false;

  constructor(
    private readonly response: ServerResponse,
    private readonly caughtUp: (client: LiveClient) => void,
  ) {
    response.on('drain', () => this.drained());
  }

  get isClosed(): boolean {
    return this.response.writableEnded || this.response.destroyed;
  }

  /** Sends a ready event; left out when the client is behind, since the snapshot that follows holds it. */
  send(event: string): void {
    if (this.behind || this.isClosed) return;
    this.response.write(event);
    if (this.response.writableLength > MOST_WAITING_BYTES) this.behind = true;
  }

  end(): void {
    this.response.end();
  }

  private drained(): void {
    if (!this.behind) return;
    this.behind = false;
    this.caughtUp(this);
  }
}

/** An event in the form of server-sent events. */
export function eventText(name: string, payload: object, id?: number): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(payload)}\n\n`;
}
