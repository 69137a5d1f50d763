export { ManualListenerEnv } from './env.js';
export { ManualListenerService } from './manual-listener.service.js';
export type { ProgressListener } from './manual-listener.service.js';
export type { ReplayProgress } from './replay/replay-counts.js';
export { manualListenerStage } from './stage.js';
