import type { CustomTransportStrategy } from '@nestjs/microservices';
import type { Parking } from './parking.js';
import type { Publisher } from './publisher.js';
import type { TopicPast } from './topic-past.js';

/** Transport ids: the second argument of `@EventPattern`, so that each consumer gets its own handlers only. */
export const RAW_MESSAGES_CONSUMER = Symbol('raw-messages consumer');
export const STANDARD_CONSUMER = Symbol('standard consumer');
export const NOTIFICATIONS_CONSUMER = Symbol('notifications consumer');
export const TEST_CONSUMER = Symbol('test-topic consumer');

/** One consumer of a stage: a group of its own over one or more topics. */
export interface ConsumerOptions {
  transportId: symbol;
  /** Name of the group, used exactly as given. */
  group: string;
  /** Pattern of the handlers -> name of the topic; the two differ when a flag renames a topic. */
  topics: Record<string, string>;
  /** Where a group without a position starts. */
  from: 'earliest' | 'latest';
  /** The group belongs to this process alone and is removed with it. */
  ephemeral?: boolean;
}

/**
 * How a stage sends and receives. A stage must not know which one it is on.
 *
 * A handler is `@EventPattern(pattern, transportId)` and gets `@Payload() messages: ReceivedMessage<T>[]`,
 * in order, of one competition. It may take as long as it needs (waiting for a lock, retrying): the others go on; those
 * of its partition after a while, when it is set aside. When it returns, the messages are done. When it throws a retriable
 * `PipelineError`, the same messages come again after a pause; when it throws anything else they come again one by one,
 * and the one that still fails is parked.
 */
export interface Transport {
  readonly kind: 'embedded' | 'kafka';
  readonly publisher: Publisher;
  readonly parking: Parking;
  /** What topics hold of the past; null on the embedded transport, whose past is the recordings. */
  readonly past: TopicPast | null;
  consumer(options: ConsumerOptions): CustomTransportStrategy;
  /**
   * Called when a partition went to another instance: what a stage keeps of its competitions is out of date.
   * Never on the embedded transport.
   */
  onPartitionLost(listener: PartitionLost): void;
  /** State of the connection and of each consumer, for health. */
  health(): TransportHealth;
  /** Ends sending; consumers are closed by their Nest application. */
  close(): Promise<void>;
}

export type PartitionLost = (topic: string, partition: number) => void;

/** A competition that alone cannot go on; `reason` is null while its handler waits, as for a lock. */
export interface WaitingCompetition {
  competition: string;
  /** Offset it goes on from. */
  offset: string;
  ageMs: number;
  reason: string | null;
}

export interface TransportHealth {
  ready: boolean;
  consumers: { group: string; state: string; lag: number | null; aside?: WaitingCompetition[] }[];
  /** The sending side, where it has a state of its own; `waiting` is the number of messages not yet acknowledged. */
  publisher?: { state: string; waiting: number };
}
