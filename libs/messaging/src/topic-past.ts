import type { ReceivedMessage } from './received-message.js';

/** Messages of one key in one partition. */
export interface PastRange {
  topic: string;
  partition: number;
  key: string;
  /** First offset, decimal. */
  from: string;
  /** Offset of the first message that is no longer part of it. */
  until: string;
  /** Group in whose name is read; it gets no position by it. */
  group: string;
}

/**
 * Reads again, beside the consumers, what topics hold.
 * Every call throws PipelineError `LTS_KAFKA_UNAVAILABLE` while the broker is away or a topic does not exist.
 */
export interface TopicPast {
  /** The last message of the key, null when there is none (or only a later removal). */
  latest(topic: string, key: string, group: string): Promise<ReceivedMessage<unknown> | null>;
  /** Hands over, in order and in arrays, what is still there; what is no proper message is left out. Throws what `take` throws. */
  each(range: PastRange, take: (messages: readonly ReceivedMessage<unknown>[]) => Promise<void> | void): Promise<void>;
}
