import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LiveFeed } from './live-feed.js';
import type { LiveFeedOptions } from './live-feed.js';

type Script = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers request after request with the next script; the last one stays. */
class ScriptedApi {
  readonly requests: IncomingMessage[] = [];
  readonly #server: Server;

  constructor(scripts: Script[]) {
    this.#server = createServer((request, response) => {
      const script = scripts[Math.min(this.requests.length, scripts.length - 1)];
      this.requests.push(request);
      script?.(request, response);
    });
  }

  async listen(): Promise<URL> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return new URL(`http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1/c/~a/live`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const heartbeat = (id: number): string => `event: heartbeat\nid: ${id}\ndata: {"clock":{"now_ms":${id}}}\n\n`;
const open = (response: ServerResponse): ServerResponse => response.writeHead(200, { 'content-type': 'text/event-stream' });

describe(LiveFeed.name, () => {
  let api: ScriptedApi;
  let feed: LiveFeed | undefined;
  let heard: string[];

  beforeEach(() => {
    heard = [];
  });

  afterEach(async () => {
    feed?.stop();
    await api.close();
  });

  /** Runs a feed against the scripts until `isEnough`. */
  async function follow(scripts: Script[], isEnough: () => boolean, options: Partial<LiveFeedOptions> = {}): Promise<void> {
    api = new ScriptedApi(scripts);
    const url = await api.listen();
    await new Promise<void>((resolve) => {
      const hear = (text: string): void => {
        heard.push(text);
        if (isEnough()) resolve();
      };
      const onMessage: LiveFeedOptions['onMessage'] = (message) => hear(`${message.kind} ${message.clock.nowMs ?? ''}`);
      feed = new LiveFeed({ url, bearer: null, firstPauseMs: 5, onMessage, onConnection: hear, ...options });
      void feed.run();
    });
  }

  it('comes back after a cut and resumes where it was', async () => {
    const cut: Script = (_, response) => open(response).write(heartbeat(7), () => response.destroy());
    const stay: Script = (_, response) => open(response).write(heartbeat(8));
    await follow([cut, stay], () => heard.includes('heartbeat 8'));
    expect(heard).toEqual(['connecting', 'live', 'heartbeat 7', 'reconnecting', 'live', 'heartbeat 8']);
    expect(api.requests.map((request) => request.headers['last-event-id'])).toEqual([undefined, '7']);
  });

  it('gives up a link that stays silent', async () => {
    const silent: Script = (_, response) => open(response).flushHeaders();
    const stay: Script = (_, response) => open(response).write(heartbeat(2));
    await follow([silent, stay], () => heard.includes('heartbeat 2'), { silenceMs: 20 });
    expect(heard).toEqual(['connecting', 'live', 'reconnecting', 'live', 'heartbeat 2']);
  });

  it('asks for a whole snapshot after an event it could not read', async () => {
    const broken: Script = (_, response) => open(response).write(`${heartbeat(3)}event: change\nid: 4\ndata: {"rows":[\n\n`);
    const stay: Script = (_, response) => open(response).write(heartbeat(5));
    await follow([broken, stay], () => heard.includes('heartbeat 5'));
    expect(api.requests.map((request) => request.headers['last-event-id'])).toEqual([undefined, undefined]);
  });

  it('keeps trying while the API fails or does not know the competition yet', async () => {
    const answer = (status: number): Script => (_, response) => response.writeHead(status).end();
    const stay: Script = (_, response) => open(response).write(heartbeat(1));
    await follow([answer(502), answer(404), stay], () => heard.includes('heartbeat 1'));
    expect(heard).toEqual(['connecting', 'reconnecting', 'missing', 'live', 'heartbeat 1']);
  });

  it('stops when access is denied, and sends the token it has', async () => {
    await follow([(_, response) => response.writeHead(403).end()], () => heard.includes('denied'), { bearer: 'abc' });
    expect(api.requests[0]?.headers.authorization).toBe('Bearer abc');
    expect(api.requests).toHaveLength(1);
  });

  it('connects anew at once when told to hurry', async () => {
    const stay: Script = (_, response) => open(response).write(heartbeat(api.requests.length));
    await follow([stay], () => {
      if (heard.includes('heartbeat 1') && !heard.includes('reconnecting')) queueMicrotask(() => feed?.hurry());
      return heard.includes('heartbeat 2');
    });
    expect(heard).toEqual(['connecting', 'live', 'heartbeat 1', 'reconnecting', 'live', 'heartbeat 2']);
  });

  it('tells nothing any more once it is stopped', async () => {
    const stay: Script = (_, response) => open(response).write(heartbeat(1));
    await follow([stay], () => heard.includes('heartbeat 1'));
    feed?.stop();
    await api.close();
    expect(heard).toEqual(['connecting', 'live', 'heartbeat 1']);
  });
});
