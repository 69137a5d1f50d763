import { once } from 'node:events';
import { type IncomingMessage, type Server, createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { BatchRequest } from '@lts/contracts';
import { LtsApiClient } from './lts-api-client.js';

interface Asked {
  method: string;
  path: string;
  authorization: string | undefined;
  body: unknown;
}

/** An API over real HTTP that answers what the test says. */
class ScriptedApi {
  readonly asked: Asked[] = [];
  /** `METHOD path` -> status and body. */
  readonly answers = new Map<string, [number, unknown]>();
  bearers = 0;
  private readonly server: Server = createServer((request, response) => {
    void read(request).then((body) => {
      const asked = { method: request.method ?? '', path: request.url ?? '', authorization: request.headers.authorization, body };
      this.asked.push(asked);
      const [status, answer] = this.answer(asked);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private answer({ method, path, authorization, body }: Asked): [number, unknown] {
    if (path === '/v1/auth') return JSON.stringify(body) === '{"key":"secret"}' ? [200, { bearer: `b${(this.bearers += 1)}` }] : [401, { message: 'Invalid API key.' }];
    if (authorization !== `Bearer b${this.bearers}`) return [403, { message: 'Invalid authentication.' }];
    return this.answers.get(`${method} ${path}`) ?? [404, { detail: 'Not Found' }];
  }
}

async function read(request: IncomingMessage): Promise<unknown> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text === '' ? null : JSON.parse(text);
}

describe(LtsApiClient.name, () => {
  let api: ScriptedApi;
  let url: string;
  const clients: LtsApiClient[] = [];

  beforeEach(async () => {
    api = new ScriptedApi();
    url = await api.start();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.onModuleDestroy();
    await api.stop();
  });

  function client(options: { apiKey?: string; apiLts?: string; apiTimeoutMs?: number } = {}): LtsApiClient {
    const made = new LtsApiClient({ apiLts: url, apiKey: 'secret', apiTimeoutMs: 1_000, ...options });
    clients.push(made);
    return made;
  }

  it('signs in when it must, and keeps the bearer', async () => {
    api.answers.set('GET /v1/c/~a%2Fb/watermark', [200, { 'api-sender': '01' }]);
    const one = client();
    expect(await one.watermark('a/b')).toBe('01');
    expect(await one.watermark('a/b', 'metrics')).toBeNull();
    expect(api.asked.filter(({ path }) => path === '/v1/auth')).toHaveLength(1);
  });

  it('signs in again when its bearer has ended', async () => {
    api.answers.set('GET /v1/c/~c', [200, { id: 3, competition_code: 'c' }]);
    const one = client();
    await one.competition('c');
    api.bearers += 1;
    expect(await one.competition('c')).toMatchObject({ id: 3 });
  });

  it('says that the key is refused, without telling the key', async () => {
    await expect(client({ apiKey: 'wrong' }).watermark('c')).rejects.toMatchObject({ code: 'LTS_API_UNAUTHORISED', retriable: true, message: expect.not.stringContaining('wrong') as unknown });
  });

  it('tells a request refused for good from an API that is away', async () => {
    const request: BatchRequest = { competition: 'c', writer: 'api-sender', from: '01', to: '01', operations: [] };
    api.answers.set('POST /v1/batch', [400, { status_code: 400, message: 'The competition does not exist.' }]);
    await expect(client().batch(request)).rejects.toMatchObject({ code: 'LTS_API_REJECTED', retriable: false, status: 400, answer: 'The competition does not exist.' });
    api.answers.set('POST /v1/batch', [503, {}]);
    await expect(client().batch(request)).rejects.toMatchObject({ code: 'LTS_API_UNAVAILABLE', retriable: true });
    await expect(client({ apiLts: 'http://127.0.0.1:1' }).batch(request)).rejects.toMatchObject({ code: 'LTS_API_UNAVAILABLE', message: expect.stringContaining('does not answer') as unknown });
  });

  it('takes an answer that is none for an API that is away', async () => {
    api.answers.set('POST /v1/batch', [200, { hello: 'world' }]);
    await expect(client().batch({ competition: 'c', writer: 'api-sender', from: '01', to: '01', operations: [] })).rejects.toMatchObject({ code: 'LTS_API_UNAVAILABLE' });
  });

  it('finds a track by its name, or makes it', async () => {
    api.answers.set('GET /v1/tracks', [200, [{ id: 4, name: 'North' }]]).set('POST /v1/tracks', [200, { id: 5, name: 'South' }]);
    expect(await client().trackId('North')).toBe(4);
    expect(await client().trackId('South')).toBe(5);
  });

  it('finds the track that another instance made at the same moment', async () => {
    api.answers.set('GET /v1/tracks', [200, []]).set('POST /v1/tracks', [400, { message: 'No data was inserted or updated.' }]);
    const one = client();
    const made = one.trackId('South');
    setTimeout(() => api.answers.set('GET /v1/tracks', [200, [{ id: 6, name: 'South' }]]), 0);
    await expect(made.catch(() => one.trackId('South'))).resolves.toBe(6);
  });

  it('tells who made each parser setting', async () => {
    api.answers.set('GET /v1/c/~c/parsers/settings', [200, [{ name: 'timing-lap', value: 'c6', source: 'user' }, { name: 'broken' }]]);
    expect(await client().parserSettings('c')).toEqual([{ name: 'timing-lap', value: 'c6', source: 'user' }]);
  });
});
