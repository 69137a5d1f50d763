/** Limits of the Kafka transport; the defaults suit production, tests tighten some. */
export interface KafkaLimits {
  /** Most bytes of keys, values and headers in one send; must stay below the brokers' `message.max.bytes`. A larger single message goes alone. */
  maxChunkBytes: number;
  /** Most messages a handler gets at once. */
  maxBatch: number;
  /** A handler that takes longer than this, ms, pauses its partition and goes on beside the others. */
  slowHandlerMs: number;
  /** A competition whose messages are not done within this time though nothing else stands still is set aside, ms. */
  competitionWaitMs: number;
  /** Positions are committed this often, ms; what is done after the last commit comes again after a crash. */
  commitEveryMs: number;
  /** Longest wait of one fetch for new messages, ms; a resumed partition and a close notice it only then. */
  maxWaitMs: number;
  /** A member that is silent this long, ms, loses its partitions to the others. */
  sessionTimeoutMs: number;
  /** Partitions of one consumer that are handled at the same time. */
  concurrentPartitions: number;
}

export const KAFKA_LIMITS: KafkaLimits = {
  maxChunkBytes: 900_000,
  maxBatch: 500,
  slowHandlerMs: 100,
  competitionWaitMs: 15_000,
  commitEveryMs: 100,
  maxWaitMs: 100,
  sessionTimeoutMs: 10_000,
  concurrentPartitions: 8,
};

/** How long a closing consumer waits for running handlers, ms. */
export const HANDLERS_END_MS = 2_000;

/** How long closing waits for each thing that the broker must answer, ms. */
export const BROKER_ANSWERS_MS = 1_000;
