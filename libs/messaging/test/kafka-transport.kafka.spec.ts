import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Kafka, logLevel } from 'kafkajs';
import { PipelineError } from '@lts/contracts';
import { describeWithKafka } from '@lts/testing';
import { type ConsumerOptions, type KafkaLimits, NOTIFICATIONS_CONSUMER, type Transport, kafkaTransport } from '../src/index.js';
import { Behaviour, framesConsumer, framesOf, keyOn, numbersOf, startFramesApp, until, upTo } from './frames-app.js';

describeWithKafka('Kafka transport', (broker) => {
  const running: { app: INestApplication; transport: Transport }[] = [];
  const transports: Transport[] = [];

  const client = () => new Kafka({ brokers: broker().servers, logLevel: logLevel.NOTHING });
  async function withAdmin<Value>(work: (admin: ReturnType<Kafka['admin']>) => Promise<Value>): Promise<Value> {
    const admin = client().admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }
  const newTopic = async (numPartitions = 3): Promise<string> => {
    const topic = `frames-${randomUUID().slice(0, 8)}`;
    await withAdmin((admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions }, { topic: `${topic}.parked`, numPartitions: 1 }] }));
    return topic;
  };
  const newTransport = (limits: Partial<KafkaLimits> = {}): Transport => {
    const transport = kafkaTransport({ kafkaServers: broker().servers }, 'spec', { sessionTimeoutMs: 2_000, ...limits });
    transports.push(transport);
    return transport;
  };
  const start = async (consumers: ConsumerOptions[], behaviour: Behaviour, limits: Partial<KafkaLimits> = {}) => {
    const transport = newTransport(limits);
    const app = await startFramesApp(transport, consumers, behaviour);
    running.push({ app, transport });
    return { app, transport };
  };
  const ready = (transport: Transport): Promise<void> => until(() => transport.health().ready);
  const committed = (group: string, topic: string): Promise<number> =>
    withAdmin(async (admin) => {
      const [offsets] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
      return (offsets?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
    });

  afterEach(async () => {
    for (const { app } of running.splice(0)) await app.close();
    for (const transport of transports.splice(0)) await transport.close();
  });

  /** Collects the numbers of frames by competition. */
  function collecting(): { behaviour: Behaviour; seen: Map<string, number[]> } {
    const seen = new Map<string, number[]>();
    const behaviour = new Behaviour();
    behaviour.frames = (messages) => {
      for (const message of messages) seen.set(message.key, [...(seen.get(message.key) ?? []), ...numbersOf([message])]);
    };
    return { behaviour, seen };
  }
  const total = (seen: Map<string, number[]>): number => [...seen.values()].reduce((sum, numbers) => sum + numbers.length, 0);

  it('keeps the order of each competition, also when calls do not wait for each other', async () => {
    const topic = await newTopic();
    const { behaviour, seen } = collecting();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    const keys = Array.from({ length: 12 }, (_, n) => `race-${n}`);
    const frames = new Map(keys.map((key) => [key, framesOf(key, 1, 200)]));
    const calls = upTo(200).flatMap((n) => keys.map((key) => transport.publisher.publish(topic, frames.get(key)!.slice(n - 1, n))));
    await Promise.all(calls);
    await until(() => total(seen) >= 2_400);
    for (const key of keys) expect(seen.get(key)).toEqual(upTo(200));
  });

  it('gives each consumer its own messages, with place and headers, and shows both in health', async () => {
    const [frames, notices] = [await newTopic(), await newTopic(1)];
    const behaviour = new Behaviour();
    const seen: unknown[] = [];
    behaviour.frames = (messages) => void seen.push(...messages.map((one) => ['frame', one.key, one.headers, one.place]));
    behaviour.notifications = (messages) => void seen.push(...messages.map((one) => ['notice', one.key, one.headers, one.place]));
    const consumers: ConsumerOptions[] = [
      framesConsumer(frames, `${frames}.reader`),
      { transportId: NOTIFICATIONS_CONSUMER, group: `${frames}.notifications.1`, topics: { notifications: notices }, from: 'latest' },
    ];
    const { transport } = await start(consumers, behaviour);
    await ready(transport);
    const key = keyOn(2, 3);
    await transport.publisher.publish(frames, framesOf(key, 1, 1));
    await transport.publisher.publish(notices, framesOf('race-1', 2, 2));
    await until(() => seen.length === 2);
    const headers = { 'lts-version': '1', 'lts-kind': 'raw' };
    expect(seen).toContainEqual(['frame', key, headers, { topic: frames, partition: 2, offset: '0' }]);
    expect(seen).toContainEqual(['notice', 'race-1', headers, { topic: notices, partition: 0, offset: '0' }]);
    expect(transport.health()).toMatchObject({ ready: true, consumers: [{ group: `${frames}.reader`, state: 'running' }, { state: 'running' }], publisher: { state: 'running', waiting: 0 } });
  });

  it('hands over each frame exactly once when the app is closed and started again in the middle', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    behaviour.frames = async (messages) => {
      await collect(messages);
      await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const group = `${topic}.reader`;
    await newTransport().publisher.publish(topic, framesOf('race-1', 1, 500));
    for (const goal of [50, 200, 350, 500]) {
      const { app } = await start([framesConsumer(topic, group)], behaviour, { maxBatch: 10 });
      await until(() => total(seen) >= goal);
      await app.close();
      expect(await committed(group, topic)).toBe(total(seen));
    }
    expect(seen.get('race-1')).toEqual(upTo(500));
  });

  it('loses nothing and doubles no effect that carries its position when the process is killed again and again', async () => {
    const topic = await newTopic(1);
    const file = join(mkdtempSync(join(tmpdir(), 'lts-killed-')), 'effects');
    await newTransport().publisher.publish(topic, framesOf('race-1', 1, 600));
    const lines = (): number[] => (existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').map(Number) : []);
    for (const goal of [120, 300, 480, 600]) {
      const child = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/killable-app.ts', broker().servers.join(','), topic, `${topic}.killed`, file], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.resume();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      await until(() => (lines().at(-1) ?? 0) >= goal || child.exitCode !== null);
      child.kill('SIGKILL');
      await ended;
    }
    expect(lines()).toEqual(upTo(600));
  }, 60_000);

  it('lets a waiting handler hold up its own partition only, and goes on with it in order', async () => {
    const topic = await newTopic();
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    const [slow, quick] = [keyOn(0, 3), keyOn(1, 3)];
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const batches: number[] = [];
    behaviour.frames = async (messages) => {
      if (messages[0]?.key === slow) {
        batches.push(messages.length);
        await held;
      }
      await collect(messages);
    };
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour, { maxBatch: 20 });
    await transport.publisher.publish(topic, framesOf(slow, 1, 50));
    await until(() => batches.length > 0);
    for (const n of upTo(20)) {
      await transport.publisher.publish(topic, framesOf(quick, n, n));
      await until(() => seen.get(quick)?.at(-1) === n);
    }
    expect(seen.has(slow)).toBe(false);
    expect(batches).toHaveLength(1);
    open();
    await until(() => seen.get(slow)?.at(-1) === 50);
    expect(seen.get(slow)).toEqual(upTo(50));
    expect(seen.get(quick)).toEqual(upTo(20));
  });

  it('tries a retriable error again in place, shows it in health, and serves the others meanwhile', async () => {
    const topic = await newTopic();
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    const [failing, fine] = [keyOn(0, 3), keyOn(1, 3)];
    let isAway = true;
    behaviour.frames = (messages) => {
      if (isAway && messages[0]?.key === failing) throw new PipelineError('LTS_API_UNAVAILABLE', 'The API is away.');
      return collect(messages);
    };
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    await transport.publisher.publish(topic, framesOf(failing, 1, 30));
    await until(() => transport.health().consumers[0]?.state === 'retrying: The API is away.');
    await transport.publisher.publish(topic, framesOf(fine, 1, 30));
    await until(() => seen.get(fine)?.at(-1) === 30);
    expect(seen.has(failing)).toBe(false);
    isAway = false;
    await until(() => seen.get(failing)?.at(-1) === 30);
    expect(seen.get(failing)).toEqual(upTo(30));
    expect(transport.parking.parkedCount).toBe(0);
  });

  it('parks what is no envelope and what the handler rejects, with place and reason, and goes on with the rest', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    behaviour.frames = (messages) => {
      if (numbersOf(messages).includes(2)) throw new Error('two is not allowed');
      return collect(messages);
    };
    const producer = client().producer();
    await producer.connect();
    const envelope = (n: number): string => JSON.stringify(framesOf('race-1', n, n)[0]!.value);
    const values = [envelope(1), '{broken', '[1,2]', envelope(2), JSON.stringify({ competition_code: 'race-1' }), envelope(3)];
    await producer.send({ topic, messages: [...values.map((value) => ({ key: 'race-1', value })), { key: null, value: envelope(4) }, { key: 'race-2', value: envelope(5) }, { key: 'race-1', value: envelope(6) }] });
    await producer.disconnect();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    const reasons = await readParked(`${topic}.parked`, 6);
    await until(() => seen.get('race-1')?.at(-1) === 6);
    expect(seen.get('race-1')).toEqual([1, 3, 6]);
    expect(transport.parking.parkedCount).toBe(6);
    expect(new Map(reasons)).toEqual(
      new Map([
        ['1', 'The message is no JSON.'],
        ['2', 'The message is no JSON object.'],
        ['3', 'two is not allowed'],
        ['4', 'The envelope has no proper id, source, created_at, updated_at.'],
        ['6', 'The message has no key.'],
        ['7', 'The competition_code of the envelope is not the key of the message.'],
      ]),
    );
  });

  async function readParked(topic: string, count: number): Promise<[offset: string, reason: string][]> {
    const found: [string, string][] = [];
    const consumer = client().consumer({ groupId: `${topic}.people`, maxWaitTimeInMs: 100 });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachMessage: ({ message }) => {
        const record = JSON.parse(message.value!.toString()) as { message: string; place: { offset: string } };
        found.push([record.place.offset, record.message]);
        return Promise.resolve();
      },
    });
    await until(() => found.length >= count);
    await consumer.disconnect();
    return found;
  }

  it('ends while a handler waits, and hands its messages over again after the restart', async () => {
    const topic = await newTopic(1);
    const group = `${topic}.reader`;
    const waiting = new Behaviour();
    let handed = 0;
    waiting.frames = () => {
      handed += 1;
      throw new PipelineError('LTS_STOPPING', 'The lock is closed and the app ends.');
    };
    const first = await start([framesConsumer(topic, group)], waiting);
    await first.transport.publisher.publish(topic, framesOf('race-1', 1, 10));
    await until(() => handed > 0);
    await first.app.close();
    expect(await committed(group, topic)).toBe(0);
    const { behaviour, seen } = collecting();
    await start([framesConsumer(topic, group)], behaviour);
    await until(() => total(seen) >= 10);
    expect(seen.get('race-1')).toEqual(upTo(10));
  });

  it('removes the group of an instance when it ends, and those that killed instances left behind', async () => {
    const topic = await newTopic(1);
    const consumer = (instance: string, ephemeral: boolean): ConsumerOptions => ({ transportId: NOTIFICATIONS_CONSUMER, group: `${topic}.notifications.${instance}`, topics: { notifications: topic }, from: 'latest', ephemeral });
    const groups = () => withAdmin(async (admin) => (await admin.listGroups()).groups.map(({ groupId }) => groupId).filter((id) => id.startsWith(`${topic}.notifications.`)));
    const behaviour = new Behaviour();
    let heard = 0;
    behaviour.notifications = (messages) => void (heard += messages.length);
    const killed = await start([consumer('killed', false)], behaviour);
    await ready(killed.transport);
    await killed.transport.publisher.publish(topic, framesOf('race-1', 1, 1));
    await until(() => heard === 1);
    await killed.app.close();
    expect(await groups()).toEqual([`${topic}.notifications.killed`]);
    const living = await start([consumer('living', true)], behaviour);
    await ready(living.transport);
    expect(await groups()).toEqual([`${topic}.notifications.living`]);
    await living.app.close();
    expect(await groups()).toEqual([]);
  });

  it('sends large amounts in several sends, and refuses only the message that no broker takes', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen } = collecting();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    const padding = 'x'.repeat(40_000);
    const large = framesOf('race-1', 1, 100).map((frame) => ({ ...frame, value: { ...frame.value, padding } }));
    const huge = framesOf('race-1', 101, 101).map((frame) => ({ ...frame, value: { ...frame.value, padding: 'x'.repeat(3_000_000) } }));
    const calls = [transport.publisher.publish(topic, large), transport.publisher.publish(topic, huge), transport.publisher.publish(topic, framesOf('race-1', 102, 102))];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    await expect(calls[1]).rejects.toMatchObject({ code: 'LTS_MESSAGE_INVALID' });
    await until(() => total(seen) >= 101);
    expect(seen.get('race-1')).toEqual([...upTo(100), 102]);
  });

  it('waits for a topic that does not exist, says which, and holds up no other topic', async () => {
    const [missing, there] = [`frames-${randomUUID().slice(0, 8)}`, await newTopic(1)];
    const { behaviour, seen } = collecting();
    const { transport } = await start([framesConsumer(missing, `${missing}.reader`)], behaviour);
    await until(() => transport.health().consumers[0]?.state === `waiting: the topic ${missing} does not exist`);
    const published = transport.publisher.publish(missing, framesOf('race-1', 1, 3));
    await until(() => transport.health().publisher?.state === `waiting: the topic ${missing} does not exist`);
    await transport.publisher.publish(there, framesOf('race-1', 1, 1));
    expect(transport.health().ready).toBe(false);
    await withAdmin((admin) => admin.createTopics({ waitForLeaders: true, topics: [{ topic: missing, numPartitions: 1 }] }));
    await published;
    await until(() => total(seen) >= 3);
    expect(seen.get('race-1')).toEqual([1, 2, 3]);
  });

  it('rearranges the group while a handler waits, without handing anything over twice to one instance', async () => {
    const topic = await newTopic(4);
    const group = `${topic}.reader`;
    const keys = [0, 1, 2, 3].map((partition) => keyOn(partition, 4));
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => (open = resolve));
    const instances = [collecting(), collecting()];
    const entered = new Set<string>();
    for (const { behaviour } of instances) {
      const collect = behaviour.frames;
      behaviour.frames = async (messages) => {
        for (const { key } of messages) entered.add(key);
        if (behaviour === instances[0]!.behaviour) await held;
        await collect(messages);
      };
    }
    const first = await start([framesConsumer(topic, group)], instances[0]!.behaviour);
    await ready(first.transport);
    for (const key of keys) await first.transport.publisher.publish(topic, framesOf(key, 1, 20));
    await until(() => entered.size === 4);
    const second = await start([framesConsumer(topic, group)], instances[1]!.behaviour);
    await ready(second.transport);
    await until(() => total(instances[1]!.seen) >= 40);
    open();
    await until(() => total(instances[0]!.seen) >= 80);
    for (const key of keys) await first.transport.publisher.publish(topic, framesOf(key, 21, 40));
    const all = (key: string): number[] => instances.flatMap(({ seen }) => seen.get(key) ?? []);
    await until(() => keys.every((key) => all(key).includes(40)));
    for (const { seen } of instances) {
      for (const numbers of seen.values()) expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    }
    for (const key of keys) expect([...new Set(all(key))].sort((a, b) => a - b)).toEqual(upTo(40));
  });

  it('waits for a broker that is away at the start and goes away later, and then goes on where it stood', async () => {
    const { kill, startAgain } = broker();
    if (kill === null) return;
    const topic = await newTopic(2);
    const { behaviour, seen } = collecting();
    await kill();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    const early = transport.publisher.publish(topic, framesOf('race-1', 1, 100));
    const away = `waiting: no broker answers at ${broker().servers.join(', ')}`;
    await until(() => transport.health().consumers[0]?.state === away && transport.health().publisher?.state === away);
    await startAgain();
    await early;
    await until(() => total(seen) >= 100);
    await ready(transport);
    await kill();
    const late = transport.publisher.publish(topic, framesOf('race-1', 101, 200));
    await until(() => transport.health().consumers[0]?.state === away);
    await startAgain();
    await late;
    await until(() => total(seen) >= 200);
    expect(seen.get('race-1')).toEqual(upTo(200));
    await ready(transport);
  }, 90_000);
});
