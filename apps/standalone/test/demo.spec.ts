import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { rowsOf } from './race-content.js';
import { StartedApp, newFolder } from './started-app.js';

const LIMIT_MS = 120_000;

describe('the demo', () => {
  const running: StartedApp[] = [];
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });

  async function start(folder: string, ...flags: string[]): Promise<{ app: StartedApp; url: string }> {
    const app = new StartedApp(['--api_port', '0', '--data_path', folder, ...flags]);
    running.push(app);
    return { app, url: await app.url() };
  }

  async function until<Found>(look: () => Promise<Found>, enough: (found: Found) => boolean): Promise<Found> {
    for (;;) {
      const found = await look();
      if (enough(found)) return found;
      await new Promise((resume) => setTimeout(resume, 100));
    }
  }

  it(
    'runs a simulated race through the websocket and the whole pipeline onto the page',
    async () => {
      const { url } = await start(newFolder(), '--speed', '60');
      const [competition] = await until(() => rowsOf(`${url}/v1/c`), (found) => found.length > 0);
      const base = `${url}/v1/c/~${String(competition?.['competition_code'])}`;
      const laps = await until(() => rowsOf(`${base}/laps`), (found) => found.length >= 24);
      expect(new Set(laps.map((lap) => lap['participant_code'])).size).toBeGreaterThan(5);
      const page = await (await fetch(url)).text();
      expect(page).toContain('<script');
    },
    LIMIT_MS,
  );

  it(
    'logs under its own name, since all stages of one process share one log',
    async () => {
      const { app } = await start(newFolder(), '--speed', '60', '--verbosity', '2');
      await app.said(/"event":"competition-made"/);
      const { stderr } = await app.stop();
      const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
      expect(new Set(lines.map((line) => (JSON.parse(line) as { stage: string }).stage))).toEqual(new Set(['standalone']));
    },
    LIMIT_MS,
  );

  it(
    'makes a new competition at each start and keeps the last three',
    async () => {
      const folder = newFolder();
      const codes: string[] = [];
      for (let turn = 0; turn < 4; turn += 1) {
        const { app, url } = await start(folder);
        const found = await until(() => rowsOf(`${url}/v1/c`), (competitions) => competitions.length === Math.min(3, turn + 1) && !codes.includes(String(competitions.at(-1)?.['competition_code'])));
        codes.push(String(found.at(-1)?.['competition_code']));
        await app.stop();
      }
      expect(new Set(codes).size).toBe(4);
      expect(existsSync(join(folder, 'recordings', codes[0] ?? ''))).toBe(false);
      expect(readdirSync(join(folder, 'recordings')).sort()).toEqual(codes.slice(1).sort());
    },
    LIMIT_MS,
  );
});
