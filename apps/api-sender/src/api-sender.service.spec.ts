import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { type BatchRequest, FrameIdSequence, type NotificationMessage, type StandardMessage, TOPICS, parkedTopic, standardMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { EmbeddedBroker } from '@lts/messaging';
import type { Action, Initialize } from '@lts/race-actions';
import { ApiSenderService } from './api-sender.service.js';
import { ApiSenderEnv } from './env.js';
import { apiSenderStage } from './stage.js';

/** The API over real HTTP, as far as the sender uses it: it refuses whole batches that hold a forbidden path. */
class PickyApi {
  readonly batches: BatchRequest[] = [];
  readonly competitions = new Set<string>();
  forbidden = '~forbidden';
  /** Somebody makes the competition just after its first batch was refused. */
  isMadeMeanwhile = false;
  failures = 0;
  watermark = '';
  private readonly server: Server = createServer((request, response) => {
    void (async () => {
      let text = '';
      for await (const chunk of request) text += String(chunk);
      const [status, answer] = this.answer(`${request.method ?? ''} ${request.url ?? ''}`, text === '' ? {} : (JSON.parse(text) as Record<string, unknown>));
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    })();
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

  private answer(what: string, body: Record<string, unknown>): [number, unknown] {
    if (what === 'POST /v1/batch') return this.batch(body as unknown as BatchRequest);
    if (what === 'GET /v1/tracks') return [200, []];
    if (what === 'POST /v1/tracks') return [200, { id: 1, name: body['name'] }];
    if (what === 'POST /v1/c') {
      this.competitions.add(String(body['competition_code']));
      return [200, { id: 1, competition_code: body['competition_code'] }];
    }
    const code = what.replace('GET /v1/c/~', '');
    return [200, this.competitions.has(code) ? { id: 1, competition_code: code } : {}];
  }

  private batch(batch: BatchRequest): [number, unknown] {
    if ((this.failures -= 1) >= 0) return [503, {}];
    if (!this.competitions.has(batch.competition)) {
      if (this.isMadeMeanwhile) this.competitions.add(batch.competition);
      return [400, { message: `The competition with code "${batch.competition}" does not exist.` }];
    }
    if (batch.operations.some(({ path }) => path.includes(this.forbidden))) return [422, { detail: 'forbidden' }];
    this.batches.push(batch);
    const skipped = batch.operations.filter(({ id }) => id.slice(0, 26) <= this.watermark).length;
    this.watermark = batch.to > this.watermark ? batch.to : this.watermark;
    return [200, { watermark: this.watermark, applied: batch.operations.length - skipped, skipped, rejected: [] }];
  }
}

describe(ApiSenderService.name, () => {
  let api: PickyApi;
  let broker: EmbeddedBroker;
  let url: string;
  const stages: RunningStage[] = [];
  const finished: unknown[] = [];
  const parked: string[] = [];
  let ids: FrameIdSequence;

  beforeEach(async () => {
    api = new PickyApi();
    api.competitions.add('cup');
    url = await api.start();
    broker = new EmbeddedBroker();
    ids = new FrameIdSequence(null);
    finished.length = 0;
    parked.length = 0;
    listen(TOPICS.notifications, (value) => finished.push((value as NotificationMessage).data.data));
    listen(parkedTopic(TOPICS.standard), (value) => parked.push((value as { code: string }).code));
  });
  afterEach(async () => {
    for (const stage of stages.splice(0)) await stage.stop();
    await broker.close();
    await api.stop();
  });

  function listen(topic: string, heard: (value: unknown) => void): void {
    broker.group(topic, 'listening test').attach((messages) => {
      for (const { value } of messages) heard(value);
      return Promise.resolve();
    });
  }

  async function start(...flags: string[]): Promise<ApiSenderService> {
    const { env } = readEnv(ApiSenderEnv, { argv: ['--api_lts', url, '--verbosity', '0', ...flags], variables: {}, file: null });
    const stage = await startStage(apiSenderStage, { env, transport: broker.transport() });
    stages.push(stage);
    return stage.app.get(ApiSenderService);
  }

  function frame(...actions: Action[]): StandardMessage {
    const id = ids.next(1_000_000);
    const data = { frame: id, at_ms: 1_000_000, session: 1, actions: actions.map((action, index) => ({ ...action, id: `${id}:${index}` })) };
    return standardMessage({ id, competitionCode: 'cup', source: 'test', atMs: 1_000_000, data });
  }

  async function publish(...messages: StandardMessage[]): Promise<void> {
    await broker.transport().publisher.publish(TOPICS.standard, messages.map((value) => ({ key: 'cup', kind: 'standard', value })));
    await broker.idle();
  }

  const lap = (code: string, count: number): Action => ({ type: 'update-timing-lap', data: { participant_code: code, lap: count } });
  const page = (rows: string[]): Action => {
    const participants: Initialize['participants'] = rows.map((code, index) => ({ participant_code: code, position: index + 1, kart_number: 1, number_text: '1', team_name: code, driver_name: null, laps: 0, last_time: null, best_time: null, gap: null, interval: null, number_pits: 0, pit_time: null, state: 'running' }));
    return { type: 'initialize', data: { session: 1, stage: 'race', stage_text: '', title1: '', title2: '', track: 'NORTH', ranking: 'laps', status: 'ongoing', flag: null, remaining_length: null, parsers_settings: {}, participants } };
  };

  it('sends many frames in few batches and never splits a frame', async () => {
    const sender = await start('--batch_operations', '10');
    await publish(...Array.from({ length: 20 }, () => frame(lap('r1', 1), lap('r2', 1), lap('r3', 1))));
    expect(api.batches.every(({ operations }) => operations.length % 3 === 0 && operations.length <= 12)).toBe(true);
    expect(api.batches.flatMap(({ operations }) => operations)).toHaveLength(60);
    expect(sender.counts()).toMatchObject({ operations: 60, frames: 20, rejected: 0 });
  });

  it('announces the end of each initialisation once it is stored', async () => {
    await start();
    const full = frame(page(['r1']));
    const between = frame(lap('r1', 1));
    const empty = frame(page([]));
    await publish(full, between, empty);
    expect(finished).toEqual([{ init_id: full.id, outcome: 'stored' }, { init_id: empty.id, outcome: 'empty' }]);
  });

  it('announces it again when a restarted instance finds it stored already', async () => {
    await start();
    const full = frame(page(['r1']));
    await publish(full);
    await publish(full);
    expect(finished).toEqual([{ init_id: full.id, outcome: 'stored' }, { init_id: full.id, outcome: 'stored' }]);
  });

  it('sends each frame once when a parser that went on after a crash tells some of them again', async () => {
    const sender = await start('--batch_operations', '5');
    const frames = [frame(page(['r1'])), ...Array.from({ length: 12 }, (_, index) => frame(lap('r1', index + 1)))];
    await publish(...frames.slice(0, 9), ...frames.slice(4, 9), ...frames.slice(7));
    const ids = api.batches.flatMap(({ operations }) => operations.map(({ id }) => id));
    expect(ids.filter((id, index) => index > 0 && id < (ids[index - 1] ?? ''))).toEqual([]);
    expect(api.batches.map(({ to }) => to)).toEqual(api.batches.map(({ to }) => to).sort());
    expect(sender.counts()).toMatchObject({ frames: frames.length, skipped: 0 });
    expect(finished).toHaveLength(1);
  });

  it('sets the one frame apart that the API refuses, and sends the others', async () => {
    const sender = await start();
    await publish(frame(lap('r1', 1)), frame(page(['forbidden'])), frame(lap('r1', 2)), frame(lap('r1', 3)));
    expect(parked).toEqual(['LTS_API_REJECTED']);
    expect(finished).toMatchObject([{ outcome: 'parked' }]);
    expect(api.batches.flatMap(({ operations }) => operations).map(({ body }) => body['lap'])).toEqual([1, 2, 3]);
    expect(sender.counts()).toMatchObject({ operations: 3, rejected: 0 });
  });

  it('works as two instances at once: each has the latest of the API, and nothing is applied twice', async () => {
    const senders = [await start('--kafka_group', 'one'), await start('--kafka_group', 'two')];
    const full = frame(page(['r1']));
    await publish(full, ...Array.from({ length: 50 }, (_, index) => frame(lap('r1', index + 1))));
    const [one, two] = senders.map((sender) => sender.counts());
    const sent = api.batches.flatMap(({ operations }) => operations).length / 2;
    expect((one?.operations ?? 0) + (two?.operations ?? 0)).toBe(sent);
    expect((one?.skipped ?? 0) + (two?.skipped ?? 0)).toBe(sent);
    expect(finished).toEqual([{ init_id: full.id, outcome: 'stored' }, { init_id: full.id, outcome: 'stored' }]);
  });

  it('waits while the API is away, and loses nothing', async () => {
    await start();
    api.failures = 3;
    await publish(frame(lap('r1', 1)), frame(lap('r1', 2)));
    expect(api.batches.flatMap(({ operations }) => operations)).toHaveLength(2);
    expect(parked).toEqual([]);
  });

  it('makes a competition that the API does not know when it may', async () => {
    api.competitions.clear();
    await start('--auto_create_competition', 'true');
    await publish(frame(page(['r1'])));
    expect([...api.competitions]).toEqual(['cup']);
    expect(finished).toMatchObject([{ outcome: 'stored' }]);
  });

  it('parks nothing when somebody makes the competition between the refusal of its actions and the look whether it exists', async () => {
    api.competitions.clear();
    api.isMadeMeanwhile = true;
    await start();
    await publish(frame(page(['r1'])));
    expect(finished).toMatchObject([{ outcome: 'stored' }]);
    expect(parked).toEqual([]);
  });

  it('waits until somebody makes the competition when it may not', async () => {
    api.competitions.clear();
    await start();
    const published = publish(frame(page(['r1'])));
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(api.batches).toEqual([]);
    api.competitions.add('cup');
    await published;
    expect(finished).toMatchObject([{ outcome: 'stored' }]);
    expect(parked).toEqual([]);
  });
});
