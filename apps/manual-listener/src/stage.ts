import type { Stage } from '@lts/bootstrap';
import { notificationsConsumer } from '@lts/feed-intake';
import { ManualListenerEnv } from './env.js';
import { ManualListenerModule } from './manual-listener.module.js';
import { parseSpeed } from './replay/speed.js';

/**
 * Files and recordings -> `raw-messages`, `notifications`, under the same lock as the feed of a circuit.
 *
 * Guarantees: the order of the file; a recording replayed again sends only what the competition does not have yet;
 * one that does not fit what the competition has is refused before anything is sent.
 */
export const manualListenerStage: Stage<ManualListenerEnv> = {
  name: 'manual-listener',
  env: ManualListenerEnv,
  module: ManualListenerModule,
  takesPositionals: true,
  consumers: (env) => [notificationsConsumer('manual-listener', env)],
  prepare: (_app, env) => void parseSpeed(env.speed),
};
