import type { SimulatorEnv } from './env.js';
import type { Feed } from './feed.js';
import { RecordedFeed } from './recorded-feed.js';

/**
 * The race that the settings ask for: a recording, or a generated one.
 *
 * @throws PipelineError `LTS_RECORDING_UNREADABLE` when there is no such recording
 */
export async function chooseFeed(env: Readonly<SimulatorEnv>): Promise<Feed> {
  return RecordedFeed.open(env.recording ?? '');
}
