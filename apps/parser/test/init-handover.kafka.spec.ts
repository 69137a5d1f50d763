import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { FrameIdSequence, type RawMessage, type StandardMessage, notificationMessage, parkedTopic, rawMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { InitLockService } from '@lts/init-lock';
import { type Transport, kafkaTransport } from '@lts/messaging';
import { describeWithKafka } from '@lts/testing';
import { CompetitionParser } from '../src/competition-parser.js';
import { ParserEnv } from '../src/env.js';
import { parserStage } from '../src/stage.js';
import { SmallApi, lap, page } from './surroundings.js';

const PARTITIONS = 2;
const COMPETITIONS = ['cup-a', 'monday', 'final', 'b-cup', 'night', 'sprint'];
const WAIT_LIMIT_MS = 90_000;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + WAIT_LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`It never became true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** A page, then frames with a lap each. */
function raceOf(competition: string): RawMessage[] {
  const ids = new FrameIdSequence(null);
  const startMs = 1_700_000_000_000;
  const texts = [page(), ...Array.from({ length: 40 }, (_, index) => lap('r1', index + 1))];
  return texts.map((data, index) => rawMessage({ id: ids.next(startMs + index * 60_000), competitionCode: competition, source: 'test', atMs: startMs + index * 60_000, data }));
}

/** What one fold over all frames leads to. */
function expectedOf(frames: readonly RawMessage[]): StandardMessage['data'][] {
  const parser = new CompetitionParser(frames[0]!.competition_code, {});
  for (const { id, created_at, source, data } of frames) parser.fold({ id, atMs: Math.round(created_at * 1000), source, text: data });
  return parser.outbox.map(({ data }) => data);
}

describeWithKafka('the parser on Kafka: a handover in the middle of an initialisation', (broker) => {
  const api = new SmallApi();
  let url = '';
  const running: { stage: RunningStage; transport: Transport }[] = [];

  beforeAll(async () => {
    url = await api.start();
  });
  afterAll(() => api.stop());
  afterEach(async () => {
    for (const { stage, transport } of running.splice(0)) {
      await stage.stop();
      await transport.close();
    }
  });

  it.each([
    ['hold up their partition', 60_000],
    ['are set aside', 300],
  ])('tells every frame of every competition once and in order, when those that wait %s', async (_how, waitMs) => {
    api.watermarks.clear();
    const name = randomUUID().slice(0, 8);
    const topics = { raw: `raw-${name}`, standard: `standard-${name}`, notifications: `notifications-${name}`, state: `state-${name}` };
    for (const topic of [topics.raw, topics.standard, topics.state]) broker().createTopic(topic, PARTITIONS);
    for (const topic of [topics.notifications, parkedTopic(topics.raw)]) broker().createTopic(topic);
    const own = kafkaTransport({ kafkaServers: broker().servers }, 'spec');
    const start = async (): Promise<Transport> => {
      const argv = ['--api_lts', url, '--verbosity', '0', '--kafka_servers', broker().servers.join(','), '--kafka_consume', topics.raw, '--kafka_produce', topics.standard, '--kafka_notifications', topics.notifications, '--kafka_state', topics.state, '--competition_wait_ms', String(waitMs), '--kafka_group', `parser-${name}`, '--unknowns_path', join(mkdtempSync(join(tmpdir(), 'lts-parser-')), 'unknowns')];
      const { env } = readEnv(ParserEnv, { argv, variables: {}, file: null });
      const transport = kafkaTransport(env, 'parser', { sessionTimeoutMs: 10_000 });
      running.push({ stage: await startStage(parserStage, { env, transport }), transport });
      await until(() => transport.health().ready);
      return transport;
    };
    const records = async (competition: string): Promise<StandardMessage['data'][]> => {
      const found: StandardMessage['data'][] = [];
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        await own.past!.each({ topic: topics.standard, partition, key: competition, from: '0', until: '99999999', group: `reader-${name}` }, (messages) => void found.push(...messages.map(({ value }) => (value as StandardMessage).data)));
      }
      return found;
    };
    const races = COMPETITIONS.map(raceOf);
    const publish = (frames: readonly RawMessage[]): Promise<void> => own.publisher.publish(topics.raw, frames.map((value) => ({ key: value.competition_code, kind: 'raw', value })));
    const told = (count: (frames: readonly RawMessage[]) => number): Promise<boolean> => Promise.all(races.map(async (frames) => (await records(frames[0]!.competition_code)).length >= count(frames))).then((all) => all.every(Boolean));

    await start();
    await publish(races.flatMap((frames) => frames.slice(0, 20)));
    await until(() => told(() => 1));
    // both partitions are in the middle of initialisations; one of them goes to the second instance
    await start();
    for (const frames of races) await publish(frames.slice(20));
    await until(() => running.every(({ stage }) => stage.app.get(InitLockService).state().length > 0));
    if (waitMs < 1_000) await until(() => running.every(({ transport }) => transport.health().consumers.some(({ aside }) => (aside ?? []).some(({ reason }) => reason === null))));
    for (const [{ id, competition_code: competition, created_at: createdAt }] of races as [RawMessage][]) {
      api.watermarks.set(competition, id);
      const value = notificationMessage({ id: `${id}:end`, competitionCode: competition, source: 'test', atMs: createdAt * 1000, data: { type: 'init-finished', data: { init_id: id, outcome: 'stored' } } });
      await own.publisher.publish(topics.notifications, [{ key: competition, kind: 'init-finished', value }]);
    }
    await until(() => told((frames) => expectedOf(frames).length));
    await until(() => running.every(({ transport }) => transport.health().consumers.every(({ lag, aside }) => (lag === 0 || lag === null) && (aside ?? []).length === 0)));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    for (const frames of races) {
      const all = await records(frames[0]!.competition_code);
      const [first, ...rest] = all;
      // whoever takes over tells the page again, since nobody knows that it was told
      const told = rest.filter(({ frame }) => frame !== first?.frame);
      expect([first, ...told]).toEqual(expectedOf(frames));
    }
    await own.close();
  }, 240_000);
});
