import { PipelineError } from '@lts/contracts';
import { DIALECTS } from '@lts/race-simulator';
import { checkAll } from '../check-all.js';
import { type ChosenFaults, chosenFaults } from '../choices.js';
import type { SimulatorEnv } from '../env.js';
import type { Feed } from '../feed/feed.js';
import { GeneratedFeed } from '../feed/generated-feed.js';
import { RecordedFeed } from '../feed/recorded-feed.js';
import { parseSpeed } from '../feed/speed.js';
import { simulationOptions } from '../race-settings.js';
import { Circuit } from './circuit.js';
import { type CircuitPlan, circuitPlans } from './circuit-plan.js';

/**
 * The circuits that the settings ask for, not opened yet.
 *
 * @throws PipelineError `LTS_CONFIGURATION`; `LTS_RECORDING_UNREADABLE` when there is no such recording
 */
export async function circuitsOf(env: Readonly<SimulatorEnv>): Promise<Circuit[]> {
  const defaults = { dialect: env.dialect ?? DIALECTS[0]?.name ?? '', seed: env.seed, port: env.port };
  const race = { ...env, dialect: undefined };
  checkAll(() => parseSpeed(env.speed), () => chosenFaults(env.faults), () => circuitPlans(env.circuits, defaults), () => simulationOptions(race));
  const speed = parseSpeed(env.speed);
  const faults = chosenFaults(env.faults);
  const plans = circuitPlans(env.circuits, defaults);
  if (plans.length === 0) throw new PipelineError('LTS_CONFIGURATION', '--circuits names no circuit; give at least one name.');
  const open = async (plan: CircuitPlan): Promise<Circuit> => {
    const options = { slug: plan.slug, host: env.host, port: plan.port, seed: plan.seed, speed, loop: env.loop, resultMs: env.resultSeconds * 1_000, clientBufferBytes: env.clientBufferKb * 1_024, linkFaults: faults.links };
    return new Circuit(options, await feedOf(plan, env, faults));
  };
  return Promise.all(plans.map(open));
}

async function feedOf(plan: CircuitPlan, env: Readonly<SimulatorEnv>, faults: ChosenFaults): Promise<Feed> {
  if (env.recording !== undefined) return RecordedFeed.open(env.recording);
  return new GeneratedFeed(simulationOptions({ ...env, seed: plan.seed, dialect: plan.dialect }), faults.frames);
}
