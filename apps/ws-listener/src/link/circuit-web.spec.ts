import { once } from 'node:events';
import { type RequestListener, type Server, createServer } from 'node:http';
import { type ServerOptions, createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocketServer } from 'ws';
import { selfSigned } from '../../test/certificates.js';
import { Arrivals } from './arrivals.js';
import { CircuitWeb } from './circuit-web.js';
import { SocketLink } from './socket-link.js';

const LIMITS = { readMs: 20_000, maxBytes: 1_000 };

describe(CircuitWeb.name, () => {
  const servers: Server[] = [];

  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  });

  async function serve(handle: RequestListener, tls?: ServerOptions): Promise<URL> {
    const server = tls === undefined ? createServer(handle) : createSecureServer(tls, handle);
    servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return new URL(`${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}/oval/?key=secret`);
  }

  const webOf = (limits: Partial<typeof LIMITS & { signal: AbortSignal }> = {}): CircuitWeb => new CircuitWeb({ origin: 'https://box.example' }, { ...LIMITS, signal: new AbortController().signal, ...limits });
  const faultOf = (address: URL, web = webOf()): Promise<unknown> => web.read(address).then(String, (error: unknown) => error);
  const unreachable = (words: string): unknown => expect.objectContaining({ code: 'LTS_CIRCUIT_UNREACHABLE', message: expect.stringContaining(words) });

  it('reads a page with the headers that were given, and says where it was found', async () => {
    const address = await serve(({ url, headers }, response) => {
      if (url?.startsWith('/oval/') === true) response.writeHead(302, { location: '/ring/' }).end();
      else response.end(`Óval ${String(headers['origin'])}`);
    });
    const page = await webOf().read(address);
    expect({ path: page?.address.pathname, text: page?.text }).toEqual({ path: '/ring/', text: 'Óval https://box.example' });
  });

  it('gives the user of the address, and what is personal, to its own host alone', async () => {
    const heard: (string | undefined)[][] = [];
    const other = await serve(({ headers }, response) => response.end(String(heard.push([headers.authorization, headers.cookie, headers.origin]))));
    const address = await serve(({ headers }, response) => {
      heard.push([headers.authorization, headers.cookie, headers.origin]);
      response.writeHead(307, { location: other.href }).end();
    });
    address.username = 'box';
    address.password = 's%40x';
    await new CircuitWeb({ Cookie: 'a=b', Origin: 'https://box.example' }, { ...LIMITS, signal: new AbortController().signal }).read(address);
    expect(heard).toEqual([[`Basic ${Buffer.from('box:s@x').toString('base64')}`, 'a=b', 'https://box.example'], [undefined, undefined, 'https://box.example']]);
  });

  it.each([404, 410])('knows by status %d that there is no such page', async (status) => {
    expect(await webOf().read(await serve((_request, response) => response.writeHead(status).end('no')))).toBeNull();
  });

  it('says which status a page answers with, and never a secret of its address', async () => {
    const fault = await faultOf(await serve((_request, response) => response.writeHead(403).end()));
    expect(fault).toEqual(unreachable('/oval/ answers with status 403'));
    expect(String(fault)).not.toContain('secret');
  });

  it('reads no more than the limit, and follows no endless redirects', async () => {
    expect(await faultOf(await serve((_request, response) => response.end('x'.repeat(1_001))))).toEqual(unreachable('is larger than 1000 bytes'));
    expect(await webOf().read(await serve((_request, response) => response.end('x'.repeat(1_000))))).toMatchObject({ text: 'x'.repeat(1_000) });
    expect(await faultOf(await serve((_request, response) => response.writeHead(301, { location: '/oval/' }).end()))).toEqual(unreachable('from place to place'));
  });

  it('waits no longer than the limit, for the page and within it', async () => {
    expect(await faultOf(await serve(() => undefined), webOf({ readMs: 50 }))).toEqual(unreachable('does not answer within 50 ms'));
    expect(await faultOf(await serve((_request, response) => response.write('x')), webOf({ readMs: 50 }))).toEqual(unreachable('does not answer within 50 ms'));
  });

  it('ends what it reads when it is told to', async () => {
    const ending = new AbortController();
    const address = await serve(() => ending.abort());
    await expect(webOf({ signal: ending.signal }).read(address)).rejects.toThrow();
  });

  it('says that nobody answers, and that a certificate is not trusted, or that there is none', async () => {
    const refused = await serve(() => undefined);
    await new Promise((done) => servers.pop()?.close(done));
    expect(await faultOf(refused)).toEqual(unreachable('ECONNREFUSED'));
    const untrusted = await serve((_request, response) => response.end(), selfSigned('IP:127.0.0.1'));
    expect(await faultOf(untrusted)).toEqual(unreachable('its certificate is not trusted (self-signed certificate): name the file of its authority in NODE_EXTRA_CA_CERTS'));
    const plain = await serve((_request, response) => response.end());
    plain.protocol = 'https:';
    expect(await faultOf(plain)).toEqual(unreachable('it does not speak TLS there'));
  });

  it('says the same of a websocket', async () => {
    const address = await serve(() => undefined, selfSigned('IP:127.0.0.1'));
    const sockets = new WebSocketServer({ server: servers[0]! });
    const clock = { now: () => 0, sleep: () => Promise.resolve() };
    const arrivals = new Arrivals({ clock, report: () => undefined, sink: { isFull: false, accept: () => Promise.resolve() } });
    const limits = { silenceMs: 0, pingMs: 20_000, pongLimitMs: 10_000, handshakeLimitMs: 5_000, maxFrameBytes: 1_000 };
    const end = await SocketLink.hold(`wss://127.0.0.1:${address.port}/`, { headers: {}, limits, clock, arrivals }, { signal: new AbortController().signal, onOpen: () => undefined });
    expect(end).toMatchObject({ wasOpen: false, reason: expect.stringContaining('its certificate is not trusted (self-signed certificate)') });
    sockets.close();
  });
});
