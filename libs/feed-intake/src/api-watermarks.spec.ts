import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ApiWatermarks } from './api-watermarks.js';

describe(ApiWatermarks.name, () => {
  let api: Server;
  let asked: string[];
  let isOpenToAll: boolean;
  let status: number;
  let text: string;

  beforeEach(async () => {
    asked = [];
    isOpenToAll = true;
    status = 200;
    text = '{"api-sender":"FRAME","metrics":"OTHER"}';
    api = createServer((request, response) => {
      const { authorization = '' } = request.headers;
      asked.push(`${request.method ?? ''} ${request.url ?? ''} ${authorization}`.trim());
      if (request.url === '/v1/auth') {
        let body = '';
        request.on('data', (chunk: Buffer) => (body += chunk.toString()));
        request.on('end', () => (body === '{"key":"right"}' ? response.end('{"bearer":"b1"}') : response.writeHead(401).end('{}')));
      } else if (isOpenToAll || authorization === 'Bearer b1') response.writeHead(status).end(text);
      else response.writeHead(403).end();
    });
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
  });
  afterEach(() => new Promise<unknown>((done) => api.close(done)));

  function watermarks(apiKey?: string): ApiWatermarks {
    const apiLts = `http://127.0.0.1:${(api.address() as AddressInfo).port}/`;
    return new ApiWatermarks({ apiLts, apiTimeoutMs: 5_000, ...(apiKey === undefined ? {} : { apiKey }) });
  }

  it('takes the watermark of the writer of the timing, under the encoded code', async () => {
    expect(await watermarks().watermark('a/b ñ')).toBe('FRAME');
    expect(asked).toEqual(['GET /v1/c/~a%2Fb%20%C3%B1/watermark']);
  });

  it('knows of no frame when the API has none', async () => {
    text = '{}';
    expect(await watermarks().watermark('new')).toBeNull();
  });

  it('signs in when it is refused, and stays signed in', async () => {
    isOpenToAll = false;
    const source = watermarks('right');
    expect([await source.watermark('c'), await source.watermark('c')]).toEqual(['FRAME', 'FRAME']);
    expect(asked).toEqual(['GET /v1/c/~c/watermark', 'POST /v1/auth', 'GET /v1/c/~c/watermark Bearer b1', 'GET /v1/c/~c/watermark Bearer b1']);
  });

  it.each([['wrong'], [undefined]])('says that the key is refused: %p', async (apiKey) => {
    isOpenToAll = false;
    await expect(watermarks(apiKey).watermark('c')).rejects.toMatchObject({ code: 'LTS_API_UNAUTHORISED', retriable: true });
  });

  it('does not hold a connection for each answer that is of no use', async () => {
    let connections = 0;
    api.on('connection', () => (connections += 1));
    text = 'x'.repeat(100_000);
    const source = watermarks('right');
    for (status of [503, 401, 404, 503, 200, 403]) await source.watermark('c').catch(() => null);
    expect(asked.length).toBeGreaterThan(6);
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('takes an error, an answer of another kind and no answer at all as away', async () => {
    const away = { code: 'LTS_API_UNAVAILABLE', retriable: true };
    status = 502;
    await expect(watermarks().watermark('c')).rejects.toMatchObject(away);
    status = 200;
    text = '<html>';
    await expect(watermarks().watermark('c')).rejects.toMatchObject(away);
    await expect(new ApiWatermarks({ apiLts: 'http://127.0.0.1:1', apiTimeoutMs: 1_000 }).watermark('c')).rejects.toMatchObject(away);
  });
});
