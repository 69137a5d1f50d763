import { WsListenerEnv, wsListenerStage } from '@lts/ws-listener';
import type { StandaloneEnv } from './env.js';
import type { Pipeline } from './pipeline.js';

/** Listens to one or more circuits. */
export async function runLive(pipeline: Pipeline, env: Readonly<StandaloneEnv>): Promise<void> {
  await pipeline.caughtUp();
  await pipeline.startSource({
    stage: wsListenerStage,
    type: WsListenerEnv,
    decided: {
      competition_code: env.competitionCode,
      websocket_uri: env.websocketUri,
      websocket_headers: env.websocketHeaders.join(','),
      competitions: env.competitions.join(','),
    },
  });
}
