import { randomUUID } from 'node:crypto';
import type { Stage } from '@lts/bootstrap';
import { TOPICS } from '@lts/contracts';
import { NOTIFICATIONS_CONSUMER, RAW_MESSAGES_CONSUMER } from '@lts/messaging';
import { PROVIDERS, type TimingProvider } from '@lts/timing-providers';
import { ParserEnv } from './env.js';
import { ParserModule } from './parser.module.js';

/** parser: `raw-messages` to `standard`. */
export const parserStage = parserStageWith(PROVIDERS);

/** The parser for the feeds of these providers. */
export function parserStageWith(providers: readonly TimingProvider[]): Stage<ParserEnv> {
  return {
    name: 'parser',
    env: ParserEnv,
    module: ParserModule.with(providers),
    consumers: (env) => [
      {
        transportId: NOTIFICATIONS_CONSUMER,
        group: `${env.kafkaGroup}.notifications.${env.instance ?? randomUUID().slice(0, 8)}`,
        topics: { [TOPICS.notifications]: env.kafkaNotifications },
        from: 'latest',
        ephemeral: true,
      },
      { transportId: RAW_MESSAGES_CONSUMER, group: env.kafkaGroup, topics: { [TOPICS.rawMessages]: env.kafkaConsume }, from: 'earliest' },
    ],
  };
}
