import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { noTransport } from '@lts/messaging';
import { LtsApiEnv } from '../src/env.js';
import { ltsApiStage } from '../src/stage.js';

const LIMIT_MS = 120_000;

/** What a start writes on stderr, and the started API. */
async function started(folder: string, ...flags: string[]): Promise<{ stage: RunningStage; said: string; role: (key: string) => Promise<unknown> }> {
  const lines: string[] = [];
  const spy = jest.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  try {
    const { env } = readEnv(LtsApiEnv, { argv: ['--api_port', '0', '--data_path', folder, ...flags], variables: {}, file: null });
    const stage = await startStage(ltsApiStage, { env, transport: noTransport() });
    const url = await stage.app.getUrl();
    const role = async (key: string): Promise<unknown> => {
      const answer = await fetch(`${url}/v1/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) });
      return ((await answer.json()) as { role?: string }).role;
    };
    return { stage, said: lines.join(''), role };
  } finally {
    spy.mockRestore();
  }
}

describe('a start of lts-api', () => {
  const stages: RunningStage[] = [];
  afterEach(async () => {
    for (const stage of stages.splice(0)) await stage.stop();
  });

  async function start(...args: Parameters<typeof started>): ReturnType<typeof started> {
    const api = await started(...args);
    stages.push(api.stage);
    return api;
  }

  it('makes an admin key where nobody could manage anything, tells it once, and ends it when the settings name one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lts-api-'));
    const first = await start(folder, '--api_batch_key', 'batch-key', '--verbosity', '0');
    const key = /^A first admin key was made; it is shown only now: (\w+)$/m.exec(first.said)?.[1] ?? '';
    expect(await first.role(key)).toBe('admin');
    await first.stage.stop();
    const second = await start(folder, '--verbosity', '0');
    expect(second.said).toBe('');
    expect([await second.role(key), await second.role('batch-key')]).toEqual(['admin', undefined]);
    await second.stage.stop();
    const third = await start(folder, '--api_admin_key', 'admin-key', '--verbosity', '0');
    expect([await third.role(key), await third.role('admin-key')]).toEqual([undefined, 'admin']);
  }, LIMIT_MS);

  it('warns each time that rows may be imported', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lts-api-'));
    for (const flags of [['--api_import', 'true'], ['--api_import', 'true'], []]) {
      const api = await start(folder, '--api_admin_key', 'admin-key', '--verbosity', '3', ...flags);
      expect(api.said.includes('"event":"import-allowed"')).toBe(flags.length > 0);
      await api.stage.stop();
    }
  }, LIMIT_MS);
});
