import { randomUUID } from 'node:crypto';
import type { Stage } from '@lts/bootstrap';
import { TOPICS } from '@lts/contracts';
import { type ConsumerOptions, TEST_CONSUMER } from '@lts/messaging';
import { KafkaCheckEnv } from './env.js';
import { KafkaCheckModule } from './kafka-check.module.js';

/** kafka-check: test messages to and from a broker, and a look at the whole cluster. */
export const kafkaCheckStage: Stage<KafkaCheckEnv> = { name: 'kafka-check', env: KafkaCheckEnv, module: KafkaCheckModule, consumers };

function consumers({ testMode, kafkaConsume, kafkaGroup }: Readonly<KafkaCheckEnv>): ConsumerOptions[] {
  const reader = { transportId: TEST_CONSUMER, topics: { [TOPICS.test]: kafkaConsume } };
  switch (testMode) {
    case 'consumer':
      return [{ ...reader, group: kafkaGroup, from: 'earliest' }];
    case 'roundtrip':
    case 'doctor':
      return [{ ...reader, group: `${kafkaGroup}.roundtrip.${randomUUID().slice(0, 8)}`, from: 'latest', ephemeral: true }];
    case 'producer':
    case 'topics':
      return [];
  }
}
