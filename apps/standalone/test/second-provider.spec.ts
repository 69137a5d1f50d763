import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { type NotificationMessage, type RawMessage, type StandardMessage, TOPICS, notificationMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { EmbeddedBroker } from '@lts/messaging';
import { ParserEnv, parserStageWith } from '@lts/parser';
import { PROVIDERS } from '@lts/timing-providers';
import { WsListenerEnv, wsListenerStageWith } from '@lts/ws-listener';
import { WebSocketServer } from 'ws';
import { paddock } from './paddock/paddock.js';

jest.setTimeout(60_000);

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../../..');
const BOTH = [paddock, ...PROVIDERS];
const PAGE = JSON.stringify({ paddock: 'page', title: 'Night race', karts: [{ number: '7', team: 'TEAM A', laps: 3 }, { number: '9', team: 'TEAM B', laps: 2 }] });
const LAP = JSON.stringify({ paddock: 'lap', kart: '7', ms: 61_234 });
const APEX_PAGE = 'init|r|\ntitle2||RACE\ngrid||<tbody></tbody>\nmsg||\n';

describe('a second timing provider', () => {
  let broker: EmbeddedBroker;
  let site: Server;
  let sockets: WebSocketServer;
  let isSocketTold = true;
  let news: string[];
  let records: StandardMessage[];
  let notes: string[];
  const stages: RunningStage[] = [];

  beforeEach(async () => {
    broker = new EmbeddedBroker();
    [records, notes, news, isSocketTold] = [[], [], [], true];
    sockets = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    site = createServer(({ url }, response) => response.end(answerOf(url ?? '')));
    await Promise.all([once(sockets, 'listening'), once(site.listen(0, '127.0.0.1'), 'listening')]);
    broker.group(TOPICS.standard, 'test').attach((messages) => Promise.resolve(void records.push(...messages.map(({ value }) => value as StandardMessage))));
    broker.group(TOPICS.notifications, 'test').attach((messages) => Promise.resolve(void notes.push(...messages.map(({ value }) => (value as NotificationMessage).data.type))));
    // each page counts as stored at once
    broker.group(TOPICS.rawMessages, 'test').attach(async (messages) => {
      for (const { key, value } of messages) if (BOTH.some((provider) => provider.startsPage((value as RawMessage).data))) await finish(key, (value as RawMessage).id);
    });
  });
  afterEach(async () => {
    await Promise.all(stages.splice(0).map((stage) => stage.stop()));
    await broker.close();
    for (const client of sockets.clients) client.terminate();
    site.closeAllConnections();
    await Promise.all([new Promise((done) => sockets.close(done)), new Promise((done) => site.close(done))]);
  });

  /** The REST API as far as the two stages use it, and the provider's web site. */
  function answerOf(url: string): string {
    if (url === '/paddock/oval/feed.json') return JSON.stringify({ socket: isSocketTold ? `ws://127.0.0.1:${portOf(sockets)}/` : 'ws://127.0.0.1:9/' });
    if (url === '/paddock/oval/news.json') return news.shift() ?? '';
    return url.endsWith('/settings') ? '[]' : '{}';
  }

  function finish(competition: string, initId: string): Promise<void> {
    const value = notificationMessage({ id: `${initId}:end`, competitionCode: competition, source: 'test', atMs: 1, data: { type: 'init-finished', data: { init_id: initId, outcome: 'stored' } } });
    return broker.transport().publisher.publish(TOPICS.notifications, [{ key: competition, kind: 'init-finished', value }]);
  }

  async function start(...competitions: string[]): Promise<void> {
    const api = ['--api_lts', `http://127.0.0.1:${portOf(site)}`, '--verbosity', '0'];
    const folder = mkdtempSync(join(tmpdir(), 'second-provider-'));
    const parser = readEnv(ParserEnv, { argv: [...api, '--unknowns_path', folder], variables: {}, file: null });
    const listener = readEnv(WsListenerEnv, { argv: [...api, '--spool_path', folder, '--competitions', competitions.join(',')], variables: {}, file: null });
    stages.push(await startStage(parserStageWith(BOTH), { env: parser.env, transport: broker.transport() }));
    stages.push(await startStage(wsListenerStageWith(BOTH), { env: listener.env, transport: broker.transport() }));
  }

  const typesOf = (competition: string): string[][] => records.filter(({ competition_code: code }) => code === competition).map(({ data }) => data.actions.map(({ type }) => type));

  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise((resume) => setTimeout(resume, 10));
  }

  it('is reached by its own pages, and its frames become the same actions, beside a circuit of the first provider', async () => {
    sockets.on('connection', (socket, { url }) => {
      for (const text of url === '/apex' ? [APEX_PAGE] : [PAGE, LAP]) socket.send(text);
    });
    await start(`second=http://127.0.0.1:${portOf(site)}/paddock/oval/`, `first=ws://127.0.0.1:${portOf(sockets)}/apex`);
    await until(() => records.length === 3);
    expect(typesOf('second')).toEqual([['start-session', 'initialize'], ['add-lap']]);
    expect(typesOf('first')[0]).toContain('initialize');
    expect(records.find(({ data }) => data.actions[0]?.type === 'add-lap')?.data.actions[0]).toMatchObject({ data: { participant_code: 'k7', lap: 4, time_ms: 61_234 } });
    expect(notes.filter((type) => type === 'init-ongoing')).toHaveLength(2);
  });

  it('keeps the promises of a fold: nothing makes it throw, and a page makes one initialize', () => {
    const fold = paddock.newFold({});
    const pages = ['{"paddock":"page"}', '{"paddock":"page","title":{},"karts":[null,5,{"number":7}]}', '{"paddock":"page","karts":"x"}'];
    for (const text of ['', 'null', '[1]', '{', '{"paddock":"lap","kart":[]}', ...pages]) {
      const { actions } = fold.apply({ atMs: 1, text });
      expect(actions.filter(({ type }) => type === 'initialize')).toHaveLength(paddock.startsPage(text) ? 1 : 0);
    }
    const restored = paddock.restoreFold(JSON.parse(JSON.stringify(fold.snapshot())), {});
    expect(restored.apply({ atMs: 2, text: PAGE })).toEqual(fold.apply({ atMs: 2, text: PAGE }));
  });

  it('is polled where its websocket cannot be opened', async () => {
    isSocketTold = false;
    news = [PAGE];
    await start(`second=http://127.0.0.1:${portOf(site)}/paddock/oval/`);
    await until(() => records.length === 1);
    expect(typesOf('second')).toEqual([['start-session', 'initialize']]);
  });
});

describe('docs/providers.md', () => {
  const text = readFileSync(join(root, 'docs/providers.md'), 'utf8');

  it('shows the provider that these tests run', () => {
    const shown = /```ts\n([\s\S]*?)```/.exec(text)?.[1];
    expect(shown).toBe(readFileSync(join(here, 'paddock/paddock.ts'), 'utf8'));
  });

  it('names files that are there', () => {
    const links = [...text.matchAll(/\]\((\.\.\/[^)#]+)\)/g)].map(([, path]) => path ?? '');
    expect(links.length).toBeGreaterThan(3);
    expect(links.filter((path) => !existsSync(resolve(root, 'docs', path)))).toEqual([]);
  });

  it('explains every member of the interface', () => {
    const body = /export interface TimingProvider \{([\s\S]*?)\n\}/.exec(readFileSync(join(root, 'libs/timing-providers/src/provider.ts'), 'utf8'))?.[1] ?? '';
    const members = [...body.matchAll(/^ {2}(?:readonly )?(\w+)[(:]/gm)].map(([, member]) => member ?? '');
    expect(members.length).toBeGreaterThan(6);
    expect(members.filter((member) => !text.includes(`| \`${member}\``))).toEqual([]);
  });
});

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}
