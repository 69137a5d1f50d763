import { type KafkaMessage, Partitioners } from 'kafkajs';
import type { ReceivedMessage } from '../received-message.js';
import type { PastRange, TopicPast } from '../topic-past.js';
import { envelopeFault } from './envelope-check.js';
import type { KafkaAddress } from './kafka-address.js';
import { type Extent, TopicRecords } from './topic-records.js';
import { read } from './wire.js';

/** The past as a broker holds it. */
export class KafkaPast implements TopicPast {
  private readonly records: TopicRecords;

  constructor(address: KafkaAddress) {
    this.records = new TopicRecords(address);
  }

  async latest(topic: string, key: string, group: string): Promise<ReceivedMessage<unknown> | null> {
    const { partition, low, end } = await this.extentOf(topic, key);
    let last: KafkaMessage | null = null;
    await this.records.each({ topic, partition, from: low, end, group }, (records) => {
      last = records.findLast((record) => record.key?.toString() === key) ?? last;
    });
    return messageOf({ topic, partition }, last);
  }

  async each({ topic, partition, key, from, until, group }: PastRange, take: (messages: readonly ReceivedMessage<unknown>[]) => Promise<void> | void): Promise<void> {
    const extent = (await this.records.extents(topic)).find((one) => one.partition === partition);
    const range = { topic, partition, from: max(BigInt(from), extent?.low ?? 0n), end: min(BigInt(until), extent?.end ?? 0n), group };
    await this.records.each(range, async (records) => {
      const own = records.filter((record) => record.key?.toString() === key).map((record) => read({ topic, partition }, record, envelopeFault));
      const good = own.filter(({ error }) => error === null).map(({ message }) => message);
      if (good.length > 0) await take(good);
    });
  }

  /** Ends what is being read. */
  stop(): void {
    this.records.stop();
  }

  private async extentOf(topic: string, key: string): Promise<Extent> {
    const extents = await this.records.extents(topic);
    const partitionMetadata = extents.map(({ partition }) => ({ partitionErrorCode: 0, partitionId: partition, leader: 0, replicas: [0], isr: [0] }));
    const partition = Partitioners.DefaultPartitioner()({ topic, partitionMetadata, message: { key, value: null } });
    return extents.find((one) => one.partition === partition) ?? { partition, low: 0n, end: 0n };
  }
}

function messageOf(source: { topic: string; partition: number }, record: KafkaMessage | null): ReceivedMessage<unknown> | null {
  if (record === null || record.value === null) return null;
  const { message, error } = read(source, record, () => null);
  return error === null ? message : null;
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
