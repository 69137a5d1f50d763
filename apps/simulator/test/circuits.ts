import { type RunningStage, startStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { noTransport } from '@lts/messaging';
import { SimulatorEnv } from '../src/env.js';
import { SimulatorService } from '../src/simulator.service.js';
import { simulatorStage } from '../src/stage.js';

/** Simulators that a test has started. */
export class StartedSimulators {
  private readonly running: RunningStage[] = [];

  /** Starts one on free ports, at the highest speed unless told otherwise. */
  async start(...flags: string[]): Promise<SimulatorService> {
    const { env } = readEnv(SimulatorEnv, { argv: ['--port', '0', '--verbosity', '0', '--speed', 'max', ...flags], variables: {}, file: null });
    const stage = await startStage(simulatorStage, { env, transport: noTransport() });
    this.running.push(stage);
    return stage.app.get(SimulatorService);
  }

  async stop(): Promise<void> {
    await Promise.all(this.running.splice(0).map((stage) => stage.stop()));
  }
}
