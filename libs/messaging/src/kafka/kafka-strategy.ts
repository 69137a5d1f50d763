import { type CustomTransportStrategy, type MessageHandler, ServerKafka } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import { PipelineError, classify } from '@lts/contracts';
import { callHandler } from '../call-handler.js';
import { Delivery } from '../delivery.js';
import type { Parking } from '../parking.js';
import { type ConsumerOptions, TEST_CONSUMER, type TransportHealth } from '../transport.js';
import { backOffMs, pause, settlesWithin } from '../waiting.js';
import { ConnectionState } from './connection-state.js';
import { missingTopics, removeGroup, removeLeftovers } from './consumer-groups.js';
import { envelopeFault } from './envelope-check.js';
import type { KafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { BROKER_ANSWERS_MS, HANDLERS_END_MS, type KafkaLimits } from './kafka-limits.js';
import { reasonOf } from './kafka-reasons.js';
import { PartitionLane } from './partition-lane.js';
import { type ValueCheck, read } from './wire.js';

const PAUSES = { firstMs: 250, longestMs: 5_000 };

export interface KafkaStrategyParts {
  address: KafkaAddress;
  options: ConsumerOptions;
  limits: KafkaLimits;
  parking: Parking;
}

/** What belongs to one topic of the consumer. */
interface Reading {
  delivery: Delivery;
  check: ValueCheck;
}

/**
 * Nest's Kafka server, made to consume in batches and to stay: `listen` returns at once, the connection is made and,
 * whenever it breaks, made again in the background; health says where it stands.
 * Memory: a lane for each partition of its topics.
 */
export class KafkaStrategy extends ServerKafka implements CustomTransportStrategy {
  private readonly stopping = new AbortController();
  private readonly state: ConnectionState;
  private readonly readings = new Map<string, Reading>();
  private readonly lanes = new Map<string, PartitionLane>();
  private living: Promise<void> = Promise.resolve();
  /** Connections in a row that broke before they worked. */
  private failures = 0;

  constructor(private readonly parts: KafkaStrategyParts) {
    super({ client: { clientId: parts.address.clientId, brokers: parts.address.servers }, consumer: { groupId: parts.options.group }, postfixId: '' });
    this.setTransportId(parts.options.transportId);
    this.state = new ConnectionState({ group: parts.options.group });
  }

  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      for (const [pattern, topic] of Object.entries(this.parts.options.topics)) this.bind(pattern, topic);
    } catch (error) {
      callback(error);
      return;
    }
    this.living = this.live();
    await Promise.resolve();
    callback();
  }

  /** Running handlers end and are committed, the group is left; an ephemeral group is removed. */
  override async close(): Promise<void> {
    this.stopping.abort();
    for (const { delivery } of this.readings.values()) delivery.stop();
    const ended = Promise.all([...this.lanes.values()].map((lane) => lane.ended()));
    if (!(await settlesWithin(ended, HANDLERS_END_MS))) this.logger.warn({ event: 'handler-cut', group: this.groupId });
    await settlesWithin(this.living, BROKER_ANSWERS_MS);
    if (this.parts.options.ephemeral === true) await settlesWithin(removeGroup(newKafka(this.parts.address), this.groupId), BROKER_ANSWERS_MS);
    this.state.quiet('stopped');
  }

  health(): TransportHealth['consumers'][number] {
    const lag = this.lanes.size === 0 ? null : [...this.lanes.values()].reduce((sum, lane) => sum + lane.lag, 0);
    const reasons = [...this.readings.values()].flatMap(({ delivery }) => [...delivery.retrying.values()]);
    const [reason] = reasons;
    const state = this.state.ready && reason !== undefined ? `retrying: ${reason}` : this.state.words;
    return { group: this.groupId, state, lag };
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    await consumer.subscribe({ topics: [...this.readings.keys()], fromBeginning: this.parts.options.from === 'earliest' });
    await consumer.run({
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: this.parts.limits.concurrentPartitions,
      eachBatch: (payload) => this.take(payload),
    });
  }

  private bind(pattern: string, topic: string): void {
    const handler: MessageHandler | null = this.getHandlerByPattern(pattern);
    if (handler === null) throw new PipelineError('LTS_CONFIGURATION', `The consumer of group ${this.groupId} has no handler for "${pattern}".`);
    const check: ValueCheck = this.parts.options.transportId === TEST_CONSUMER ? () => null : envelopeFault;
    this.readings.set(topic, { delivery: new Delivery((messages) => callHandler(handler, messages), this.parts.parking), check });
  }

  /** Connects, and connects again when the connection ends, until it is closed. */
  private async live(): Promise<void> {
    while (!this.isStopping()) {
      try {
        await this.connectOnce();
      } catch (thrown) {
        if (!this.isStopping()) this.state.bad(`waiting: ${reasonOf(thrown, this.parts.address)}`, classify(thrown).message);
      }
      await pause(backOffMs(this.failures, PAUSES), this.stopping.signal);
      this.failures += 1;
    }
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** One life of the connection; rejects when it breaks, resolves when the consumer closes. */
  private async connectOnce(): Promise<void> {
    const kafka = newKafka(this.parts.address);
    await this.checkTopics(kafka);
    const consumer = this.newConsumer(kafka);
    const ended = this.watch(consumer);
    try {
      await consumer.connect();
      await this.bindEvents(consumer);
      await ended;
    } finally {
      for (const lane of this.lanes.values()) lane.lost();
      await settlesWithin(consumer.disconnect(), BROKER_ANSWERS_MS);
    }
  }

  private async checkTopics(kafka: Kafka): Promise<void> {
    const missing = await missingTopics(kafka, [...this.readings.keys()]);
    if (missing.length > 0) throw new PipelineError('LTS_KAFKA_UNAVAILABLE', absent(missing, this.parts.address));
    if (this.parts.options.ephemeral === true) await removeLeftovers(kafka, this.groupId);
  }

  private newConsumer(kafka: Kafka): Consumer {
    const { limits } = this.parts;
    const consumer = kafka.consumer({
      groupId: this.groupId,
      allowAutoTopicCreation: false,
      maxWaitTimeInMs: limits.maxWaitMs,
      sessionTimeout: limits.sessionTimeoutMs,
      rebalanceTimeout: limits.sessionTimeoutMs * 2,
      heartbeatInterval: limits.sessionTimeoutMs / 5,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 3, restartOnFailure: () => Promise.resolve(false) },
    });
    this.client = kafka;
    this.consumer = consumer;
    this.registerConsumerEventListeners();
    return consumer;
  }

  /** Follows a consumer's events; rejects when it has given up, resolves when this strategy closes. */
  private watch(consumer: Consumer): Promise<void> {
    const { events } = consumer;
    const ended = new Promise<void>((resolve, reject) => {
      consumer.on(events.CRASH, ({ payload }) => reject(payload.error));
      this.stopping.signal.addEventListener('abort', () => resolve(), { once: true });
      if (this.isStopping()) resolve();
    });
    ended.catch(() => undefined);
    consumer.on(events.GROUP_JOIN, ({ payload }) => this.assigned(payload.memberAssignment));
    consumer.on(events.REBALANCING, () => this.state.quiet('rebalancing'));
    // only after the first fetch does a consumer that reads from the latest message know where it stands
    consumer.on(events.FETCH, () => {
      this.failures = 0;
      if (!this.isStopping()) this.state.good('running');
    });
    consumer.on(events.COMMIT_OFFSETS, ({ payload }) => {
      for (const { topic, partitions } of payload.topics) {
        for (const { partition, offset } of partitions) this.lanes.get(laneName(topic, partition))?.committed(offset);
      }
    });
    return ended;
  }

  private assigned(assignment: Record<string, number[]>): void {
    const ours = new Set(Object.entries(assignment).flatMap(([topic, partitions]) => partitions.map((partition) => laneName(topic, partition))));
    for (const [name, lane] of this.lanes) {
      if (!ours.has(name)) lane.lost();
    }
  }

  private take(payload: EachBatchPayload): Promise<void> {
    const { topic, partition } = payload.batch;
    const name = laneName(topic, partition);
    const lane = this.lanes.get(name) ?? this.newLane(name, { topic, partition });
    return lane.take(payload);
  }

  private newLane(name: string, source: { topic: string; partition: number }): PartitionLane {
    const { maxBatch, slowHandlerMs } = this.parts.limits;
    const lane = new PartitionLane({ name, maxBatch, slowHandlerMs, stopping: this.stopping.signal, deliver: (records) => this.deliver(source, records) });
    this.lanes.set(name, lane);
    return lane;
  }

  private async deliver(source: { topic: string; partition: number }, records: readonly KafkaMessage[]): Promise<void> {
    const reading = this.readings.get(source.topic);
    if (reading === undefined) return;
    const all = records.map((record) => read(source, record, reading.check));
    const good = all.filter(({ error }) => error === null).map(({ message }) => message);
    if (good.length > 0) await reading.delivery.deliver(good);
    for (const { message, error } of all) {
      if (error !== null) await this.parts.parking.park(message, error);
    }
  }
}

/** A cluster with rights hides a topic that the user may not see. */
function absent(topics: readonly string[], { sasl }: KafkaAddress): string {
  return `the topic ${topics.join(', ')} does not exist${sasl === undefined ? '' : ', or the user may not see it'}`;
}

function laneName(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
