import { randomUUID } from 'node:crypto';
import { afterEach, jest } from '@jest/globals';
import type { INestApplication } from '@nestjs/common';
import { Kafka, logLevel } from 'kafkajs';
import type { KafkaBroker } from '@lts/testing';
import { type ConsumerOptions, type KafkaLimits, type Transport, kafkaTransport } from '../src/index.js';
import { Behaviour, numbersOf, startFramesApp, until } from './frames-app.js';

/** A machine under load starts a process in ten seconds, ms. */
const TEST_LIMIT_MS = 180_000;

/** What the suites on a real broker share: topics, transports and apps of their own, closed after each test. */
export function kafkaSurroundings(broker: () => KafkaBroker) {
  jest.setTimeout(TEST_LIMIT_MS);
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

  return { client, withAdmin, newTopic, newTransport, start, ready, committed, collecting, total, transports, running };
}
