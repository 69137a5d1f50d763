import type { Stage } from '@lts/bootstrap';
import { TOPICS } from '@lts/contracts';
import { STANDARD_CONSUMER } from '@lts/messaging';
import { ApiSenderModule } from './api-sender.module.js';
import { ApiSenderEnv } from './env.js';

/** api-sender: `standard` to the REST API, and the end of each initialisation to `notifications`. */
export const apiSenderStage: Stage<ApiSenderEnv> = {
  name: 'api-sender',
  env: ApiSenderEnv,
  module: ApiSenderModule,
  consumers: (env) => [{ transportId: STANDARD_CONSUMER, group: env.kafkaGroup, topics: { [TOPICS.standard]: env.kafkaConsume }, from: 'earliest' }],
};
