import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { FrameIdSequence, type RawMessage, type StandardMessage, rawMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { type Transport, kafkaTransport } from '@lts/messaging';
import { Simulation } from '@lts/race-simulator';
import { describeWithKafka } from '@lts/testing';
import { CompetitionParser } from '../src/competition-parser.js';
import { ParserEnv } from '../src/env.js';
import { ParserService } from '../src/parser.service.js';
import { parserStage } from '../src/stage.js';
import { SmallApi } from './surroundings.js';

const PARTITIONS = 2;
const COMPETITIONS = ['cup-a', 'monday', 'final', 'b-cup', 'night', 'sprint'];
const WAIT_LIMIT_MS = 60_000;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + WAIT_LIMIT_MS;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`It never became true: ${condition.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** The frames of one race, for one competition. */
function framesOf(competition: string): RawMessage[] {
  const ids = new FrameIdSequence(null);
  const race = new Simulation({ seed: 7, teams: 4, hours: 0.1, rules: 'short-stints-13h', dialect: 'es-endurance', startMs: Date.UTC(2026, 0, 1, 10), day: false, eventful: false });
  return [...race.frames()].map(({ atMs, text }) => rawMessage({ id: ids.next(atMs), competitionCode: competition, source: 'test', atMs, data: text }));
}

/** What one fold over all frames leads to. */
function expectedOf(frames: readonly RawMessage[]): StandardMessage['data'][] {
  const parser = new CompetitionParser(frames[0]!.competition_code, {});
  for (const { id, created_at, source, data } of frames) parser.fold({ id, atMs: Math.round(created_at * 1000), source, text: data });
  return parser.outbox.map(({ data }) => data);
}

describeWithKafka('the parser on Kafka', (broker) => {
  const api = new SmallApi();
  let url = '';
  const stages: { stage: RunningStage; transport: Transport }[] = [];
  const transports: Transport[] = [];

  beforeAll(async () => {
    url = await api.start();
    for (const competition of COMPETITIONS) api.watermarks.set(competition, '7ZZZZZZZZZZZZZZZZZZZZZZZZZ');
  });
  afterAll(() => api.stop());
  afterEach(async () => {
    for (const one of stages.splice(0)) await stop(one);
    for (const transport of transports.splice(0)) await transport.close();
  });

  async function stop({ stage, transport }: { stage: RunningStage; transport: Transport }): Promise<void> {
    await stage.stop();
    await transport.close();
  }

  /** Topics of a race of their own, and what is done on them. */
  function newRace() {
    const name = randomUUID().slice(0, 8);
    const topics = { raw: `raw-${name}`, standard: `standard-${name}`, notifications: `notifications-${name}`, state: `state-${name}` };
    for (const topic of [topics.raw, topics.standard, topics.state]) broker().createTopic(topic, PARTITIONS);
    broker().createTopic(topics.notifications);
    const own = kafkaTransport({ kafkaServers: broker().servers }, 'spec');
    transports.push(own);

    const start = async (...flags: string[]) => {
      const argv = ['--api_lts', url, '--verbosity', '0', '--kafka_servers', broker().servers.join(','), '--kafka_consume', topics.raw, '--kafka_produce', topics.standard, '--kafka_notifications', topics.notifications, '--kafka_state', topics.state, '--kafka_group', `parser-${name}`, '--unknowns_path', join(mkdtempSync(join(tmpdir(), 'lts-parser-')), 'unknowns'), ...flags];
      const { env } = readEnv(ParserEnv, { argv, variables: {}, file: null });
      const transport = kafkaTransport(env, 'parser', { sessionTimeoutMs: 3_000 });
      const one = { stage: await startStage(parserStage, { env, transport }), transport };
      stages.push(one);
      await until(() => transport.health().ready);
      return { ...one, parser: one.stage.app.get(ParserService) };
    };
    const publish = (frames: readonly RawMessage[]): Promise<void> => own.publisher.publish(topics.raw, frames.map((value) => ({ key: value.competition_code, kind: 'raw', value })));
    const records = async (competition: string): Promise<StandardMessage['data'][]> => {
      const found: StandardMessage['data'][] = [];
      for (let partition = 0; partition < PARTITIONS; partition += 1) {
        await own.past!.each({ topic: topics.standard, partition, key: competition, from: '0', until: '99999999', group: `reader-${name}` }, (messages) => void found.push(...messages.map(({ value }) => (value as StandardMessage).data)));
      }
      return found;
    };
    const expectRecords = async (frames: readonly RawMessage[]): Promise<void> => {
      const expected = expectedOf(frames);
      await until(async () => (await records(frames[0]!.competition_code)).length >= expected.length);
      expect(await records(frames[0]!.competition_code)).toEqual(expected);
    };
    const state = async (competition: string) => (await own.past!.latest(topics.state, competition, `reader-${name}`))?.value;
    return { start, publish, records, expectRecords, state };
  }

  it('goes on from its stored state after a restart, and tells nothing twice', async () => {
    const { start, publish, expectRecords, state } = newRace();
    const frames = framesOf('cup-a');
    const cut = Math.floor(frames.length * 0.6);
    const first = await start();
    await publish(frames.slice(0, cut));
    await expectRecords(frames.slice(0, cut));
    await until(() => first.transport.health().consumers.every(({ lag }) => lag === 0 || lag === null));
    await stop(first);
    expect(await state('cup-a')).toMatchObject({ competition: 'cup-a', version: 2, frame: frames[cut - 1]!.id, partial: false });
    await publish(frames.slice(cut));
    const second = await start();
    await expectRecords(frames);
    expect(second.parser.counts.frames).toBe(frames.length - cut);
    expect(second.parser.partialCompetitions).toEqual([]);
  }, 120_000);

  it('folds all that the topic still holds when there is no stored state', async () => {
    const { start, publish, expectRecords, state } = newRace();
    const frames = framesOf('cup-a');
    const cut = Math.floor(frames.length * 0.4);
    const elsewhere = `elsewhere-${randomUUID().slice(0, 8)}`;
    broker().createTopic(elsewhere);
    const first = await start('--kafka_state', elsewhere);
    await publish(frames.slice(0, cut));
    await expectRecords(frames.slice(0, cut));
    await stop(first);
    expect(await state('cup-a')).toBeUndefined();
    await publish(frames.slice(cut));
    await start();
    await expectRecords(frames);
  }, 120_000);

  it('shows a competition that begins without its past', async () => {
    const { start, publish } = newRace();
    const { parser } = await start();
    await publish(framesOf('cup-a').slice(5, 20));
    await until(() => parser.counts.frames === 15);
    expect(parser.partialCompetitions).toEqual(['cup-a']);
  }, 120_000);

  it('hands competitions over to another instance in the middle and takes them back, as if there were one', async () => {
    const { start, publish, records, expectRecords } = newRace();
    const races = COMPETITIONS.map(framesOf);
    const length = races[0]!.length;
    const [one, two] = [Math.floor(length / 3), Math.floor((2 * length) / 3)];
    const told = (upTo: number): Promise<boolean> =>
      Promise.all(races.map(async (frames) => (await records(frames[0]!.competition_code)).length >= expectedOf(frames.slice(0, upTo)).length)).then((all) => all.every(Boolean));
    const first = await start();
    for (const frames of races) await publish(frames.slice(0, one));
    await until(() => told(one));
    const second = await start();
    for (const frames of races) await publish(frames.slice(one, two));
    await until(() => told(two));
    expect(second.parser.counts.frames).toBeGreaterThan(0);
    expect(first.parser.counts.frames).toBeGreaterThan(COMPETITIONS.length * one);
    await stop(second);
    for (const frames of races) await publish(frames.slice(two));
    for (const frames of races) await expectRecords(frames);
  }, 180_000);
});
