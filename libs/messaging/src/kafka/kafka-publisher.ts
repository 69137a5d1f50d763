import { Partitioners, type Producer } from 'kafkajs';
import { PipelineError, classify } from '@lts/contracts';
import { Publisher } from '../publisher.js';
import type { OutgoingMessage } from '../received-message.js';
import { backOffMs, pause, settlesWithin } from '../waiting.js';
import { ConnectionState } from './connection-state.js';
import type { KafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { BROKER_ANSWERS_MS, type KafkaLimits } from './kafka-limits.js';
import { errorKinds, reasonOf } from './kafka-reasons.js';
import { TopicQueue } from './topic-queue.js';
import { encode } from './wire.js';

const PAUSES = { firstMs: 100, longestMs: 5_000 };
const TOO_LARGE = ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'];
const UNKNOWN_TOPIC = ['UNKNOWN_TOPIC_OR_PARTITION'];
/** The broker has lost the thread of this producer's numbers: a new producer sends again, readers drop what comes twice. */
const OUT_OF_STEP = ['OUT_OF_ORDER_SEQUENCE_NUMBER', 'DUPLICATE_SEQUENCE_NUMBER', 'UNKNOWN_PRODUCER_ID', 'INVALID_PRODUCER_EPOCH', 'INVALID_PRODUCER_ID_MAPPING'];

/**
 * Sends through one idempotent producer, acknowledged by all replicas in step, one send in flight; calls that come
 * meanwhile are merged into the next send. While the broker is away, or a topic does not exist, it tries again without a limit.
 * What waits is bounded by the callers, each of which waits for its own call.
 */
export class KafkaPublisher extends Publisher {
  private readonly queues = new Map<string, TopicQueue>();
  private readonly state = new ConnectionState({ side: 'publisher' });
  private readonly stopping = new AbortController();
  private producer: Producer | null = null;
  private sending: Promise<void> | null = null;

  constructor(
    private readonly address: KafkaAddress,
    private readonly limits: Pick<KafkaLimits, 'maxChunkBytes'>,
  ) {
    super();
  }

  publish(topic: string, messages: readonly OutgoingMessage[]): Promise<void> {
    if (this.stopping.signal.aborted) return Promise.reject(stoppingError());
    const queue = this.queues.get(topic) ?? new TopicQueue(topic);
    this.queues.set(topic, queue);
    const acknowledged = queue.put(messages.map(encode));
    this.sending ??= this.sendAll();
    return acknowledged;
  }

  /** In words for health, with the number of messages on their way; `idle` before the first one. */
  health(): { state: string; waiting: number; ready: boolean } {
    const waiting = [...this.queues.values()].reduce((sum, queue) => sum + queue.length, 0);
    const hasBegun = this.producer !== null || waiting > 0;
    return { state: hasBegun ? this.state.words : 'idle', waiting, ready: !hasBegun || this.state.ready || this.state.words === 'connecting' };
  }

  /** Waits a moment for the send in flight; the rest is turned away. */
  async close(): Promise<void> {
    this.stopping.abort();
    if (this.sending !== null) await settlesWithin(this.sending, BROKER_ANSWERS_MS);
    for (const queue of this.queues.values()) queue.refuseAll(stoppingError());
    if (this.producer !== null) await settlesWithin(this.producer.disconnect(), BROKER_ANSWERS_MS);
  }

  private async sendAll(): Promise<void> {
    // merges what the same turn of the event loop publishes
    await Promise.resolve();
    for (let queue = this.nextQueue(); queue !== null && !this.stopping.signal.aborted; queue = this.nextQueue()) {
      const waitMs = queue.blockedUntilMs - Date.now();
      if (waitMs > 0) await pause(Math.min(waitMs, PAUSES.firstMs), this.stopping.signal);
      else await this.sendNext(queue);
    }
    // in the same turn as the look at the queues, or a call that comes in between is never sent
    this.sending = null;
  }

  /** The queue with messages that may be sent to soonest; equal ones in turn. */
  private nextQueue(): TopicQueue | null {
    let soonest: TopicQueue | null = null;
    for (const queue of this.queues.values()) {
      if (queue.length > 0 && (soonest === null || queue.blockedUntilMs < soonest.blockedUntilMs)) soonest = queue;
    }
    return soonest;
  }

  private async sendNext(queue: TopicQueue): Promise<void> {
    try {
      const producer = await this.connected();
      const messages = queue.next(this.limits.maxChunkBytes).map(({ record }) => record);
      await producer.send({ topic: queue.topic, messages, acks: -1 });
      this.state.good('running');
      queue.acknowledged();
      queue.blockedUntilMs = Date.now();
    } catch (thrown) {
      await this.afterFailure(queue, thrown);
    }
  }

  private async connected(): Promise<Producer> {
    if (this.producer !== null) return this.producer;
    const producer = newKafka(this.address).producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3 },
    });
    await producer.connect();
    this.producer = producer;
    return producer;
  }

  private async afterFailure(queue: TopicQueue, thrown: unknown): Promise<void> {
    const kinds = errorKinds(thrown);
    const isOneOf = (list: string[]): boolean => kinds.some((kind) => list.includes(kind));
    if (isOneOf(TOO_LARGE)) {
      queue.tooLarge();
      return;
    }
    const pauseMs = backOffMs(queue.failures, PAUSES);
    queue.failures += 1;
    queue.blockedUntilMs = Date.now() + pauseMs;
    if (isOneOf(OUT_OF_STEP)) await this.dropProducer();
    const error = classify(thrown).message;
    if (isOneOf(UNKNOWN_TOPIC)) {
      this.state.bad(`waiting: the topic ${queue.topic} does not exist`, error);
      return;
    }
    this.state.bad(`waiting: ${reasonOf(thrown, this.address)}`, error);
    await pause(pauseMs, this.stopping.signal);
  }

  private async dropProducer(): Promise<void> {
    const dropped = this.producer;
    this.producer = null;
    if (dropped !== null) await settlesWithin(dropped.disconnect(), BROKER_ANSWERS_MS);
  }
}

function stoppingError(): PipelineError {
  return new PipelineError('LTS_STOPPING', 'The transport is closed.');
}
