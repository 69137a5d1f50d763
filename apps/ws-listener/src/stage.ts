import type { Stage } from '@lts/bootstrap';
import { notificationsConsumer } from '@lts/feed-intake';
import { PROVIDERS, type TimingProvider } from '@lts/timing-providers';
import { WsListenerEnv } from './env.js';
import { linkTargets } from './link/link-target.js';
import { WsListenerModule } from './ws-listener.module.js';

/**
 * Feed of the timing provider, by websocket or poll -> `raw-messages`, `notifications`.
 *
 * Guarantees: order of arrival for each competition; nothing received is lost when the process dies (spool);
 * a frame in flight at that moment is published again with the same id.
 */
export const wsListenerStage = wsListenerStageWith(PROVIDERS);

/** The listener for the feeds of these providers. */
export function wsListenerStageWith(providers: readonly TimingProvider[]): Stage<WsListenerEnv> {
  return {
    name: 'ws-listener',
    env: WsListenerEnv,
    module: WsListenerModule.with(providers),
    consumers: (env) => [notificationsConsumer('ws-listener', env)],
    prepare: (_app, env) => void linkTargets(env),
  };
}
