import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Visitor, until } from '../../test/visitor.js';
import { FeedServer } from './feed-server.js';
import { FLOOD_PAGES, type LinkFaultKind } from './link-faults.js';
import { Link } from './link.js';

const PAGE = 'init|r|\nmsg||\n';
const frame = (atMs: number, text = `r1|#|${atMs}\n`): { atMs: number; text: string } => ({ atMs, text });

describe(Link.name, () => {
  const servers: FeedServer[] = [];
  const visitors: Visitor[] = [];
  afterEach(async () => {
    for (const visitor of visitors.splice(0)) visitor.leave();
    await Promise.all(servers.splice(0).map((server) => server.close()));
  });

  async function serve(options: { holdsNext?: boolean; keepAliveMs?: number; clientBufferBytes?: number; page?: string } = {}): Promise<FeedServer> {
    const { holdsNext = false, page = PAGE, ...rest } = options;
    const server = await FeedServer.start({ host: '127.0.0.1', port: 0, clientBufferBytes: 1024 * 1024, page: () => ({ text: page, holdsNext }), http: () => undefined, ...rest });
    servers.push(server);
    return server;
  }

  async function join(server: FeedServer): Promise<Visitor> {
    const visitor = await Visitor.join(`ws://127.0.0.1:${server.port}/`);
    visitors.push(visitor);
    await visitor.hears(1);
    return visitor;
  }

  const strike = (server: FeedServer, kind: LinkFaultKind, atMs = 0, durationMs = 0): void => server.strike({ kind, durationMs }, atMs);

  async function isAnswering({ socket }: Visitor): Promise<boolean> {
    socket.ping();
    return Promise.race([once(socket, 'pong').then(() => true), pause(500, false)]);
  }

  it('does not send a frame again that the page of a newcomer holds already', async () => {
    const server = await serve({ holdsNext: true });
    const visitor = await join(server);
    server.broadcast(frame(1));
    server.broadcast(frame(2));
    expect(await visitor.hears(2)).toEqual([PAGE, 'r1|#|2\n']);
  });

  it('cuts the connection without a closing word; who comes back gets the page', async () => {
    const server = await serve();
    const visitor = await join(server);
    const closed = once(visitor.socket, 'close');
    strike(server, 'cut');
    expect((await closed)[0]).toBe(1006);
    expect((await join(server)).heard).toEqual([PAGE]);
  });

  it('goes dead with the connection open: no frame, no answer to a ping', async () => {
    const server = await serve();
    const visitor = await join(server);
    expect(await isAnswering(visitor)).toBe(true);
    strike(server, 'half-open');
    server.broadcast(frame(1));
    expect(await isAnswering(visitor)).toBe(false);
    expect(visitor.heard).toEqual([PAGE]);
    expect(visitor.isClosed).toBe(false);
    expect(server.isBehind).toBe(false);
  });

  it('is silent for a while, answering pings, and then goes on where the race is', async () => {
    const server = await serve();
    const visitor = await join(server);
    strike(server, 'silent', 1_000, 60_000);
    server.broadcast(frame(2_000));
    server.broadcast(frame(60_999));
    expect(await isAnswering(visitor)).toBe(true);
    server.broadcast(frame(61_000));
    expect(await visitor.hears(2)).toEqual([PAGE, 'r1|#|61000\n']);
  });

  it('floods with pages, bounded in number and by the buffer of the client', async () => {
    const server = await serve();
    const visitor = await join(server);
    strike(server, 'flood');
    server.broadcast(frame(1));
    expect(await visitor.hears(FLOOD_PAGES + 2)).toEqual([...Array.from({ length: FLOOD_PAGES + 1 }, () => PAGE), 'r1|#|1\n']);
    const bounded = await serve({ clientBufferBytes: 256 * 1024, page: PAGE.padEnd(64 * 1024, 'x') });
    const slow = await join(bounded);
    slow.socket.pause();
    for (let times = 0; times < 50; times += 1) strike(bounded, 'flood');
    expect(bounded.isBehind).toBe(true);
    bounded.broadcast(frame(1));
    expect(bounded.state().tooSlow).toBe(0);
  });

  it('leaves those alone who come after the fault', async () => {
    const server = await serve();
    await join(server);
    strike(server, 'half-open');
    const later = await join(server);
    server.broadcast(frame(1));
    expect(await later.hears(2)).toEqual([PAGE, 'r1|#|1\n']);
  });

  it('sends a blank frame now and then as a sign of life', async () => {
    const visitor = await join(await serve({ keepAliveMs: 20 }));
    await until(() => visitor.heard.length > 2);
    expect(visitor.heard.slice(0, 3)).toEqual([PAGE, '', '']);
  });
});
