import { IsIn, Min } from 'class-validator';
import { Setting, StageEnv } from '@lts/env';

/** Settings of kafka-check. */
export class KafkaCheckEnv extends StageEnv {
  @Setting({ name: 'test_mode', required: true, help: 'consumer (shows what arrives) or producer (sends test messages).' })
  @IsIn(['consumer', 'producer'])
  testMode!: 'consumer' | 'producer';

  @Setting({ name: 'kafka_consume', default: 'test-topic', help: 'Topic the test messages are read from.' })
  kafkaConsume!: string;

  @Setting({ name: 'kafka_produce', default: 'test-topic', help: 'Topic the test messages go to.' })
  kafkaProduce!: string;

  @Setting({ name: 'kafka_group', default: 'test-group', help: 'Consumer group.' })
  kafkaGroup!: string;

  @Setting({ name: 'count', kind: 'whole', default: 100, help: 'Messages to send, or to receive before the consumer ends; 0 goes on for ever.' })
  @Min(0)
  count!: number;

  @Setting({ name: 'interval_ms', kind: 'whole', default: 500, help: 'Time between two messages of the producer, ms.' })
  @Min(0)
  intervalMs!: number;

  @Setting({ name: 'wait_ms', kind: 'whole', default: 15_000, help: 'How long the broker may take to answer before the check fails, ms.' })
  @Min(100)
  waitMs!: number;
}
