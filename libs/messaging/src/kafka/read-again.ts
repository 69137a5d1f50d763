import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { settlesWithin } from '../waiting.js';
import { BROKER_ANSWERS_MS } from './kafka-limits.js';

/** Most bytes fetched at once. */
const FETCH_BYTES = 1_000_000;
const SESSION_MS = 10_000;

export interface ReadAgainFrom {
  topic: string;
  partition: number;
  /** First offset read, decimal. */
  offset: string;
  /** Name that the reader's own group begins with, so that the rights of a stage cover it. */
  group: string;
}

/**
 * Takes records, in order, and says whether it has enough. `next` is the offset that is read next; there are no records
 * where the broker keeps only marks of its own or what was taken back. It may take as long as it needs.
 */
export type TakeRecords = (records: readonly KafkaMessage[], next: bigint) => Promise<boolean>;

/**
 * Reads a partition again beside its consumers, until `take` has enough or `signal` is aborted. The group made for it
 * commits nothing and is forgotten by the broker as soon as it is left.
 *
 * @throws what `take` throws, and what breaks the connection
 */
export async function readAgain(kafka: Kafka, from: ReadAgainFrom, take: TakeRecords, signal: AbortSignal): Promise<void> {
  const consumer = kafka.consumer({
    groupId: `${from.group}.again.${randomUUID().slice(0, 8)}`,
    allowAutoTopicCreation: false,
    maxBytes: FETCH_BYTES,
    maxBytesPerPartition: FETCH_BYTES,
    maxWaitTimeInMs: 100,
    sessionTimeout: SESSION_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3, restartOnFailure: () => Promise.resolve(false) },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [from.topic], fromBeginning: true });
    await new Reader(consumer, from, take).run(signal);
  } finally {
    await settlesWithin(consumer.disconnect(), BROKER_ANSWERS_MS);
  }
}

class Reader {
  private next: bigint;
  private ended = false;
  private resolve: () => void = () => undefined;
  private reject: (error: unknown) => void = () => undefined;
  private readonly end = new Promise<void>((resolve, reject) => {
    this.resolve = resolve;
    this.reject = reject;
  });

  constructor(
    private readonly consumer: Consumer,
    private readonly from: ReadAgainFrom,
    private readonly take: TakeRecords,
  ) {
    this.next = BigInt(from.offset);
  }

  async run(signal: AbortSignal): Promise<void> {
    const { consumer, from } = this;
    const { events } = consumer;
    consumer.on(events.CRASH, ({ payload }) => this.reject(payload.error));
    consumer.on(events.GROUP_JOIN, ({ payload }) => this.stand(payload.memberAssignment[from.topic] ?? []));
    // what holds nothing for a reader is not handed over
    consumer.on(events.END_BATCH_PROCESS, ({ payload }) => {
      if (payload.batchSize === 0 && payload.partition === from.partition) void this.takeOn([], BigInt(payload.lastOffset) + 1n);
    });
    const stop = (): void => this.resolve();
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    try {
      await consumer.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch: (payload) => this.takeBatch(payload) });
      await this.end;
    } finally {
      this.ended = true;
      signal.removeEventListener('abort', stop);
    }
  }

  /** Reads on where it stood, and nothing but the one partition. */
  private stand(assigned: number[]): void {
    const { topic, partition } = this.from;
    const others = assigned.filter((one) => one !== partition);
    if (others.length > 0) this.consumer.pause([{ topic, partitions: others }]);
    this.consumer.seek({ topic, partition, offset: String(this.next) });
  }

  private async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    if (this.ended || batch.partition !== this.from.partition || payload.isStale()) return;
    const records = batch.messages.filter(({ offset }) => BigInt(offset) >= this.next);
    const next = BigInt(batch.lastOffset()) + 1n;
    const beat = setInterval(() => void payload.heartbeat().catch(() => undefined), SESSION_MS / 5);
    await this.takeOn(records, next);
    clearInterval(beat);
    if (this.next === next) payload.resolveOffset(batch.lastOffset());
  }

  private async takeOn(records: readonly KafkaMessage[], next: bigint): Promise<void> {
    if (this.ended || next <= this.next) return;
    try {
      const hasEnough = await this.take(records, next);
      this.next = next;
      if (hasEnough) this.finish();
    } catch (error) {
      this.ended = true;
      this.reject(error);
    }
  }

  private finish(): void {
    this.ended = true;
    this.resolve();
  }
}
