import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { PipelineError } from '@lts/contracts';
import { describeWithKafka } from '@lts/testing';
import { type OutgoingMessage, type ParkedMessage, ParkedTopics, type ReceivedMessage, type Transport } from '../src/index.js';
import { Behaviour, type Frames, framesConsumer, framesOf, keyOn, numbersOf, until, upTo } from './frames-app.js';
import { kafkaSurroundings } from './kafka-surroundings.js';

describeWithKafka('Kafka transport: parked messages', (broker) => {
  const { newTopic, newTransport, start, ready, collecting, total, withAdmin, client } = kafkaSurroundings(broker);
  const parkedTopics = (): ParkedTopics => new ParkedTopics({ kafkaServers: broker().servers }, 'spec');
  const everything = (): boolean => true;

  async function parkedOf(topic: string): Promise<ParkedMessage[]> {
    const found: ParkedMessage[] = [];
    await parkedTopics().each(topic, (messages) => void found.push(...messages));
    return found;
  }
  const statesOf = async (topic: string): Promise<string[]> => (await parkedOf(topic)).map(({ state, record }) => `${record.place.offset} ${state}`);

  /** Sets messages apart as a stage does, as if they had stood one after the other in their topic. */
  async function park(transport: Transport, topic: string, frames: readonly OutgoingMessage[], firstOffset = 0): Promise<void> {
    const error = new PipelineError('LTS_API_REJECTED', 'It is refused.');
    const received = frames.map(({ key, value }, index): ReceivedMessage<unknown> => ({ key, value, headers: { 'lts-kind': 'raw' }, place: { topic, partition: 0, offset: String(firstOffset + index) } }));
    await Promise.all(received.map((message) => transport.parking.park(message, error)));
  }

  it('puts a rejected message back when its cause is gone, once, however often it is asked to', async () => {
    const topic = await newTopic(1);
    const { behaviour, seen } = collecting();
    const collect = behaviour.frames;
    let isBroken = true;
    const replayedFrom: unknown[] = [];
    behaviour.frames = (messages) => {
      if (isBroken && numbersOf(messages).includes(2)) throw new Error('two is not allowed');
      replayedFrom.push(...messages.flatMap(({ headers }) => (headers['lts-replayed'] === undefined ? [] : [headers])));
      return collect(messages);
    };
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    await transport.publisher.publish(topic, framesOf('race-1', 1, 5));
    await until(() => total(seen) === 4);
    const [parked] = await parkedOf(topic);
    expect(parked).toMatchObject({ place: { topic: `${topic}.parked`, partition: 0, offset: '0' }, state: 'waiting', record: { code: 'LTS_MESSAGE_INVALID', message: 'two is not allowed', key: 'race-1', place: { topic, offset: '1' }, content: { value: { data: '2' } } } });
    expect(Math.abs(Date.now() - Date.parse(parked!.at))).toBeLessThan(180_000);
    isBroken = false;
    expect((await parkedTopics().replay(topic, everything)).replayed).toEqual(new Map([['race-1', 1]]));
    await until(() => total(seen) >= 5);
    expect((await parkedTopics().replay(topic, everything)).replayed).toEqual(new Map());
    await transport.publisher.publish(topic, framesOf('race-1', 6, 6));
    await until(() => total(seen) >= 6);
    expect(seen.get('race-1')).toEqual([1, 3, 4, 5, 2, 6]);
    expect(replayedFrom).toEqual([{ 'lts-version': '1', 'lts-kind': 'raw', 'lts-replayed': `${topic}/0/1` }]);
    expect(await statesOf(topic)).toEqual(['1 replayed']);
    await until(() => transport.health().consumers[0]?.lag === 0);
  });

  it('leaves no reader behind at the end of a transaction: none lags, and the past can be read to its end', async () => {
    const topic = await newTopic(1);
    const transport = newTransport();
    await park(transport, topic, framesOf('cup', 1, 3));
    await parkedTopics().replay(topic, everything);
    const { behaviour, seen } = collecting();
    const reading = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    await until(() => total(seen) === 3 && reading.transport.health().consumers[0]?.lag === 0);
    const past: number[] = [];
    await transport.past!.each({ topic, partition: 0, key: 'cup', from: '0', until: '1000', group: topic }, (messages) => void past.push(...numbersOf(messages as Frames)));
    expect(past).toEqual([1, 2, 3]);
    expect((await transport.past!.latest(topic, 'cup', topic))?.value).toMatchObject({ data: '3' });
  });

  it('puts back only what is selected, and leaves the rest waiting', async () => {
    const topic = await newTopic(1);
    await park(newTransport(), topic, [...framesOf('cup', 1, 3), ...framesOf('final', 4, 6)]);
    const { replayed } = await parkedTopics().replay(topic, ({ record }) => record.key === 'final');
    expect(replayed).toEqual(new Map([['final', 3]]));
    expect(await statesOf(topic)).toEqual(['0 waiting', '1 waiting', '2 waiting', '3 replayed', '4 replayed', '5 replayed']);
    expect((await parkedTopics().replay(topic, everything)).replayed).toEqual(new Map([['cup', 3]]));
  });

  it('puts a message back once that several records tell of, also when one of them comes after the replay', async () => {
    const topic = await newTopic(1);
    const transport = newTransport();
    await park(transport, topic, framesOf('cup', 1, 1), 7);
    await park(transport, topic, framesOf('cup', 1, 1), 7);
    expect(await statesOf(topic)).toEqual(['7 waiting', '7 repeat']);
    expect((await parkedTopics().replay(topic, everything)).replayed).toEqual(new Map([['cup', 1]]));
    await park(transport, topic, framesOf('cup', 1, 1), 7);
    expect(await statesOf(topic)).toEqual(['7 replayed', '7 replayed', '7 replayed']);
    expect((await parkedTopics().replay(topic, everything)).replayed).toEqual(new Map());
  });

  it('puts back what could not be decoded as it was, byte for byte', async () => {
    const topic = await newTopic(1);
    const values = ['{broken', '', 'Ñ "x" \\n'];
    const producer = client().producer();
    await producer.connect();
    await producer.send({ topic, messages: values.map((value) => ({ key: 'cup', value })) });
    await producer.disconnect();
    const { transport } = await start([framesConsumer(topic, `${topic}.reader`)], new Behaviour());
    await until(() => transport.parking.parkedCount === 3);
    await parkedTopics().replay(topic, everything);
    await until(() => transport.parking.parkedCount === 6);
    const again = (await parkedOf(topic)).filter(({ state }) => state === 'waiting');
    expect(again.map(({ record }) => record.content)).toEqual(values.map((value) => ({ kind: 'whole', value })));
    expect(again[0]?.record.headers['lts-replayed']).toBe(`${topic}/0/0`);
  });

  it('keeps whole what a broker takes, and says of what it does not that only the beginning is kept', async () => {
    const topic = await newTopic(1);
    const transport = newTransport();
    const large = (characters: number): OutgoingMessage[] => framesOf('cup', 1, 1).map((frame) => ({ ...frame, value: { ...frame.value, data: 'x'.repeat(characters) } }));
    await park(transport, topic, large(900_000), 0);
    await park(transport, topic, large(1_049_000), 1);
    expect((await parkedOf(topic)).map(({ record }) => record.content.kind)).toEqual(['whole', 'cut']);
    expect(await parkedTopics().replay(topic, everything)).toEqual({ replayed: new Map([['cup', 1]]), cut: 1 });
    expect(await statesOf(topic)).toEqual(['0 replayed', '1 waiting']);
  });

  it('loses nothing, doubles nothing and keeps the order when it is killed again and again', async () => {
    const topic = await newTopic(3);
    const keys = [0, 1, 2].map((partition) => keyOn(partition, 3));
    const transport = newTransport();
    for (let n = 1; n <= 2_000; n += 100) await park(transport, topic, keys.flatMap((key) => framesOf(key, n, n + 99)), n * 3);
    const { behaviour, seen } = collecting();
    const reading = await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    await ready(reading.transport);
    const length = (): Promise<number> => withAdmin(async (admin) => (await admin.fetchTopicOffsets(topic)).reduce((sum, { high }) => sum + Number(high), 0));
    let [kills, isDone] = [0, false];
    while (!isDone) {
      const before = await length();
      const child = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'test/killable-replay.ts', broker().servers.join(','), topic], { stdio: ['ignore', 'pipe', 'inherit'] });
      const ended = once(child, 'exit') as Promise<[code: number | null]>;
      await once(child.stdout, 'data');
      if (kills < 3) await until(async () => (await length()) > before || child.exitCode !== null);
      if (kills < 3 && child.kill('SIGKILL')) kills += 1;
      isDone = (await ended)[0] === 0;
    }
    expect(kills).toBeGreaterThan(1);
    await until(() => total(seen) >= 6_000);
    for (const key of keys) expect(seen.get(key)).toEqual(upTo(2_000));
    await until(() => reading.transport.health().consumers[0]?.lag === 0);
    expect(total(seen)).toBe(6_000);
  });

  it('lets a second replay take over from one that runs, without doubling', async () => {
    const topic = await newTopic(1);
    const transport = newTransport();
    for (let n = 1; n <= 3_000; n += 500) await park(transport, topic, framesOf('cup', n, n + 499), n);
    const outcomes = await Promise.allSettled([parkedTopics().replay(topic, everything), parkedTopics().replay(topic, everything)]);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
    for (const error of refused) expect(error).toMatchObject({ message: 'Another replay of this topic has begun and goes on with it.' });
    await parkedTopics().replay(topic, everything);
    const { behaviour, seen } = collecting();
    await start([framesConsumer(topic, `${topic}.reader`)], behaviour);
    await until(() => total(seen) >= 3_000);
    expect(seen.get('cup')).toEqual(upTo(3_000));
  });

  it('finds the topics that have parked messages, and says what is missing', async () => {
    const topic = await newTopic(1);
    expect(await parkedTopics().topics()).toContain(topic);
    const missing = `missing-${randomUUID().slice(0, 8)}`;
    await expect(parkedOf(missing)).rejects.toMatchObject({ code: 'LTS_KAFKA_UNAVAILABLE', message: `The topic ${missing}.parked does not exist.` });
    await expect(parkedTopics().replay(missing, everything)).rejects.toMatchObject({ message: `The topic ${missing} does not exist.` });
    const away = new ParkedTopics({ kafkaServers: ['127.0.0.1:1'] }, 'spec');
    await expect(away.topics()).rejects.toMatchObject({ code: 'LTS_KAFKA_UNAVAILABLE', message: expect.stringContaining('no broker answers at 127.0.0.1:1') as unknown });
  });
});
