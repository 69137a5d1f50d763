import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Kafka, Partitioners, logLevel } from 'kafkajs';
import { root } from '../../scripts/ensure-built.mjs';

/** The broker that the kafka suites use (named by KAFKA_SERVERS, else one of our own), with what a bench asks of it. */
export async function startBroker() {
  const { startKafkaBroker } = await import(pathToFileURL(join(root, 'libs/testing/dist/kafka-broker.js')).href);
  return new BenchBroker(await startKafkaBroker());
}

class BenchBroker {
  constructor(broker) {
    this.broker = broker;
    this.servers = broker.servers.join(',');
    this.kafka = new Kafka({ brokers: broker.servers, logLevel: logLevel.NOTHING });
    this.admin = this.kafka.admin();
  }

  async makeTopics(topics) {
    await this.admin.connect();
    await this.admin.createTopics({ topics: Object.entries(topics).map(([topic, numPartitions]) => ({ topic, numPartitions, replicationFactor: 1 })), waitForLeaders: true });
  }

  /** Sends records `{key, value}` in order, in large sends. */
  async fill(topic, records) {
    const producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, createPartitioner: Partitioners.DefaultPartitioner });
    await producer.connect();
    for (let from = 0; from < records.length; from += 1_500) {
      await producer.send({ topic, messages: records.slice(from, from + 1_500).map(({ key, value, kind }) => ({ key, value, headers: { 'lts-version': '1', 'lts-kind': kind } })) });
    }
    await producer.disconnect();
  }

  /** Messages that the topic holds. */
  async length(topic) {
    const offsets = await unlessNotReady(this.admin.fetchTopicOffsets(topic));
    return offsets.reduce((sum, { high, low }) => sum + Number(high) - Number(low), 0);
  }

  /** Messages of the topic that the group has committed. */
  async committed(group, topic) {
    const [answer] = await unlessNotReady(this.admin.fetchOffsets({ groupId: group, topics: [topic] }));
    return (answer?.partitions ?? []).reduce((sum, { offset }) => sum + Math.max(0, Number(offset)), 0);
  }

  /** Hands over every record of a topic. */
  async contents(topic, take) {
    const consumer = this.kafka.consumer({ groupId: `bench-contents-${Date.now()}`, maxWaitTimeInMs: 100 });
    const total = await this.length(topic);
    let seen = 0;
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const read = new Promise((resolve) => {
      consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          for (const message of batch.messages) take(message);
          seen += batch.messages.length;
          if (seen >= total) resolve();
        },
      });
    });
    if (total > 0) await read;
    await consumer.disconnect();
  }

  async stop() {
    await this.admin.disconnect().catch(() => undefined);
    await this.broker.stop();
  }
}

/** A broker that is just getting a topic or a group ready says so; there is nothing in it yet. */
async function unlessNotReady(list) {
  try {
    return await list;
  } catch (error) {
    if (error.retriable !== true) throw error;
    return [];
  }
}
