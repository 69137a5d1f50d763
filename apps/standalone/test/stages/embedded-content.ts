import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { raceContent } from '../race-content.js';
import { StartedApp } from '../started-app.js';

/** All that the pipeline in one process holds of a competition, by natural keys, after it has replayed a recording. */
export async function embeddedContent(recording: string, competition: string): Promise<Awaited<ReturnType<typeof raceContent>>> {
  const data = mkdtempSync(join(tmpdir(), 'lts-embedded-'));
  const app = new StartedApp(['--competition_code', competition, '--replay', recording, '--data_path', data, '--api_port', '0', '--speed', 'max']);
  try {
    await app.said(/The replay is complete/);
    return await raceContent(await app.url(), competition);
  } finally {
    app.signal('SIGKILL');
    await app.ended();
    rmSync(data, { recursive: true, force: true });
  }
}
