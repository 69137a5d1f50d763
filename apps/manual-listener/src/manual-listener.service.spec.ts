import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { frameId, notificationMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { EmbeddedBroker, type Publisher, type Transport } from '@lts/messaging';
import { ManualListenerEnv } from './env.js';
import { ManualListenerService } from './manual-listener.service.js';
import { manualListenerStage } from './stage.js';

const START_MS = 1_700_000_000_000;
const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';

interface Heard {
  id: string;
  text: string;
  createdAt: number;
  source: string;
}

describe(ManualListenerService.name, () => {
  let broker: EmbeddedBroker;
  let api: Server;
  let watermark: string | null;
  let folder = '';
  let heard: Heard[];
  let storesInits: boolean;
  let apiAnswers: boolean;
  let asked: number;
  const running: RunningStage[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'manual-listener-'));
    broker = new EmbeddedBroker();
    heard = [];
    watermark = null;
    storesInits = true;
    apiAnswers = true;
    asked = 0;
    broker.group('raw-messages', 'test').attach(async (messages) => {
      for (const { value } of messages) {
        const { id, data, created_at: createdAt, source } = value as { id: string; data: string; created_at: number; source: string };
        heard.push({ id, text: data, createdAt, source });
        if (storesInits && data.startsWith('init|')) await finish(id);
      }
    });
    api = createServer((_request, response) => {
      asked += 1;
      if (!apiAnswers) return;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(watermark === null ? {} : { 'api-sender': watermark }));
    });
    api.listen(0, '127.0.0.1');
    await once(api, 'listening');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((stage) => stage.stop()));
    await broker.close();
    api.closeAllConnections();
    await new Promise((done) => api.close(done));
    rmSync(folder, { recursive: true, force: true });
  });

  function finish(initId: string): Promise<void> {
    const value = notificationMessage({ id: `${initId}:done`, competitionCode: 'night', source: 'api-sender', atMs: 1, data: { type: 'init-finished', data: { init_id: initId, outcome: 'stored' } } });
    return broker.transport().publisher.publish('notifications', [{ key: 'night', kind: 'init-finished', value }]);
  }

  async function start(positionals: string[] = [], ...flags: string[]): Promise<ManualListenerService> {
    return (await startOn(broker.transport(), positionals, ...flags)).app.get(ManualListenerService);
  }

  async function startOn(transport: Transport, positionals: string[] = [], ...flags: string[]): Promise<RunningStage> {
    const argv = ['--competition_code', 'night', '--api_lts', `http://127.0.0.1:${(api.address() as AddressInfo).port}`, '--spool_path', join(folder, 'spool'), '--verbosity', '0', '--speed', 'max'];
    const { env } = readEnv(ManualListenerEnv, { argv: [...argv, ...flags], variables: {}, file: null });
    const stage = await startStage(manualListenerStage, { env, transport, positionals });
    running.push(stage);
    return stage;
  }

  function write(name: string, content: string | Buffer): string {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  }

  /** A recording of another recorder: a frame a second. */
  function foreign(name: string, texts: string[]): string {
    const lines = texts.map((text, index) => JSON.stringify({ receivedAtMs: START_MS + index * 1_000, text }));
    return write(name, name.endsWith('.gz') ? gzipSync(`${lines.join('\n')}\n`) : `${lines.join('\n')}\n`);
  }

  const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `r1|#|${index}\nr2|#|${index}\n`);
  const texts = (): string[] => heard.map((one) => one.text);

  async function until(isTrue: () => boolean): Promise<void> {
    while (!isTrue()) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  it('sends a recording in order, with its stamps, and counts what it read', async () => {
    const path = foreign('race.ndjson.gz', [...many(700), PAGE, ...many(3), '\n', PAGE, 'r1|#|9\n']);
    const listener = await start([path]);
    expect(await listener.done).toMatchObject({ frames: 707, lines: 1_415, skipped: 0, published: 706 });
    await broker.idle();
    expect(texts()).toEqual([...many(700), PAGE, ...many(3), PAGE, 'r1|#|9\n']);
    expect(heard.slice(0, 2).map((one) => one.createdAt)).toEqual([START_MS / 1000, START_MS / 1000 + 1]);
    expect(heard[0]!.source).toBe('manual-listener');
  });

  it('gives the same recording the same ids, so that sending it again changes nothing', async () => {
    const path = foreign('race.ndjson', many(1_100));
    await (await start()).replay(path);
    await broker.idle();
    const ids = heard.map((one) => one.id);
    expect([...ids].sort()).toEqual(ids);
    watermark = ids.at(-1) ?? null;
    const again = await (await start()).replay(path);
    expect(again).toMatchObject({ frames: 1_100, skipped: 1_100, published: 0 });
    expect(heard).toHaveLength(1_100);
  });

  it('goes on where the API stands after a run that ended early', async () => {
    const path = foreign('race.ndjson', many(1_100));
    await (await start()).replay(path);
    await broker.idle();
    const first = heard.splice(0);
    watermark = first[777]!.id;
    expect(await (await start()).replay(path)).toMatchObject({ skipped: 778, published: 322 });
    await broker.idle();
    expect(heard).toEqual(first.slice(778));
  });

  it('refuses a recording that does not fit what the competition holds, before it sends anything', async () => {
    const path = foreign('race.ndjson', many(20));
    watermark = frameId({ timeMs: START_MS + 3_600_000, counter: 1 });
    const listener = await start([path]);
    await expect(listener.done).rejects.toMatchObject({ code: 'LTS_RECORDING_CONFLICT' });
    watermark = frameId({ timeMs: START_MS + 5_000, counter: 99 });
    await expect(listener.replay(path)).rejects.toThrow('under another --competition_code');
    expect(heard).toEqual([]);
  });

  it('keeps the ids of a recording of our own, and takes its parts as one', async () => {
    const own = (counter: number): string => JSON.stringify({ id: frameId({ timeMs: START_MS, counter }), receivedAtMs: START_MS, competition: 'night', source: 'ws-listener', text: `r1|#|${counter}\n` });
    const parts = [write('2026-01-01-0001.ndjson', `${own(1)}\n${own(2)}\n`), write('2026-01-01-0002.ndjson', `${own(3)}\n${own(4)}\n`)];
    watermark = frameId({ timeMs: START_MS, counter: 3 });
    const listener = await start();
    expect(await listener.replay(parts)).toMatchObject({ skipped: 3, published: 1 });
    await broker.idle();
    expect(heard.map((one) => one.id)).toEqual([frameId({ timeMs: START_MS, counter: 4 })]);
  });

  it('holds a recording behind its init until that is stored', async () => {
    storesInits = false;
    const listener = await start();
    const replay = listener.replay(foreign('race.ndjson', ['light|lg|\n', PAGE, 'r1|#|1\n']));
    await until(() => heard.length === 2);
    expect(listener.progress.published).toBe(2);
    await finish(heard[1]!.id);
    expect(await replay).toMatchObject({ published: 3 });
  });

  it('sends single frames at once, exactly as they are, stamped when sent, one after the other', async () => {
    const page = write('1.txt', PAGE);
    const update = write('2.txt', ' r1|#|1 \r\n');
    watermark = frameId({ timeMs: 4_000_000_000_000, counter: 5 });
    const before = Date.now();
    const listener = await start();
    await listener.replay([page, update]);
    await broker.idle();
    expect(texts()).toEqual([PAGE, ' r1|#|1 \r\n']);
    expect(heard[0]!.createdAt * 1_000).toBeGreaterThanOrEqual(before);
    expect(heard[0]!.id).toBe(frameId({ timeMs: 4_000_000_000_000, counter: 6 }));
  });

  it('takes a folder, and tells its progress', async () => {
    foreign('a.ndjson', many(600));
    write('b.txt', 'r3|#|1\n');
    const told: number[] = [];
    const done = await (await start()).replay(folder, (progress) => told.push(progress.published));
    expect(done).toMatchObject({ frames: 601, published: 601 });
    expect(told).toEqual([...told].sort((one, other) => one - other));
    expect(told.at(-1)).toBe(601);
  });

  it('says what is wrong with a path, and goes on with the next one', async () => {
    const listener = await start();
    await expect(listener.replay(join(folder, 'nothing.ndjson'))).rejects.toThrow('There is no file or folder');
    await expect(listener.replay(write('bad.ndjson', 'no json\n'))).rejects.toThrow('bad.ndjson, line 1');
    expect(await listener.replay(foreign('good.ndjson', many(2)))).toMatchObject({ published: 2 });
  });

  it('stops in the middle of a slow replay when the stage ends', async () => {
    const listener = await start([foreign('race.ndjson', many(50))], '--speed', '1');
    await until(() => heard.length > 0);
    const done = listener.done;
    await running.splice(0)[0]!.stop();
    await expect(done).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    expect(heard.length).toBeLessThan(50);
  });

  it('ends when it is stopped while a single frame waits for an init, and sends that frame the next time', async () => {
    storesInits = false;
    const { done } = await start([write('1.txt', PAGE), write('2.txt', 'r1|#|1\n')]);
    await until(() => heard.length === 1);
    const ended = expect(done).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    await running.splice(0)[0]!.stop();
    await ended;
    await (await start()).replay(write('3.txt', 'r1|#|2\n'));
    await broker.idle();
    expect(texts()).toEqual([PAGE, 'r1|#|1\n', 'r1|#|2\n']);
  });

  it.each([
    ['a recording', 'race.ndjson'],
    ['a single frame', 'one.txt'],
  ])('ends when it is stopped while the broker is away, in the middle of %s', async (_what, name) => {
    const away = broker.transport();
    const sends: string[] = [];
    const publisher: Publisher = { publish: (topic) => (sends.push(topic), new Promise(() => undefined)) };
    const path = name.endsWith('.txt') ? write(name, 'r1|#|1\n') : foreign(name, many(2));
    const stage = await startOn({ ...away, publisher, health: () => ({ ready: true, consumers: [] }), consumer: (options) => away.consumer(options) }, [path]);
    const ended = expect(stage.app.get(ManualListenerService).done).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    await until(() => sends.length === 1);
    await stage.stop();
    await ended;
  });

  it.each([['a recording', 'race.ndjson'], ['a single frame', 'one.txt']])('ends when it is stopped before the API has answered, in the middle of %s', async (_what, name) => {
    apiAnswers = false;
    const path = name.endsWith('.txt') ? write(name, 'r1|#|1\n') : foreign(name, many(2));
    const ended = expect((await start([path])).done).rejects.toMatchObject({ code: 'LTS_STOPPING' });
    await until(() => asked > 0);
    await running.splice(0)[0]!.stop();
    await ended;
    expect(heard).toEqual([]);
  });

  it('refuses a speed that is none', async () => {
    await expect(start([], '--speed', 'fast')).rejects.toThrow('--speed must be a factor');
  });
});
