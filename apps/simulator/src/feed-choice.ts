import { raceOptions } from '@lts/race-simulator';
import type { SimulatorEnv } from './env.js';
import type { Feed } from './feed.js';
import { GeneratedFeed } from './generated-feed.js';
import { RecordedFeed } from './recorded-feed.js';

const MINUTE_MS = 60_000;

/**
 * The race that the settings ask for: a recording, or a generated one.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` when there is no such recording
 */
export async function chooseFeed(env: Readonly<SimulatorEnv>): Promise<Feed> {
  if (env.recording !== undefined) return RecordedFeed.open(env.recording);
  return new GeneratedFeed(raceOptions({ seed: env.seed, teams: env.teams, durationMs: env.raceMinutes * MINUTE_MS }));
}
