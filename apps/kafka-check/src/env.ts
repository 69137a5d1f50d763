import { IsIn, Max, Min } from 'class-validator';
import { COMPETITION_PARTITIONS } from '@lts/contracts';
import { Setting, StageEnv } from '@lts/env';

export const TEST_MODES = ['consumer', 'producer', 'roundtrip', 'topics', 'doctor'] as const;
export type TestMode = (typeof TEST_MODES)[number];

/** Settings of kafka-check. */
export class KafkaCheckEnv extends StageEnv {
  @Setting({
    name: 'test_mode',
    required: true,
    help: 'consumer (shows what arrives), producer (sends test messages), roundtrip (sends and reads back, with figures), topics (makes the topics that are missing) or doctor (looks at everything and says what is wrong).',
  })
  @IsIn(TEST_MODES)
  testMode!: TestMode;

  @Setting({ name: 'kafka_consume', default: 'test-topic', help: 'Topic the test messages are read from.' })
  kafkaConsume!: string;

  @Setting({ name: 'kafka_produce', default: 'test-topic', help: 'Topic the test messages go to.' })
  kafkaProduce!: string;

  @Setting({ name: 'kafka_group', default: 'test-group', help: 'Consumer group; a round trip reads in a group of its own whose name begins with it.' })
  kafkaGroup!: string;

  @Setting({ name: 'count', kind: 'whole', default: 100, help: 'Messages to send, or to receive before the consumer ends; 0 goes on for ever (consumer and producer only).' })
  @Min(0)
  count!: number;

  @Setting({ name: 'interval_ms', kind: 'whole', default: 500, help: 'Time between two messages of the producer, ms; a round trip and the doctor send one every 10 ms at most.' })
  @Min(0)
  intervalMs!: number;

  @Setting({ name: 'wait_ms', kind: 'whole', default: 15_000, help: 'How long the broker may take to answer before the check fails, and a message to come back before it counts as lost, ms.' })
  @Min(100)
  waitMs!: number;

  @Setting({ name: 'partitions', kind: 'whole', default: COMPETITION_PARTITIONS, help: 'Partitions of the topics that are shared out among instances (topics, doctor).' })
  @Min(1)
  @Max(10_000)
  partitions!: number;

  @Setting({ name: 'max_lag', kind: 'whole', default: 1_000, help: 'Messages that a group may be behind before the doctor calls it a fault.' })
  @Min(0)
  maxLag!: number;

  @Setting({ name: 'max_skew_ms', kind: 'whole', default: 500, help: "Difference between the brokers' clock and ours before the doctor calls it a fault, ms." })
  @Min(1)
  maxSkewMs!: number;
}
