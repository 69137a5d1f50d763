import type { Stage } from '@lts/bootstrap';
import { SimulatorEnv } from './env.js';
import { SimulatorModule } from './simulator.module.js';
import { SimulatorService } from './simulator.service.js';

/** A race on a websocket, in the provider's protocol: from a recording, or generated from a seed. */
export const simulatorStage: Stage<SimulatorEnv> = {
  name: 'simulator',
  env: SimulatorEnv,
  module: SimulatorModule,
  consumers: () => [],
  prepare: (app) => app.get(SimulatorService).start(),
};
