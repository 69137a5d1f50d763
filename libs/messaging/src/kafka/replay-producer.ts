import { type Kafka, Partitioners, type Producer, type TopicMessages } from 'kafkajs';

/**
 * A transaction that was begun and never ended is taken back by the broker after this time, ms. Until then the readers of
 * its partitions stand still behind it.
 */
const TRANSACTION_LIMIT_MS = 10_000;

/**
 * Sends to several topics at once: readers see all of a call or, when this process dies in the middle of it, nothing.
 * One process at a time has a name; whoever opens it next ends what the one before has left unfinished.
 */
export class ReplayProducer {
  private constructor(private readonly producer: Producer) {}

  /** @param name transactional id; the rights of a user name it */
  static async open(kafka: Kafka, name: string): Promise<ReplayProducer> {
    const producer = kafka.producer({
      idempotent: true,
      transactionalId: name,
      transactionTimeout: TRANSACTION_LIMIT_MS,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      // the broker asks to wait while it ends the transaction before
      retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 10 },
    });
    const opened = new ReplayProducer(producer);
    try {
      await producer.connect();
      // with the first one the name becomes ours
      const first = await producer.transaction();
      await first.abort();
      return opened;
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  async send(topicMessages: TopicMessages[]): Promise<void> {
    const transaction = await this.producer.transaction();
    try {
      await transaction.sendBatch({ topicMessages, acks: -1 });
      await transaction.commit();
    } catch (error) {
      if (transaction.isActive()) await transaction.abort().catch(() => undefined);
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.producer.disconnect().catch(() => undefined);
  }
}
