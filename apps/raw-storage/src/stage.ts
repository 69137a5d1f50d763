import type { Stage } from '@lts/bootstrap';
import { TOPICS } from '@lts/contracts';
import { RAW_MESSAGES_CONSUMER } from '@lts/messaging';
import { RawStorageEnv } from './env.js';
import { RawStorageModule } from './raw-storage.module.js';

/** raw-storage: `raw-messages` to files. */
export const rawStorageStage: Stage<RawStorageEnv> = {
  name: 'raw-storage',
  env: RawStorageEnv,
  module: RawStorageModule,
  consumers: (env) => [{ transportId: RAW_MESSAGES_CONSUMER, group: env.kafkaGroup, topics: { [TOPICS.rawMessages]: env.kafkaConsume }, from: 'earliest' }],
};
