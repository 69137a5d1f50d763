import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import { describeWithKafka } from '@lts/testing';
import { type ConsumerOptions, NOTIFICATIONS_CONSUMER } from '../src/index.js';
import { Behaviour, framesConsumer, framesOf, keyOn, numbersOf, until, upTo } from './frames-app.js';
import { kafkaSurroundings } from './kafka-surroundings.js';

describeWithKafka('Kafka transport: order and outcomes', (broker) => {
  const { client, newTopic, newTransport, start, ready, committed, collecting, total } = kafkaSurroundings(broker);

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
      try {
        await until(() => (lines().at(-1) ?? 0) >= goal || child.exitCode !== null);
      } finally {
        child.kill('SIGKILL');
        await ended;
      }
    }
    expect(lines()).toEqual(upTo(600));
  });

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
});
