export { POSITIONALS } from './stage.js';
export type { RunningStage, Stage } from './stage.js';
export { StageHealth } from './stage-health.js';
export type { HealthReport } from './stage-health.js';
export { StageLogger } from './stage-logger.js';
export { startStage } from './start-stage.js';
export type { StageParts } from './start-stage.js';
export { onStopSignal, orExplain, runStage } from './run-stage.js';
