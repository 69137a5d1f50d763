import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Clock } from '@lts/feed-intake';
import { type WebSocket, WebSocketServer } from 'ws';
import { PROVIDERS, providerOfAddress } from '@lts/timing-providers';
import { CompetitionLink, type CompetitionLinkParts } from './competition-link.js';

const LIMITS = { silenceMs: 0, pingMs: 20_000, pongLimitMs: 10_000, handshakeLimitMs: 5_000, maxFrameBytes: 64 * 1024 };
const START_MS = 1_700_000_000_000;

/** Pauses end at once and are noted; the time stands still unless a test moves it. */
class NotedClock implements Clock {
  nowMs = START_MS;
  readonly pauses: number[] = [];
  now(): number {
    return this.nowMs;
  }
  async sleep(ms: number): Promise<void> {
    this.pauses.push(ms);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

class Sink {
  readonly frames: { text: string; atMs: number }[] = [];
  isFull = false;
  private waiting: (() => void)[] = [];
  private listeners: (() => void)[] = [];

  accept(text: string, atMs: number): Promise<void> {
    this.frames.push({ text, atMs });
    for (const tell of this.listeners.splice(0)) tell();
    return this.isFull ? new Promise((resolve) => this.waiting.push(resolve)) : Promise.resolve();
  }
  makeRoom(): void {
    this.isFull = false;
    for (const resolve of this.waiting.splice(0)) resolve();
  }
  async has(count: number): Promise<string[]> {
    while (this.frames.length < count) await new Promise<void>((resolve) => this.listeners.push(resolve));
    return this.frames.map((frame) => frame.text);
  }
}

describe(CompetitionLink.name, () => {
  let server: WebSocketServer;
  let sink: Sink;
  let clock: NotedClock;
  let reports: { event: string; [detail: string]: unknown }[];
  let reported: (() => void)[];
  let sockets: CompetitionLink[];
  let runs: Promise<void>[];
  const others: Server[] = [];

  beforeEach(async () => {
    server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await once(server, 'listening');
    sink = new Sink();
    clock = new NotedClock();
    reports = [];
    reported = [];
    sockets = [];
    runs = [];
  });
  afterEach(async () => {
    for (const socket of sockets) socket.stop();
    await Promise.all(runs);
    for (const client of server.clients) client.terminate();
    await new Promise((resolve) => server.close(resolve));
    for (const other of others.splice(0)) other.close();
  });

  function uriOf(listening: { address(): unknown }): string {
    return `ws://127.0.0.1:${(listening.address() as AddressInfo).port}/`;
  }

  function listen(parts: { uri?: string; headers?: Record<string, string>; limits?: Partial<CompetitionLinkParts['limits']> } = {}): CompetitionLink {
    const uri = parts.uri ?? uriOf(server);
    const socket = new CompetitionLink({
      target: { competition: 'c', uri, headers: parts.headers ?? {} },
      provider: providerOfAddress(new URL(uri), PROVIDERS),
      limits: { ...LIMITS, ...parts.limits },
      sink,
      clock,
      report: (event, details) => {
        reports.push({ event, ...details });
        for (const tell of reported.splice(0)) tell();
      },
    });
    sockets.push(socket);
    runs.push(socket.run());
    return socket;
  }

  async function connection(): Promise<WebSocket> {
    const [client] = (await once(server, 'connection')) as [WebSocket];
    return client;
  }

  async function lost(count: number): Promise<Record<string, unknown>[]> {
    const found = (): Record<string, unknown>[] => reports.filter((report) => report.event === 'link-lost');
    while (found().length < count) await new Promise<void>((resolve) => reported.push(resolve));
    return found();
  }

  it('hands on frames exactly as received, stamped, in order, and counts blank ones apart', async () => {
    const socket = listen();
    const client = await connection();
    for (const text of ['init|r|\r\ntrack||Óval\n', '\n', ' r1|#|1 \n']) client.send(text);
    client.send(Buffer.from('r2|#|2\n'), { binary: true });
    expect(await sink.has(3)).toEqual(['init|r|\r\ntrack||Óval\n', ' r1|#|1 \n', 'r2|#|2\n']);
    expect(sink.frames[0]!.atMs).toBe(START_MS);
    expect(socket.state()).toMatchObject({ isOpen: true, frames: 3, blankFrames: 1, lastDataAtMs: START_MS, linksLost: 0 });
  });

  it('lives with bytes that are no UTF-8, in text and in binary frames', async () => {
    listen();
    const client = await connection();
    client.send(Buffer.from([0x72, 0x31, 0xff, 0x0a]), { binary: false });
    client.send(Buffer.from([0xc3, 0x28, 0x0a]), { binary: true });
    expect(await sink.has(2)).toEqual(['r1\uFFFD\n', '\uFFFD(\n']);
  });

  it('never sends a message, and sends the headers it was given', async () => {
    const arrived: string[] = [];
    let origin: string | undefined;
    server.on('connection', (client, request) => {
      origin = request.headers.origin;
      client.on('message', (message: Buffer) => arrived.push(message.toString()));
    });
    listen({ headers: { Origin: 'https://live.example' }, limits: { pingMs: 10 } });
    const client = await connection();
    await once(client, 'ping');
    client.send('r1|#|1\n');
    await sink.has(1);
    await once(client, 'ping');
    expect({ arrived, origin }).toEqual({ arrived: [], origin: 'https://live.example' });
  });

  it('connects again when the server closes, with pauses that grow up to half a minute', async () => {
    server.on('connection', (client) => client.close(1001, 'going'));
    listen();
    const links = await lost(8);
    expect(links[0]).toMatchObject({ wasOpen: true, reason: 'closed with code 1001 (going)' });
    while (clock.pauses.length < 8) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.pauses[0]).toBe(1_000);
    expect(clock.pauses.slice(0, 8).every((pause) => pause >= 1_000 && pause <= 30_000)).toBe(true);
    expect(clock.pauses[7]).toBeGreaterThanOrEqual(15_000);
  });

  it('starts with the short pause again after a link that lasted', async () => {
    server.on('connection', (client) => client.close());
    const socket = listen();
    await lost(6);
    server.removeAllListeners('connection');
    const client = await connection();
    while (!socket.state().isOpen) await new Promise((resolve) => setImmediate(resolve));
    clock.nowMs += 3_600_000;
    const before = reports.length;
    client.close();
    await lost(7);
    while (clock.pauses.length < 7) await new Promise((resolve) => setImmediate(resolve));
    expect(clock.pauses[6]).toBe(1_000);
    expect(reports.length).toBeGreaterThan(before);
  });

  it('keeps trying while nobody answers at the address', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const uri = uriOf(closed);
    closed.close();
    const socket = listen({ uri });
    const links = await lost(3);
    expect(String(links[2]!['reason'])).toContain('ECONNREFUSED');
    expect(socket.state()).toMatchObject({ isOpen: false, frames: 0 });
  });

  it('gives up a handshake that hangs', async () => {
    const mute = createServer(() => undefined);
    others.push(mute);
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    listen({ uri: uriOf(mute), limits: { handshakeLimitMs: 30 } });
    expect((await lost(1))[0]).toMatchObject({ wasOpen: false, reason: 'Opening handshake has timed out' });
  });

  it('makes the link anew when no data comes, although pings are answered', async () => {
    listen({ limits: { silenceMs: 60, pingMs: 10, pongLimitMs: 5_000 } });
    expect((await lost(1))[0]).toMatchObject({ wasOpen: true, reason: 'no data for 60 ms' });
    await connection();
  });

  it('takes blank frames as a sign of life', async () => {
    const socket = listen({ limits: { silenceMs: 400 } });
    const client = await connection();
    for (let round = 0; round < 12; round += 1) {
      client.send('\n');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(socket.state()).toMatchObject({ isOpen: true, linksLost: 0, blankFrames: 12 });
  });

  it('notices a half-open link by the ping that nobody answers', async () => {
    const halfOpen = await pausableRelay(server);
    others.push(halfOpen.relay);
    listen({ uri: uriOf(halfOpen.relay), limits: { pingMs: 20, pongLimitMs: 40 } });
    const client = await connection();
    client.send('r1|#|1\n');
    await sink.has(1);
    halfOpen.swallow();
    expect((await lost(1))[0]).toMatchObject({ wasOpen: true, reason: 'no answer to a ping for 40 ms' });
  });

  it('stops reading while the sink is full, loses nothing, and does not take the quiet for a dead link', async () => {
    const socket = listen({ limits: { pingMs: 10, pongLimitMs: 20, silenceMs: 30 } });
    sink.isFull = true;
    const client = await connection();
    client.send('first\n');
    await sink.has(1);
    for (let index = 0; index < 100; index += 1) client.send(`later ${index}\n`);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(socket.state()).toMatchObject({ isOpen: true, linksLost: 0 });
    expect(sink.frames.length).toBeLessThan(101);
    sink.makeRoom();
    expect((await sink.has(101)).at(-1)).toBe('later 99\n');
  });

  it('ends a link that sends a frame beyond the limit, and says so', async () => {
    listen();
    const client = await connection();
    client.send('x'.repeat(LIMITS.maxFrameBytes + 1));
    expect((await lost(1))[0]).toMatchObject({ reason: 'Max payload size exceeded' });
    expect(sink.frames).toEqual([]);
  });

  it('ends at once when it is stopped, open or waiting', async () => {
    const socket = listen();
    const client = await connection();
    const closed = once(client, 'close');
    socket.stop();
    await Promise.all([...runs, closed]);
    expect(reports.filter((report) => report.event === 'link-lost')).toEqual([]);
  });
});

/** A TCP relay in front of the server that can be told to swallow everything without closing anything. */
async function pausableRelay(target: WebSocketServer): Promise<{ relay: Server; swallow: () => void }> {
  const pairs: [Socket, Socket][] = [];
  const port = (target.address() as AddressInfo).port;
  const relay = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    pairs.push([near, far]);
    for (const socket of [near, far]) socket.on('error', () => socket.destroy());
    near.pipe(far);
    far.pipe(near);
    near.on('close', () => far.destroy());
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    relay,
    swallow: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.resume();
        far.resume();
      }
    },
  };
}
