import { PipelineError } from '@lts/contracts';
import { withAdmin } from './consumer-groups.js';
import type { KafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { errorKinds, reasonOf } from './kafka-reasons.js';
import { type TakeRecords, readAgain } from './read-again.js';

/** Partition, and the offsets between which it holds messages. */
export interface Extent {
  partition: number;
  low: bigint;
  end: bigint;
}

/** What is to be read of a partition: from `from` up to, but without, `end`. */
export interface RecordsRange {
  topic: string;
  partition: number;
  from: bigint;
  end: bigint;
  /** Group in whose name is read. */
  group: string;
}

/** Reads what topics hold, beside all consumers. Rejects with `LTS_KAFKA_UNAVAILABLE` while the broker is away or a topic does not exist. */
export class TopicRecords {
  private readonly stopping = new AbortController();

  constructor(private readonly address: KafkaAddress) {}

  /** By partition, in order. */
  async extents(topic: string): Promise<Extent[]> {
    try {
      const offsets = await withAdmin(newKafka(this.address), (admin) => admin.fetchTopicOffsets(topic));
      return offsets.map(({ partition, low, high }) => ({ partition, low: BigInt(low), end: BigInt(high) })).sort((a, b) => a.partition - b.partition);
    } catch (thrown) {
      if (errorKinds(thrown).includes('UNKNOWN_TOPIC_OR_PARTITION')) throw new PipelineError('LTS_KAFKA_UNAVAILABLE', `The topic ${topic} does not exist.`, { cause: thrown });
      throw this.unavailable(topic, thrown);
    }
  }

  /**
   * Hands over the records of the range, in order and in arrays.
   *
   * @throws what `take` throws, and PipelineError `LTS_STOPPING` after `stop`
   */
  async each({ topic, partition, from, end, group }: RecordsRange, take: (...taken: Parameters<TakeRecords>) => Promise<void> | void): Promise<void> {
    if (from >= end) return;
    // what `take` itself throws must not be taken for trouble with the broker
    const refused: { error?: unknown } = {};
    const guarded: TakeRecords = async (records, next) => {
      try {
        await take(records.filter(({ offset }) => BigInt(offset) < end), next);
        return next >= end;
      } catch (error) {
        refused.error = error;
        throw error;
      }
    };
    try {
      await readAgain(newKafka(this.address), { topic, partition, offset: String(from), group }, guarded, this.stopping.signal);
    } catch (thrown) {
      throw 'error' in refused ? refused.error : this.unavailable(topic, thrown);
    }
    if (this.stopping.signal.aborted) throw new PipelineError('LTS_STOPPING', 'The transport is closed.');
  }

  /** Ends what is being read. */
  stop(): void {
    this.stopping.abort();
  }

  private unavailable(topic: string, thrown: unknown): PipelineError {
    return new PipelineError('LTS_KAFKA_UNAVAILABLE', `The topic ${topic} cannot be read: ${reasonOf(thrown, this.address)}.`, { cause: thrown });
  }
}
