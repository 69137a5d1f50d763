export { WsListenerEnv } from './env.js';
export type { SocketState } from './link/competition-socket.js';
export { wsListenerStage } from './stage.js';
export { WsListenerService } from './ws-listener.service.js';
