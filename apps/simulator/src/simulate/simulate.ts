import type { Writable } from 'node:stream';
import { PipelineError } from '@lts/contracts';
import { Simulation, type SimulatedFrame, type SimulationOptions, type TruthRecord, withFaults } from '@lts/race-simulator';
import { checkAll } from '../check-all.js';
import { type ChosenFaults, chosenFaults } from '../choices.js';
import { LinkFaultPlan } from '../links/link-faults.js';
import { simulationOptions } from '../race-settings.js';
import type { SimulateEnv } from './env.js';
import { LineFile } from './line-file.js';
import { throughLink } from './through-link.js';

/** Where the command writes besides its files; tests give their own. */
export interface Outputs {
  stdout: Writable;
  stderr: Writable;
}

/**
 * Simulates a race and writes its frames and its truth; a line of figures goes to `stderr`.
 *
 * @throws PipelineError `LTS_CONFIGURATION`, `LTS_RECORDING_UNWRITABLE`
 */
export async function simulate(env: Readonly<SimulateEnv>, { stdout, stderr }: Outputs): Promise<void> {
  checkAll(() => mustWrite(env), () => simulationOptions(env), () => chosenFaults(env.faults));
  const options = simulationOptions(env);
  const faults = chosenFaults(env.faults);
  const startedAtMs = performance.now();
  const recording = await fileAt(env.recording, stdout);
  const truth = await fileAt(env.truth, stdout);
  const counts = { frames: 0, records: 0 };
  for (const { frames, records } of told(options, faults)) {
    counts.frames += frames.length;
    counts.records += records.length;
    for (const { atMs, text } of frames) await recording?.add(JSON.stringify({ receivedAtMs: atMs, text }));
    for (const record of records) await truth?.add(JSON.stringify(record));
  }
  await recording?.end();
  await truth?.end();
  stderr.write(`seed ${options.seed}, ${options.dialect}, ${options.rules}: ${counts.frames} frames, ${counts.records} truth records, ${Math.round(performance.now() - startedAtMs)} ms\n`);
}

function mustWrite({ recording, truth }: Readonly<SimulateEnv>): void {
  if (recording === undefined && truth === undefined) throw wrong('Nothing would be written. Give --recording FILE, --truth FILE or both.');
  if (recording === truth) throw wrong('--recording and --truth name the same file. Give each its own.');
}

/** Each frame as it is recorded, with what has become true until then; at the end the rest of the truth. */
function* told(options: SimulationOptions, faults: ChosenFaults): Generator<{ frames: SimulatedFrame[]; records: TruthRecord[] }> {
  const simulation = new Simulation(options);
  const sent = withFaults(simulation.frames(), faults.frames, options.seed);
  for (const frame of throughLink(sent, () => simulation.page(), new LinkFaultPlan(faults.links, options.seed))) yield { frames: [frame], records: simulation.takeTruth() };
  yield { frames: [], records: simulation.takeTruth() };
}

async function fileAt(path: string | undefined, stdout: Writable): Promise<LineFile | null> {
  return path === undefined ? null : LineFile.create(path, stdout);
}

function wrong(sentence: string): PipelineError {
  return new PipelineError('LTS_CONFIGURATION', sentence);
}
