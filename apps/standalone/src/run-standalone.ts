import { onStopSignal } from '@lts/bootstrap';
import { PipelineError } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { runDemo } from './demo.js';
import { StandaloneEnv } from './env.js';
import { runLive } from './live.js';
import { Pipeline } from './pipeline.js';
import { planOf } from './plan.js';
import { runReplay } from './replay.js';

const say = (sentence: string): void => void process.stderr.write(`${sentence}\n`);

/** Exit code of a replay with `--exit` that was interrupted: it is not stored as a whole. */
const INTERRUPTED = 130;

/**
 * The whole pipeline in this process, as the command line asks for it; goes on until a signal, or to the end of a replay with `--exit`.
 *
 * @throws EnvFaults, HelpAsked, PipelineError each with the sentence to show
 */
export async function runStandalone(): Promise<void> {
  const { env } = readEnv(StandaloneEnv);
  const plan = planOf(env);
  const pipeline = await Pipeline.start(env, say);
  onStopSignal(() => pipeline.stop(), plan.kind === 'replay' && plan.exit ? INTERRUPTED : 0);
  try {
    say(`The page: ${pipeline.url}`);
    if (plan.kind === 'demo') await runDemo(pipeline, env, plan);
    else if (plan.kind === 'live') await runLive(pipeline, env);
    else if ((await runReplay(pipeline, plan, say)) === 'ended') await end(pipeline);
  } catch (error) {
    if (error instanceof PipelineError && error.code === 'LTS_STOPPING') return; // asked to stop: whoever asked ends the process
    await pipeline.stop().catch(() => undefined);
    throw error;
  }
}

async function end(pipeline: Pipeline): Promise<void> {
  await pipeline.stop();
  process.exit(0);
}
