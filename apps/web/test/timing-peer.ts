import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';

/** A row as the live stream carries it. */
export interface PeerRow {
  participant_code: string;
  position: number;
  number: number | null;
  number_text: string;
  team_name: string;
  driver_name: string | null;
  category: string | null;
  lap: number;
  last_time: number;
  best_time: number;
  gap: { value: number; unit: string } | null;
  interval: { value: number; unit: string } | null;
  number_pits: number;
  pit_time: number | null;
  state: string;
  at_ms: number;
}

const CONTENT_TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** A small API with a real HTTP server: serves the built page and the live stream of scripted competitions. */
export class TimingPeer {
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #streams = new Set<ServerResponse>();
  readonly #pagePath: string;
  #counter = 0;
  /** When set, reading needs a token that this key buys. */
  key: string | null = null;
  competitions = [{ competition_code: 'spring-12h', name: 'Spring 12 Hours' }];
  track = 'Riverside Kartodrome';
  metadata = {
    session: 1,
    stage: 'race',
    stage_text: 'Race',
    status: 'ongoing',
    flag: 'green' as string | null,
    remaining_length: 3 * 3_600_000 + 754_000,
    remaining_length_unit: 'millis',
    title1: 'Spring 12 Hours',
    title2: 'Race',
  };
  rows = new Map<string, PeerRow>();
  /** Stamp of the newest frame; grows old unless {@link change} is called. */
  lastFrameAtMs = Date.now();
  /** How often the stream was opened, and with which Last-Event-ID. */
  readonly openings: string[] = [];

  constructor(pagePath: string) {
    this.#pagePath = pagePath;
  }

  async listen(port = 0): Promise<string> {
    this.#server.listen(port, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.dropStreams();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Stores rows or metadata with a fresh frame and tells every stream. */
  change(rows: PeerRow[], metadata: Partial<TimingPeer['metadata']> = {}): void {
    this.lastFrameAtMs = Date.now();
    for (const row of rows) this.rows.set(row.participant_code, row);
    this.metadata = { ...this.metadata, ...metadata };
    this.#counter += 1;
    this.#tell('change', { rows, ...(Object.keys(metadata).length > 0 ? { metadata: this.metadata } : {}), clock: this.#clock() });
  }

  remove(code: string): void {
    this.rows.delete(code);
    this.#counter += 1;
    this.#tell('change', { removed: [code], clock: this.#clock() });
  }

  snapshot(): void {
    this.#counter += 1;
    for (const stream of this.#streams) this.#sendSnapshot(stream);
  }

  heartbeat(): void {
    this.#tell('heartbeat', { clock: this.#clock() });
  }

  /** Cuts every stream without a goodbye. */
  dropStreams(): void {
    for (const stream of this.#streams) stream.destroy();
    this.#streams.clear();
  }

  #clock(): Record<string, number> {
    return { last_frame_at_ms: this.lastFrameAtMs, applied_at_ms: this.lastFrameAtMs + 3, now_ms: Date.now() };
  }

  #tell(event: string, body: unknown): void {
    for (const stream of this.#streams) stream.write(`event: ${event}\nid: ${this.#counter}\ndata: ${JSON.stringify(body)}\n\n`);
  }

  #sendSnapshot(stream: ServerResponse): void {
    const [competition] = this.competitions;
    const body = {
      competition: { id: 1, code: competition?.competition_code, name: competition?.name, track: this.track },
      metadata: this.metadata,
      rows: [...this.rows.values()],
      clock: this.#clock(),
    };
    stream.write(`event: snapshot\nid: ${this.#counter}\ndata: ${JSON.stringify(body)}\n\n`);
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', 'http://peer').pathname;
    if (path === '/v1/auth') return this.#signIn(request, response);
    if (!path.startsWith('/v1/')) return this.#servePage(path, response);
    if (this.key !== null && request.headers.authorization !== `Bearer token-of-${this.key}`) {
      response.writeHead(403).end('{"message":"Invalid authentication."}');
      return;
    }
    const code = /^\/v1\/c\/~(.+)\/live$/.exec(path)?.[1];
    const isKnown = code !== undefined && this.competitions.some((entry) => entry.competition_code === decodeURIComponent(code));
    if (path === '/v1/c') this.#json(response, 200, this.competitions);
    else if (isKnown) this.#openStream(request, response);
    else this.#json(response, 404, { message: 'Not here.' });
  }

  #openStream(request: IncomingMessage, response: ServerResponse): void {
    const lastId = String(request.headers['last-event-id'] ?? '');
    this.openings.push(lastId);
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).flushHeaders();
    this.#streams.add(response);
    response.on('close', () => this.#streams.delete(response));
    if (lastId !== String(this.#counter)) this.#sendSnapshot(response);
  }

  async #signIn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const piece of request) text += String(piece);
    const { key } = JSON.parse(text) as { key: string };
    if (key === this.key) this.#json(response, 200, { bearer: `token-of-${key}`, name: 'wall', role: 'viewer' });
    else this.#json(response, 401, { message: 'Invalid API key.' });
  }

  async #servePage(path: string, response: ServerResponse): Promise<void> {
    const file = path === '/' ? 'index.html' : normalize(path).replace(/^\/+/, '');
    try {
      const content = await readFile(join(this.#pagePath, file));
      response.writeHead(200, { 'content-type': CONTENT_TYPES[extname(file)] ?? 'application/octet-stream' }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  }

  #json(response: ServerResponse, status: number, body: unknown): void {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  }
}
