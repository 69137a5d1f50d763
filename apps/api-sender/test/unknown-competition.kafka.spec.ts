import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from '@jest/globals';
import { FrameIdSequence, type StandardMessage, TOPICS, parkedTopic, standardMessage } from '@lts/contracts';
import { kafkaTransport } from '@lts/messaging';
import type { Action } from '@lts/race-actions';
import { describeWithKafka } from '@lts/testing';

const APPS = resolve(fileURLToPath(new URL('.', import.meta.url)), '../..');
const WAIT_LIMIT_MS = 60_000;
const KEYS = { api_admin_key: 'admin-of-the-test', api_batch_key: 'stages-of-the-test' };

async function until(condition: () => Promise<boolean>): Promise<void> {
  const limit = Date.now() + WAIT_LIMIT_MS;
  while (!(await condition().catch(() => false))) {
    if (Date.now() > limit) throw new Error(`It never became true: ${condition.toString()}`);
    await new Promise((resume) => setTimeout(resume, 100));
  }
}

function freePort(): Promise<number> {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => found(port));
    });
  });
}

/** Frames whose laps count up, each one action. */
function framesOf(competition: string, ids: FrameIdSequence, count: number): StandardMessage[] {
  return Array.from({ length: count }, (_, index) => {
    const id = ids.next(1_700_000_000_000 + index);
    const action: Action = { type: 'update-timing-lap', data: { participant_code: 'r1', lap: index + 1 } };
    return standardMessage({ id, competitionCode: competition, source: 'test', atMs: 1_700_000_000_000 + index, data: { frame: id, at_ms: 1_700_000_000_000 + index, session: 1, actions: [{ ...action, id: `${id}:0` }] } });
  });
}

describeWithKafka('the api-sender as a process, beside a REST API as a process', (broker) => {
  const children = new Set<ChildProcess>();

  function launch(app: string, settings: Record<string, string | number>): ChildProcess {
    const argv = Object.entries({ verbosity: 0, ...settings }).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(process.execPath, [join(APPS, app, 'dist/main.js'), ...argv], { cwd: mkdtempSync(join(tmpdir(), `lts-${app}-`)), stdio: ['ignore', 'ignore', 'inherit'] });
    children.add(child);
    return child;
  }
  async function kill(child: ChildProcess): Promise<void> {
    children.delete(child);
    if (child.exitCode !== null) return;
    const ended = new Promise((resume) => child.once('exit', resume));
    child.kill('SIGKILL');
    await ended;
  }
  afterAll(async () => {
    for (const child of [...children]) await kill(child);
  });

  it('sets an unknown competition aside, stores another one of the partition, and stores all of it when it is made, also after a kill', async () => {
    for (const topic of [TOPICS.standard, TOPICS.notifications, parkedTopic(TOPICS.standard)]) broker().createTopic(topic);
    const [apiPort, healthPort] = [await freePort(), await freePort()];
    const api = `http://127.0.0.1:${apiPort}`;
    launch('lts-api', { api_port: apiPort, data_path: mkdtempSync(join(tmpdir(), 'lts-api-')), ...KEYS });
    let bearer = '';
    const request = async (method: string, path: string, body?: object): Promise<Record<string, unknown>> => {
      const answer = await fetch(`${api}${path}`, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
      return (await answer.json()) as Record<string, unknown>;
    };
    await until(async () => {
      const answer = await fetch(`${api}/v1/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key: KEYS.api_admin_key }) });
      bearer = ((await answer.json()) as { bearer: string }).bearer;
      return answer.ok;
    });
    const track = await request('POST', '/v1/tracks', { name: 'NORTH' });
    const make = (code: string) => request('POST', '/v1/c', { track_id: track['id'], competition_code: code, name: code, description: '', settings: { length: 0, length_unit: 'laps', pit_time: null, min_number_pits: 0 } });
    const watermark = async (code: string): Promise<unknown> => (await request('GET', `/v1/c/~${code}/watermark`))['api-sender'];
    const health = async () => (await (await fetch(`http://127.0.0.1:${healthPort}/health/ready`)).json()) as { transport: { consumers: { lag: number; aside: { competition: string }[] }[] } };
    const sender = (): ChildProcess => launch('api-sender', { api_lts: api, api_key: KEYS.api_batch_key, kafka_servers: broker().servers.join(','), competition_wait_ms: 500, health_port: healthPort });

    await make('known');
    const transport = kafkaTransport({ kafkaServers: broker().servers }, 'spec');
    const publish = (frames: StandardMessage[]): Promise<void> => transport.publisher.publish(TOPICS.standard, frames.map((value) => ({ key: value.competition_code, kind: 'standard', value })));
    const ids = { known: new FrameIdSequence(null), unknown: new FrameIdSequence(null) };
    const first = sender();
    const [early, known] = [framesOf('unknown', ids.unknown, 700), framesOf('known', ids.known, 700)];
    await publish([...early, ...known]);
    await until(async () => (await watermark('known')) === known.at(-1)?.id);
    await until(async () => (await health()).transport.consumers[0]?.aside[0]?.competition === 'unknown');
    await kill(first);
    sender();
    const [late, more] = [framesOf('unknown', ids.unknown, 50), framesOf('known', ids.known, 50)];
    await publish([...late, ...more]);
    await until(async () => (await watermark('known')) === more.at(-1)?.id);
    expect(await watermark('unknown')).toBeUndefined();
    await make('unknown');
    await until(async () => (await watermark('unknown')) === late.at(-1)?.id);
    await until(async () => (await health()).transport.consumers[0]?.aside.length === 0);
    const parked: unknown[] = [];
    await transport.past?.each({ topic: parkedTopic(TOPICS.standard), partition: 0, key: 'unknown', from: '0', until: '1000', group: 'people' }, (messages) => void parked.push(...messages));
    expect(parked).toEqual([]);
    await transport.close();
  }, 180_000);
});
