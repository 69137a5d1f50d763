import { type CustomTransportStrategy, type MessageHandler, ServerKafka } from '@nestjs/microservices';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import { PipelineError, classify } from '@lts/contracts';
import { callHandler } from '../call-handler.js';
import { Delivery } from '../delivery.js';
import type { Parking } from '../parking.js';
import { type ConsumerOptions, TEST_CONSUMER, type TransportHealth } from '../transport.js';
import { backOffMs, pause, settlesWithin } from '../waiting.js';
import { ConnectionState } from './connection-state.js';
import { missingTopics, removeGroup, removeLeftovers, storedPositions } from './consumer-groups.js';
import { envelopeFault } from './envelope-check.js';
import type { KafkaAddress } from './kafka-address.js';
import { newKafka } from './kafka-client.js';
import { BROKER_ANSWERS_MS, HANDLERS_END_MS, type KafkaLimits } from './kafka-limits.js';
import { reasonOf } from './kafka-reasons.js';
import { Partition, type StoredPosition } from './partition.js';
import { PositionCommits } from './position-commits.js';
import { readAgain } from './read-again.js';
import type { ValueCheck } from './wire.js';

const PAUSES = { firstMs: 250, longestMs: 5_000 };

export interface KafkaStrategyParts {
  address: KafkaAddress;
  options: ConsumerOptions;
  limits: KafkaLimits;
  parking: Parking;
  /** True while the sending side waits for the broker. */
  isBrokerAway: () => boolean;
  /** Called when a partition is no longer this consumer's. */
  lost: (topic: string, partition: number) => void;
}

/** What belongs to one topic of the consumer. */
interface Reading {
  delivery: Delivery;
  check: ValueCheck;
}

/**
 * Nest's Kafka server, made to consume in batches and to stay: `listen` returns at once, the connection is made and,
 * whenever it breaks, made again in the background; health says where it stands.
 * Positions are committed by it alone, so that those of the competitions set aside travel with them.
 * Memory: a `Partition` for each partition of its topics.
 */
