import type { Stage } from '@lts/bootstrap';
import { TOPICS } from '@lts/contracts';
import { TEST_CONSUMER } from '@lts/messaging';
import { KafkaCheckEnv } from './env.js';
import { KafkaCheckModule } from './kafka-check.module.js';

/** kafka-check: test messages to and from a broker. */
export const kafkaCheckStage: Stage<KafkaCheckEnv> = {
  name: 'kafka-check',
  env: KafkaCheckEnv,
  module: KafkaCheckModule,
  consumers: (env) => (env.testMode === 'consumer' ? [{ transportId: TEST_CONSUMER, group: env.kafkaGroup, topics: { [TOPICS.test]: env.kafkaConsume }, from: 'earliest' }] : []),
};
