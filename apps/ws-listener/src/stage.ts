import type { Stage } from '@lts/bootstrap';
import { notificationsConsumer } from '@lts/feed-intake';
import { WsListenerEnv } from './env.js';
import { linkTargets } from './link/link-target.js';
import { WsListenerModule } from './ws-listener.module.js';

/**
 * Websocket of the timing provider -> `raw-messages`, `notifications`.
 *
 * Guarantees: order of arrival for each competition; nothing received is lost when the process dies (spool);
 * a frame in flight at that moment is published again with the same id.
 */
export const wsListenerStage: Stage<WsListenerEnv> = {
  name: 'ws-listener',
  env: WsListenerEnv,
  module: WsListenerModule,
  consumers: (env) => [notificationsConsumer('ws-listener', env)],
  prepare: (_app, env) => void linkTargets(env),
};
