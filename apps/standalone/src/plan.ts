import { existsSync } from 'node:fs';
import { PipelineError } from '@lts/contracts';
import type { StandaloneEnv } from './env.js';

/** What this run is to do. */
export type Plan =
  | { kind: 'demo'; speed: string }
  | { kind: 'live' }
  | { kind: 'replay'; competitionCode: string; path: string; speed: string; exit: boolean };

const DEMO_SPEED = '5';

/**
 * What the settings ask for: a demo without any, a replay, or one or more circuits.
 *
 * @throws PipelineError `LTS_CONFIGURATION` when they contradict each other, `LTS_RECORDING_UNREADABLE` for a missing file
 */
export function planOf(env: Readonly<StandaloneEnv>): Plan {
  if (env.replay !== undefined) return replayPlan(env, env.replay);
  if (env.exit) throw wrong('--exit belongs to a replay. Give --replay FILE, too.');
  if (env.websocketUri !== undefined && env.competitionCode === undefined) throw wrong('--websocket_uri needs the code of the competition. Give --competition_code, too.');
  if (env.websocketUri !== undefined || env.competitions.length > 0) return { kind: 'live' };
  if (env.competitionCode !== undefined) throw wrong('--competition_code needs a source. Give --websocket_uri or --replay, too.');
  return { kind: 'demo', speed: env.speed ?? DEMO_SPEED };
}

function replayPlan(env: Readonly<StandaloneEnv>, path: string): Plan {
  if (env.competitionCode === undefined) throw wrong('--replay needs the code of the competition. Give --competition_code, too.');
  if (env.websocketUri !== undefined) throw wrong('--replay and --websocket_uri exclude each other. Give one of them.');
  if (!existsSync(path)) throw new PipelineError('LTS_RECORDING_UNREADABLE', `There is no file or folder ${path}. Correct --replay.`);
  const speed = env.speed ?? (env.exit ? 'max' : '1');
  return { kind: 'replay', competitionCode: env.competitionCode, path, speed, exit: env.exit };
}

function wrong(sentence: string): PipelineError {
  return new PipelineError('LTS_CONFIGURATION', sentence);
}
