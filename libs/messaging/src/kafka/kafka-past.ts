import { type KafkaMessage, Partitioners } from 'kafkajs';
import { PipelineError } from '@lts/contracts';
import type { ReceivedMessage } from '../received-message.js';
import type { PastRange, TopicPast } from '../topic-past.js';
import { withAdmin } from './consumer-groups.js';
import { envelopeFault } from './envelope-check.js';
import type { KafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { errorKinds, reasonOf } from './kafka-reasons.js';
import { type TakeRecords, readAgain } from './read-again.js';
import { read } from './wire.js';

/** Partition, and the offsets between which it holds messages. */
interface Extent {
  partition: number;
  low: bigint;
  end: bigint;
}

/** The past as a broker holds it. */
export class KafkaPast implements TopicPast {
  private readonly stopping = new AbortController();

  constructor(private readonly address: KafkaAddress) {}

  async latest(topic: string, key: string, group: string): Promise<ReceivedMessage<unknown> | null> {
    const { partition, low, end } = await this.extentOf(topic, key);
    let last: KafkaMessage | null = null;
    if (low < end) {
      await this.read({ topic, partition, offset: String(low), group }, (records, next) => {
        last = records.findLast((record) => record.key?.toString() === key) ?? last;
        return Promise.resolve(next >= end);
      });
    }
    return messageOf({ topic, partition }, last);
  }

  async each({ topic, partition, key, from, until, group }: PastRange, take: (messages: readonly ReceivedMessage<unknown>[]) => Promise<void> | void): Promise<void> {
    const extents = await this.extents(topic);
    const extent = extents.find((one) => one.partition === partition);
    const [first, end] = [max(BigInt(from), extent?.low ?? 0n), min(BigInt(until), extent?.end ?? 0n)];
    if (first >= end) return;
    await this.read({ topic, partition, offset: String(first), group }, async (records, next) => {
      const own = records.filter((record) => record.key?.toString() === key && BigInt(record.offset) < end);
      const all = own.map((record) => read({ topic, partition }, record, envelopeFault));
      const good = all.filter(({ error }) => error === null).map(({ message }) => message);
      if (good.length > 0) await take(good);
      return next >= end;
    });
  }

  /** Ends what is being read. */
  stop(): void {
    this.stopping.abort();
  }

  private async read(from: { topic: string; partition: number; offset: string; group: string }, take: TakeRecords): Promise<void> {
    // what `take` itself throws must not be taken for trouble with the broker
    const refused: { error?: unknown } = {};
    const guarded: TakeRecords = async (records, next) => {
      try {
        return await take(records, next);
      } catch (error) {
        refused.error = error;
        throw error;
      }
    };
    try {
      await readAgain(newKafka(this.address), from, guarded, this.stopping.signal);
    } catch (thrown) {
      throw 'error' in refused ? refused.error : this.unavailable(thrown);
    }
    if (this.stopping.signal.aborted) throw new PipelineError('LTS_STOPPING', 'The transport is closed.');
  }

  private async extentOf(topic: string, key: string): Promise<Extent> {
    const extents = await this.extents(topic);
    const partitionMetadata = extents.map(({ partition }) => ({ partitionErrorCode: 0, partitionId: partition, leader: 0, replicas: [0], isr: [0] }));
    const partition = Partitioners.DefaultPartitioner()({ topic, partitionMetadata, message: { key, value: null } });
    return extents.find((one) => one.partition === partition) ?? { partition, low: 0n, end: 0n };
  }

  private async extents(topic: string): Promise<Extent[]> {
    try {
      const offsets = await withAdmin(newKafka(this.address), (admin) => admin.fetchTopicOffsets(topic));
      return offsets.map(({ partition, low, high }) => ({ partition, low: BigInt(low), end: BigInt(high) })).sort((a, b) => a.partition - b.partition);
    } catch (thrown) {
      if (errorKinds(thrown).includes('UNKNOWN_TOPIC_OR_PARTITION')) throw new PipelineError('LTS_KAFKA_UNAVAILABLE', `The topic ${topic} does not exist.`, { cause: thrown });
      throw this.unavailable(thrown);
    }
  }

  private unavailable(thrown: unknown): PipelineError {
    return new PipelineError('LTS_KAFKA_UNAVAILABLE', `The past cannot be read: ${reasonOf(thrown, this.address)}.`, { cause: thrown });
  }
}

function messageOf(source: { topic: string; partition: number }, record: KafkaMessage | null): ReceivedMessage<unknown> | null {
  if (record === null || record.value === null) return null;
  const { message, error } = read(source, record, () => null);
  return error === null ? message : null;
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
