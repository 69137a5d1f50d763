export { WsListenerEnv } from './env.js';
export type { LinkState } from './link/arrivals.js';
export { wsListenerStage, wsListenerStageWith } from './stage.js';
export { WsListenerService } from './ws-listener.service.js';