export class KafkaStrategy extends ServerKafka implements CustomTransportStrategy {
  private readonly stopping = new AbortController();
  private readonly state: ConnectionState;
  private readonly readings = new Map<string, Reading>();
  private readonly partitions = new Map<string, Partition>();
  private readonly commits = new PositionCommits();
  private living: Promise<void> = Promise.resolve();
  /** Connections in a row that broke before they worked. */
  private failures = 0;
  private memberId: string | null = null;

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
    await settlesWithin(this.living, HANDLERS_END_MS + 2 * BROKER_ANSWERS_MS);
    if (this.parts.options.ephemeral === true) await settlesWithin(removeGroup(newKafka(this.parts.address), this.groupId), BROKER_ANSWERS_MS);
    this.state.quiet('stopped');
  }

  health(): TransportHealth['consumers'][number] {
    const ours = [...this.partitions.values()].filter(({ isOurs }) => isOurs);
    const lag = ours.length === 0 ? null : ours.reduce((sum, partition) => sum + partition.lag, 0);
    const aside = ours.flatMap((partition) => partition.asideCompetitions());
    const reasonFor = (competition: string): string | null => this.retrying().get(competition)?.message ?? null;
    return { group: this.groupId, state: this.stateInWords(new Set(aside.map(({ competition }) => competition))), lag, aside: aside.map((one) => ({ ...one, reason: reasonFor(one.competition) })) };
  }

  private stateInWords(aside: ReadonlySet<string>): string {
    const [held] = [...this.retrying()].filter(([competition]) => !aside.has(competition));
    return this.state.ready && held !== undefined ? `retrying: ${held[1].message}` : this.state.words;
  }

  private retrying(): ReadonlyMap<string, PipelineError> {
    return new Map([...this.readings.values()].flatMap(({ delivery }) => [...delivery.retrying]));
  }

  override async bindEvents(consumer: Consumer): Promise<void> {
    await consumer.subscribe({ topics: [...this.readings.keys()], fromBeginning: this.parts.options.from === 'earliest' });
    await consumer.run({
      autoCommit: false,
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
    const committing = setInterval(() => void this.commits.flush(consumer), this.parts.limits.commitEveryMs);
    try {
      await consumer.connect();
      await this.bindEvents(consumer);
      await ended;
      await this.finishWork(consumer);
    } finally {
      clearInterval(committing);
      this.loseAll();
      await settlesWithin(consumer.disconnect(), BROKER_ANSWERS_MS);
    }
  }

  /** Running handlers end, and what is done is committed, as far as time allows. */
  private async finishWork(consumer: Consumer): Promise<void> {
    const ended = Promise.all([...this.partitions.values()].map((partition) => partition.ended()));
    if (!(await settlesWithin(ended, HANDLERS_END_MS))) this.logger.warn({ event: 'handler-cut', group: this.groupId });
    await settlesWithin(this.commits.flush(consumer), BROKER_ANSWERS_MS);
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
    consumer.on(events.GROUP_JOIN, ({ payload }) => this.assigned(payload.memberId, payload.memberAssignment));
    consumer.on(events.REBALANCING, () => this.state.quiet('rebalancing'));
    // only after the first fetch does a consumer that reads from the latest message know where it stands
    consumer.on(events.FETCH, () => {
      this.failures = 0;
      if (!this.isStopping()) this.state.good('running');
    });
    // a call that commits resolves without an effect when the consumer is just ending
    consumer.on(events.COMMIT_OFFSETS, ({ payload }) => {
      for (const { topic, partitions } of payload.topics) {
        for (const { partition, offset } of partitions) this.partitions.get(partitionName(topic, partition))?.committed(BigInt(offset));
      }
    });
    return ended;
  }

  /** A member that the group had given up may find its partitions again, but others have worked on them meanwhile. */
  private assigned(memberId: string, assignment: Record<string, number[]>): void {
    if (memberId !== this.memberId) this.loseAll();
    this.memberId = memberId;
    const ours = Object.entries(assignment).flatMap(([topic, numbers]) => numbers.map((partition) => this.partitionOf(topic, partition)));
    for (const partition of this.partitions.values()) if (partition.isOurs && !ours.includes(partition)) this.lose(partition);
    const added = ours.filter(({ isOurs }) => !isOurs);
    if (added.length === 0) return;
    const stored = this.storedPositions([...new Set(added.map(({ topic }) => topic))]);
    for (const partition of added) partition.assigned(stored.then((positions) => positions(partition)));
  }

  private async storedPositions(topics: readonly string[]): Promise<(of: { topic: string; partition: number }) => StoredPosition> {
    // a group of this process alone has no past
    if (this.parts.options.ephemeral === true) return () => ({ offset: null, text: null });
    return storedPositions(newKafka(this.parts.address), { group: this.groupId, topics });
  }

  private loseAll(): void {
    for (const partition of this.partitions.values()) if (partition.isOurs) this.lose(partition);
  }

  private lose(partition: Partition): void {
    this.commits.forget(partition);
    partition.lost();
    this.parts.lost(partition.topic, partition.partition);
  }

  private take(payload: EachBatchPayload): Promise<void> {
    const { topic, partition } = payload.batch;
    return this.partitionOf(topic, partition).take(payload);
  }

  private partitionOf(topic: string, number: number): Partition {
    const name = partitionName(topic, number);
    const known = this.partitions.get(name) ?? this.newPartition({ topic, partition: number });
    this.partitions.set(name, known);
    return known;
  }

  private newPartition(source: { topic: string; partition: number }): Partition {
    const reading = this.readings.get(source.topic);
    if (reading === undefined) throw new PipelineError('LTS_CONFIGURATION', `The consumer of group ${this.groupId} does not read ${source.topic}.`);
    const { address, limits, parking, isBrokerAway } = this.parts;
    return new Partition({
      ...reading,
      source,
      limits,
      parking,
      isBrokerAway,
      stopping: this.stopping.signal,
      changed: (partition) => this.commits.mark(partition),
      readAgain: (offset, take, signal) => readAgain(newKafka(address), { ...source, offset, group: this.groupId }, take, signal),
    });
  }
}

/** A cluster with rights hides a topic that the user may not see. */
function absent(topics: readonly string[], { sasl }: KafkaAddress): string {
  return `the topic ${topics.join(', ')} does not exist${sasl === undefined ? '' : ', or the user may not see it'}`;
}

function partitionName(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
