import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';

/** A circuit that sends what it is told to whoever connects, and an API that says how far each competition is stored. */
export class Surroundings {
  /** Last stored frame by competition code. */
  readonly watermarks = new Map<string, string>();
  readonly spoolPath = mkdtempSync(join(tmpdir(), 'ws-listener-'));
  private readonly circuit = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  private readonly api: Server;

  private constructor() {
    this.api = createServer((request, response) => {
      const code = decodeURIComponent(/~([^/]*)\/watermark/.exec(request.url ?? '')?.[1] ?? '');
      const watermark = this.watermarks.get(code);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(watermark === undefined ? {} : { 'api-sender': watermark }));
    });
    this.api.listen(0, '127.0.0.1');
  }

  static async open(): Promise<Surroundings> {
    const made = new Surroundings();
    await Promise.all([once(made.api, 'listening'), once(made.circuit, 'listening')]);
    return made;
  }

  /** Arguments of a listener here; `night` is the competition of the path `/night`, and so on. */
  flags(competitions: readonly string[]): string[] {
    const links = competitions.map((code) => `${code}=ws://127.0.0.1:${portOf(this.circuit)}/${code}`);
    return ['--competitions', links.join(','), '--api_lts', `http://127.0.0.1:${portOf(this.api)}`, '--spool_path', this.spoolPath, '--verbosity', '0'];
  }

  /** The next links that listeners make, by competition. */
  async links(competitions: readonly string[]): Promise<Record<string, WebSocket>> {
    const made: Record<string, WebSocket> = {};
    await new Promise<void>((resolve) => {
      this.circuit.on('connection', (socket, request) => {
        made[(request.url ?? '').slice(1)] = socket;
        if (competitions.every((code) => code in made)) resolve();
      });
    });
    this.circuit.removeAllListeners('connection');
    return made;
  }

  async close(): Promise<void> {
    for (const client of this.circuit.clients) client.terminate();
    this.api.closeAllConnections();
    await Promise.all([new Promise((done) => this.circuit.close(done)), new Promise((done) => this.api.close(done))]);
    rmSync(this.spoolPath, { recursive: true, force: true });
  }
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

export async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
}
