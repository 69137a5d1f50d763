import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { readEnv } from '@lts/env';
import { noTransport } from '@lts/messaging';
import { WebSocket } from 'ws';
import { SimulatorEnv } from './env.js';
import { SimulatorService } from './simulator.service.js';
import { simulatorStage } from './stage.js';
import { Visitor, until } from '../test/visitor.js';

const START_MS = 1_700_000_000_000;
const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';

describe(SimulatorService.name, () => {
  let folder = '';
  const running: RunningStage[] = [];
  const clients: WebSocket[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) client.terminate();
    await Promise.all(running.splice(0).map((stage) => stage.stop()));
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(...flags: string[]): Promise<SimulatorService> {
    const { env } = readEnv(SimulatorEnv, { argv: ['--port', '0', '--verbosity', '0', '--speed', 'max', ...flags], variables: {}, file: null });
    const stage = await startStage(simulatorStage, { env, transport: noTransport() });
    running.push(stage);
    return stage.app.get(SimulatorService);
  }

  function recording(texts: string[]): string {
    const path = join(folder, 'race.ndjson');
    writeFileSync(path, texts.map((text, index) => `${JSON.stringify({ receivedAtMs: START_MS + index * 1_000, text })}\n`).join(''));
    return path;
  }

  function visit(service: { uri: string }): (count: number) => Promise<string[]> {
    const socket = new WebSocket(service.uri);
    clients.push(socket);
    const heard: string[] = [];
    socket.on('message', (message: Buffer) => heard.push(message.toString()));
    return async (count) => {
      while (heard.length < count) await once(socket, 'message');
      return heard;
    };
  }

  it('serves a recording from its start to the first client, on the port that is really bound', async () => {
    const service = await start('--recording', recording(['a|b|\n', PAGE, 'r1|#|1\n']));
    expect(service.port).toBeGreaterThan(0);
    expect(await visit(service)(3)).toEqual(['a|b|\n', PAGE, 'r1|#|1\n']);
  });

  it('keeps the last page on show after the end, for whoever comes then', async () => {
    const service = await start('--recording', recording([PAGE, 'r1|#|1\n']));
    await visit(service)(2);
    expect(await visit(service)(1)).toEqual([PAGE]);
  });

  it('starts again after the end when told to', async () => {
    const service = await start('--loop', '--result_seconds', '0', '--recording', recording([PAGE, 'r1|#|1\n']));
    expect((await visit(service)(5)).slice(0, 5)).toEqual([PAGE, 'r1|#|1\n', PAGE, 'r1|#|1\n', PAGE]);
  });

  it('generates a race from a seed, the same one for the same seed', async () => {
    const heard = [];
    for (const seed of ['7', '7', '8']) {
      const service = await start('--seed', seed, '--teams', '5', '--hours', '0.2');
      heard.push((await visit(service)(60)).slice(0, 60).join(''));
    }
    expect(heard[0]).toMatch(/^init\|/);
    expect(heard[1]).toBe(heard[0]);
    expect(heard[2]).not.toBe(heard[0]);
  });

  it('gives a client that joins a generated race a whole page first', async () => {
    const service = await start('--teams', '5', '--hours', '0.2', '--speed', '100');
    await visit(service)(20);
    const [first = ''] = await visit(service)(1);
    expect(first.startsWith('init|')).toBe(true);
    expect(first).toContain('grid|');
  });

  it('serves several circuits at once, each with a race and a port of its own', async () => {
    const service = await start('--circuits', 'north,south', '--teams', '5', '--hours', '0.1');
    const [north = '', south = ''] = [...service.uris.values()];
    expect([...service.uris.keys()]).toEqual(['north', 'south']);
    expect(north).not.toBe(south);
    const heard = await Promise.all([north, south].map((uri) => visit({ uri })(20)));
    expect(heard.map((texts) => texts[0]?.slice(0, 5))).toEqual(['init|', 'init|']);
    expect(heard[0]?.slice(0, 20)).not.toEqual(heard[1]?.slice(0, 20));
    await until(() => service.state().races === 2);
  });

  it('lets the faults asked for strike its links', async () => {
    // slow enough that the race is not over before a busy machine has joined it three times
    const service = await start('--faults', 'cut', '--teams', '5', '--hours', '12', '--speed', '3000');
    for (let cuts = 0; cuts < 3; cuts += 1) {
      const visitor = await Visitor.join(service.uri);
      await until(() => visitor.isClosed);
      expect(visitor.heard[0]).toMatch(/^init\|/);
    }
  }, 30_000);

  it('says in one sentence what cannot be served', async () => {
    await expect(start('--recording', join(folder, 'none.ndjson'))).rejects.toThrow('There is no file or folder');
    await expect(start('--circuits', 'A')).rejects.toThrow('--circuits: "A" is no circuit');
    await expect(start('--faults', 'luck')).rejects.toThrow('--faults knows no "luck"');
    await expect(start('--speed', '20000')).rejects.toThrow('--speed must be a factor');
    await expect(start('--speed', 'fast', '--hours', '0', '--faults', 'luck', '--rules', 'none', '--circuits', 'a,a')).rejects.toThrow(/^--speed .*\n--faults .*\n--circuits.*\n--hours .*\n--rules .*$/);
    const { port } = await start('--recording', recording([PAGE]));
    await expect(start('--recording', recording([PAGE]), '--port', String(port))).rejects.toMatchObject({ code: 'LTS_PORT_IN_USE' });
  });
});
