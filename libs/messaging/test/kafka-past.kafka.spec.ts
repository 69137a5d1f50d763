import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { describeWithKafka } from '@lts/testing';
import type { ReceivedMessage } from '../src/index.js';
import { framesOf, keyOn, numbersOf, type Frames, upTo } from './frames-app.js';
import { kafkaSurroundings } from './kafka-surroundings.js';

describeWithKafka('Kafka transport: the past', (broker) => {
  const { newTopic, newTransport, withAdmin } = kafkaSurroundings(broker);
  const numberOf = (message: ReceivedMessage<unknown> | null): number | undefined => (message === null ? undefined : numbersOf([message] as Frames)[0]);

  it('reads the messages of one key again, from one offset to another, and stores no position', async () => {
    const topic = await newTopic(2);
    const { publisher, past } = newTransport();
    const [one, other] = [keyOn(1, 2), keyOn(0, 2)];
    for (let n = 1; n <= 50; n += 1) await publisher.publish(topic, [...framesOf(one, n, n), ...framesOf(other, n, n), ...framesOf(`${one}-no`, n, n)]);
    const found: number[] = [];
    await past!.each({ topic, partition: 1, key: one, from: '0', until: '1000000', group: topic }, (messages) => void found.push(...numbersOf(messages as Frames)));
    expect(found).toEqual(upTo(50));
    const part: ReceivedMessage<unknown>[] = [];
    await past!.each({ topic, partition: 1, key: one, from: '20', until: '40', group: topic }, (messages) => void part.push(...messages));
    expect(part.length).toBeGreaterThan(0);
    expect(part.every(({ place }) => Number(place.offset) >= 20 && Number(place.offset) < 40)).toBe(true);
    const stored = await withAdmin(async (admin) => (await admin.listGroups()).groups.filter(({ groupId }) => groupId.startsWith(`${topic}.again.`)));
    for (const { groupId } of stored) {
      const [offsets] = await withAdmin((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
      expect(offsets?.partitions.every(({ offset }) => Number(offset) < 0)).toBe(true);
    }
  });

  it('finds the last message of a key, wherever its partition is, and none of a key without messages', async () => {
    const topic = await newTopic(5);
    const { publisher, past } = newTransport();
    for (const key of ['cup', 'final', 'night', 'sprint']) await publisher.publish(topic, framesOf(key, 1, 7));
    for (const key of ['cup', 'final', 'night', 'sprint']) expect(numberOf(await past!.latest(topic, key, topic))).toBe(7);
    expect(await past!.latest(topic, 'unknown', topic)).toBeNull();
  });

  it('says which topic does not exist, and hands on what the reader itself throws', async () => {
    const { publisher, past } = newTransport();
    const missing = `missing-${randomUUID().slice(0, 8)}`;
    await expect(past!.latest(missing, 'cup', missing)).rejects.toMatchObject({ code: 'LTS_KAFKA_UNAVAILABLE', message: `The topic ${missing} does not exist.` });
    const topic = await newTopic(1);
    await publisher.publish(topic, framesOf('cup', 1, 3));
    const reading = past!.each({ topic, partition: 0, key: 'cup', from: '0', until: '3', group: topic }, () => Promise.reject(new Error('enough of it')));
    await expect(reading).rejects.toThrow('enough of it');
  });
});
