import { ManualListenerEnv, ManualListenerService, type ReplayProgress, manualListenerStage } from '@lts/manual-listener';
import type { Pipeline } from './pipeline.js';
import type { Plan } from './plan.js';
import { ProgressLine } from './progress-line.js';
import type { ReplaySummary } from './replay-summary.js';

/**
 * Replays a recording into its competition.
 *
 * @returns whether the process is to end now, or goes on showing the race
 * @throws PipelineError `LTS_RECORDING_UNREADABLE`, `LTS_RECORDING_CONFLICT` when the competition holds other or newer frames
 */
export async function runReplay(pipeline: Pipeline, plan: Extract<Plan, { kind: 'replay' }>, say: (sentence: string) => void): Promise<'ended' | 'goes on'> {
  await pipeline.caughtUp();
  const before = pipeline.counts();
  const decided = { competition_code: plan.competitionCode, speed: plan.speed };
  const listener = (await pipeline.startSource({ stage: manualListenerStage, type: ManualListenerEnv, decided, positionals: [plan.path] })).get(ManualListenerService);
  const line = ProgressLine.on(process.stderr, () => listener.progress);
  const progress = await listener.done.finally(() => line.end());
  await pipeline.stored();
  const summary = summaryOf(plan.competitionCode, progress, { before, after: pipeline.counts() });
  if (plan.exit) {
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return 'ended';
  }
  say(`The replay is complete: ${summary.frames} frames, ${summary.skipped} of them known already. Ctrl-C ends.`);
  return 'goes on';
}

type Counts = ReturnType<Pipeline['counts']>;

function summaryOf(competition: string, progress: Readonly<ReplayProgress>, { before, after }: { before: Counts; after: Counts }): ReplaySummary {
  const { parser, sender } = after;
  return {
    competition,
    frames: progress.frames,
    lines: progress.lines,
    actions: parser.actions - before.parser.actions,
    skipped: progress.skipped + parser.skipped - before.parser.skipped,
    unknown: parser.unknown - before.parser.unknown,
    parked: after.parked - before.parked + sender.rejected - before.sender.rejected,
    operations: sender.operations - before.sender.operations,
    elapsedMs: Math.round(Date.now() - progress.startedAtMs),
  };
}
