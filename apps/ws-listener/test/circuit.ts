import { once } from 'node:events';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface PollAsked {
  init: string;
  index: string;
  port: string;
  atMs: number;
}

/** A circuit as the provider serves it: page, configuration and poll on one port, the websocket on another, or on none. */
export class Circuit {
  /** What the poll answers: a text, or a status. */
  answer: (asked: PollAsked) => string | number | Promise<string> = () => '';
  /** The page is that of a Wi-Fi that wants a login. */
  isCaptive = false;
  readonly polls: PollAsked[] = [];
  pageLoads = 0;
  private readonly site: Server;
  private sockets: WebSocketServer | null = null;
  private base = 0;

  private constructor(private readonly now: () => number) {
    this.site = createServer((request, response) => void this.serve(request, response));
  }

  static async open(now: () => number = Date.now): Promise<Circuit> {
    const circuit = new Circuit(now);
    await once(circuit.site.listen(0, '127.0.0.1'), 'listening');
    const probe = createServer();
    await once(probe.listen(0, '127.0.0.1'), 'listening');
    circuit.base = portOf(probe) - 2;
    await new Promise((done) => probe.close(done));
    return circuit;
  }

  get page(): string {
    return `http://127.0.0.1:${portOf(this.site)}/oval/`;
  }

  /** Port that the configuration names. */
  get basePort(): number {
    return this.base;
  }

  /** From now on a websocket can be opened. */
  async openSocket(welcome: (socket: WebSocket) => void): Promise<void> {
    this.sockets = new WebSocketServer({ host: '127.0.0.1', port: this.base + 2 });
    this.sockets.on('connection', welcome);
    await once(this.sockets, 'listening');
  }

  async closeSocket(): Promise<void> {
    const { sockets } = this;
    this.sockets = null;
    if (sockets === null) return;
    for (const client of sockets.clients) client.terminate();
    await new Promise((done) => sockets.close(done));
  }

  async close(): Promise<void> {
    await this.closeSocket();
    this.site.closeAllConnections();
    await new Promise((done) => this.site.close(done));
  }

  private async serve({ url = '/' }: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(url, 'http://site');
    if (pathname.endsWith('/live_ajax.php')) return this.servePoll(searchParams, response);
    if (this.isCaptive) return void response.end('<html>Log in to the Wi-Fi</html>');
    if (pathname === '/oval/') this.pageLoads += 1;
    if (pathname === '/oval/') response.end('<html><script src="javascript/config.js"></script></html>');
    else if (pathname === '/oval/javascript/config.js') response.end(`var configPort = ${this.base};\nvar configHost = "127.0.0.1";\n`);
    else response.writeHead(404).end();
  }

  private async servePoll(query: URLSearchParams, response: ServerResponse): Promise<void> {
    const of = (name: string): string => query.get(name) ?? '';
    const asked = { init: of('init'), index: of('index'), port: of('port'), atMs: this.now() };
    this.polls.push(asked);
    const answer = await this.answer(asked);
    if (typeof answer === 'string') response.end(answer);
    else response.writeHead(answer).end();
  }
}

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}
