import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStage, StageHealth, startStage } from '@lts/bootstrap';
import { frameId, notificationMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { EmbeddedBroker } from '@lts/messaging';
import { type WebSocket, WebSocketServer } from 'ws';
import { Circuit } from '../test/circuit.js';
import { WsListenerEnv } from './env.js';
import { wsListenerStage } from './stage.js';
import { WsListenerService } from './ws-listener.service.js';

const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';
const AHEAD_MS = 4_000_000_000_000;

describe(WsListenerService.name, () => {
  let broker: EmbeddedBroker;
  let circuit: WebSocketServer;
  let api: Server;
  let apiAnswers: { status: number; body: object };
  let asked: string[];
  let heard: { topic: string; id: string; text: string }[];
  let spool = '';
  const running: RunningStage[] = [];

  beforeEach(async () => {
    spool = mkdtempSync(join(tmpdir(), 'ws-listener-'));
    broker = new EmbeddedBroker();
    heard = [];
    asked = [];
    for (const topic of ['raw-messages', 'notifications']) {
      broker.group(topic, 'test').attach((messages) => {
        for (const { value } of messages) {
          const { id, data } = value as { id: string; data: string | { type: string } };
          heard.push({ topic, id, text: typeof data === 'string' ? data : data.type });
        }
        return Promise.resolve();
      });
    }
    apiAnswers = { status: 200, body: {} };
    api = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (apiAnswers.status === 0) return;
      response.writeHead(apiAnswers.status, { 'content-type': 'application/json' }).end(JSON.stringify(apiAnswers.body));
    });
    api.listen(0, '127.0.0.1');
    circuit = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    await Promise.all([once(api, 'listening'), once(circuit, 'listening')]);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((stage) => stage.stop()));
    await broker.close();
    for (const client of circuit.clients) client.terminate();
    api.closeAllConnections();
    await Promise.all([new Promise((done) => circuit.close(done)), new Promise((done) => api.close(done))]);
    rmSync(spool, { recursive: true, force: true });
  });

  const portOf = (server: { address(): unknown }): number => (server.address() as AddressInfo).port;
  const texts = (topic = 'raw-messages'): string[] => heard.filter((one) => one.topic === topic).map((one) => one.text);

  async function start(...flags: string[]): Promise<RunningStage> {
    const argv = ['--competition_code', 'night', '--websocket_uri', `ws://127.0.0.1:${portOf(circuit)}/`, '--api_lts', `http://127.0.0.1:${portOf(api)}`, '--spool_path', spool, '--verbosity', '0'];
    const { env } = readEnv(WsListenerEnv, { argv: [...argv, ...flags], variables: {}, file: null });
    const stage = await startStage(wsListenerStage, { env, transport: broker.transport() });
    running.push(stage);
    return stage;
  }

  async function client(): Promise<WebSocket> {
    const [socket] = (await once(circuit, 'connection')) as [WebSocket];
    return socket;
  }

  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  function finish(initId: string): Promise<void> {
    const value = notificationMessage({ id: `${initId}:done`, competitionCode: 'night', source: 'api-sender', atMs: 1, data: { type: 'init-finished', data: { init_id: initId, outcome: 'stored' } } });
    return broker.transport().publisher.publish('notifications', [{ key: 'night', kind: 'init-finished', value }]);
  }

  it('publishes the page, holds the rest until init-finished, then goes on in order', async () => {
    const connected = client();
    await start();
    const socket = await connected;
    for (const text of [PAGE, 'r1|#|1\n', '\n', 'r1|#|2\n']) socket.send(text);
    await until(() => texts().length === 1);
    expect(texts('notifications')).toEqual(['init-ongoing']);
    await finish(heard.find((one) => one.text === PAGE)!.id);
    await until(() => texts().length === 3);
    expect(texts()).toEqual([PAGE, 'r1|#|1\n', 'r1|#|2\n']);
  });

  it('does not connect before the API has said where the competition stands, and continues above that', async () => {
    apiAnswers = { status: 503, body: {} };
    let connections = 0;
    circuit.on('connection', () => (connections += 1));
    await start();
    await until(() => asked.length > 0);
    expect(connections).toBe(0);
    const connected = client();
    apiAnswers = { status: 200, body: { 'api-sender': frameId({ timeMs: AHEAD_MS, counter: 8 }) } };
    (await connected).send('r1|#|1\n');
    await until(() => texts().length === 1);
    expect(heard[0]!.id).toBe(frameId({ timeMs: AHEAD_MS, counter: 9 }));
    expect(asked[0]).toContain('/v1/c/~night/watermark');
  });

  it.each([['answers with an error', 503], ['does not answer', 0]])('ends when it is stopped while it waits for an API that %s', async (_what, status) => {
    apiAnswers = { status, body: {} };
    const stage = await start();
    await until(() => asked.length > 0);
    await stage.stop();
    expect(stage.app.get(WsListenerService).state()).toEqual({});
  });

  it('publishes after a restart what it had received but not yet sent, each frame once', async () => {
    const connected = client();
    const first = await start();
    const socket = await connected;
    for (const text of [PAGE, 'r1|#|1\n', 'r1|#|2\n']) socket.send(text);
    await until(() => first.app.get(WsListenerService).state()['night']?.frames === 3);
    await until(() => texts().length === 1);
    await first.stop();
    expect(texts()).toEqual([PAGE]);
    await start();
    await until(() => texts().length === 3);
    expect(texts()).toEqual([PAGE, 'r1|#|1\n', 'r1|#|2\n']);
  });

  it('listens to several competitions, each under its own key', async () => {
    const sockets: WebSocket[] = [];
    circuit.on('connection', (socket, request) => {
      sockets.push(socket);
      socket.send(`title1||${request.url ?? ''}\n`);
    });
    const stage = await start('--competitions', `day=ws://127.0.0.1:${portOf(circuit)}/day`);
    await until(() => texts().length === 2);
    expect(texts().sort()).toEqual(['title1||/\n', 'title1||/day\n']);
    expect(Object.keys(stage.app.get(WsListenerService).state()).sort()).toEqual(['day', 'night']);
  });

  it('finds a circuit by its public page, and shows in its health by what way', async () => {
    const oval = await Circuit.open();
    await oval.openSocket((socket) => socket.send(PAGE));
    const stage = await start('--websocket_uri', oval.page);
    await until(() => texts().length === 1);
    expect(texts()).toEqual([PAGE]);
    expect(stage.app.get(StageHealth).report().parts['links']).toMatchObject({ ready: true, competitions: { night: { isOpen: true, via: `ws://127.0.0.1:${oval.basePort + 2}/` } } });
    await stage.stop();
    await oval.close();
  });

  it('publishes what a poll brings as frames of their own, under the same lock', async () => {
    const oval = await Circuit.open();
    oval.answer = ({ index }) => (index === '0' ? `1@1@${PAGE}` : '');
    const stage = await start('--websocket_uri', oval.page);
    await until(() => texts().length === 1);
    expect({ raw: texts(), notes: texts('notifications') }).toEqual({ raw: [PAGE], notes: ['init-ongoing'] });
    await stage.stop();
    await oval.close();
  });

  it('refuses a wrong address with one sentence', async () => {
    await expect(start('--websocket_uri', 'ftp://nowhere')).rejects.toMatchObject({ code: 'LTS_SOCKET_URI' });
  });
});
