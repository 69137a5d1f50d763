export { SimulatorEnv } from './env.js';
export { SimulatorService } from './simulator.service.js';
export { simulatorStage } from './stage.js';
