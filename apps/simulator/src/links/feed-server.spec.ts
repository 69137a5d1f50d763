import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import type { FeedFrame } from '../feed/feed.js';
import { FeedPlayer, type PlayerClock } from '../feed/feed-player.js';
import { FeedServer, type FeedServerOptions } from './feed-server.js';

const START_MS = 1_700_000_000_000;
const servers: FeedServer[] = [];
const clients: WebSocket[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.terminate();
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

async function serve(options: Partial<FeedServerOptions> = {}): Promise<FeedServer> {
  const server = await FeedServer.start({ host: '127.0.0.1', port: 0, clientBufferBytes: 1024 * 1024, page: () => null, http: (_request, response) => void response.end('site'), ...options });
  servers.push(server);
  return server;
}

/** A client that keeps what it hears. */
async function join(server: FeedServer): Promise<{ socket: WebSocket; heard: string[]; hears: (count: number) => Promise<string[]> }> {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/`);
  clients.push(socket);
  const heard: string[] = [];
  socket.on('message', (message: Buffer) => heard.push(message.toString()));
  await once(socket, 'open');
  const hears = async (count: number): Promise<string[]> => {
    while (heard.length < count) await once(socket, 'message');
    return heard;
  };
  return { socket, heard, hears };
}

function frame(text: string, atMs = START_MS): FeedFrame {
  return { atMs, text };
}

function race(count: number, everyMs = 1_000): FeedFrame[] {
  return Array.from({ length: count }, (_, index) => ({ atMs: START_MS + index * everyMs, text: `r1|#|${index}\n` }));
}

class SteppedClock implements PlayerClock {
  nowMs = 7;
  readonly pauses: number[] = [];
  now(): number {
    return this.nowMs;
  }
  async sleep(ms: number): Promise<void> {
    this.pauses.push(ms);
    this.nowMs += ms;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe(FeedServer.name, () => {
  it('gives a client the page first, then every frame in order', async () => {
    const server = await serve({ page: () => ({ text: 'init|r|\nmsg||\n', holdsNext: false }) });
    const client = await join(server);
    await client.hears(1);
    server.broadcast(frame('a\n'));
    server.broadcast(frame('b\n'));
    expect(await client.hears(3)).toEqual(['init|r|\nmsg||\n', 'a\n', 'b\n']);
    expect(server.state()).toEqual({ clients: 1, tooSlow: 0, sentFrames: 3 });
  });

  it('gives a late client the page of that moment and the same updates as the others', async () => {
    let page = 'first page\n';
    const server = await serve({ page: () => ({ text: page, holdsNext: false }) });
    const early = await join(server);
    await early.hears(1);
    server.broadcast(frame('a\n'));
    page = 'second page\n';
    const late = await join(server);
    await late.hears(1);
    server.broadcast(frame('b\n'));
    expect(await late.hears(2)).toEqual(['second page\n', 'b\n']);
    expect(await early.hears(3)).toEqual(['first page\n', 'a\n', 'b\n']);
  });

  it('cuts off a client that does not read, and serves the others on', async () => {
    const server = await serve({ clientBufferBytes: 64 * 1024 });
    const slow = await join(server);
    const fast = await join(server);
    const cut = once(slow.socket, 'close');
    slow.socket.pause();
    const line = 'x'.repeat(256 * 1024);
    let sent = 0;
    while (server.state().tooSlow === 0) {
      server.broadcast(frame(line));
      sent += 1;
      await fast.hears(sent);
    }
    slow.socket.resume();
    await cut;
    server.broadcast(frame('after\n'));
    expect((await fast.hears(sent + 1)).at(-1)).toBe('after\n');
  });

  it('lives with a client that talks', async () => {
    const server = await serve();
    const talker = await join(server);
    const gone = once(talker.socket, 'close');
    talker.socket.send('y'.repeat(5_000));
    await gone;
    const client = await join(server);
    server.broadcast(frame('a\n'));
    expect(await client.hears(1)).toEqual(['a\n']);
  });

  it('says in one sentence that its port is taken', async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 cannot be used`);
  });
});

describe(FeedPlayer.name, () => {
  it('sends each frame when it is due at the speed asked for', async () => {
    const server = await serve();
    const client = await join(server);
    const clock = new SteppedClock();
    await new FeedPlayer({ audience: server, speed: 4, clock, signal: new AbortController().signal }).play(race(4));
    expect(clock.pauses).toEqual([250, 250, 250]);
    expect(await client.hears(4)).toEqual(race(4).map((frame) => frame.text));
  });

  it('waits for its clients at the highest speed instead of cutting them off', async () => {
    const server = await serve({ clientBufferBytes: 128 * 1024 });
    const client = await join(server);
    const frames = race(400).map((frame) => ({ ...frame, text: frame.text.padEnd(8_192, 'x') }));
    await new FeedPlayer({ audience: server, speed: Infinity, clock: new SteppedClock(), signal: new AbortController().signal }).play(frames);
    expect(await client.hears(400)).toHaveLength(400);
    expect(server.state().tooSlow).toBe(0);
  });

  it('stops between two frames when it is told to', async () => {
    const server = await serve();
    const stop = new AbortController();
    const clock = new SteppedClock();
    clock.sleep = () => {
      stop.abort();
      return Promise.resolve();
    };
    await new FeedPlayer({ audience: server, speed: 1, clock, signal: stop.signal }).play(race(10));
    const client = await join(server);
    expect(client.heard).toEqual([]);
    expect(server.state().sentFrames).toBe(0);
  });
});
