import type { SimulatorEnv } from './env.js';
import type { Feed } from './feed.js';
import { GeneratedFeed } from './generated-feed.js';
import { RecordedFeed } from './recorded-feed.js';

const START_MS = Date.UTC(2026, 0, 1, 10);

/**
 * The race that the settings ask for: a recording, or a generated one.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` when there is no such recording
 */
export async function chooseFeed(env: Readonly<SimulatorEnv>): Promise<Feed> {
  if (env.recording !== undefined) return RecordedFeed.open(env.recording);
  return new GeneratedFeed({ seed: env.seed, hours: env.raceMinutes / 60, teams: env.teams, rules: 'pomposa-24h', dialect: 'en-endurance', startMs: START_MS, day: false, eventful: true });
}
