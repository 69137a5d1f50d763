export { LtsApiEnv } from './env.js';
export { ltsApiStage } from './stage.js';
