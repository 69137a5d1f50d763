import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { type Server, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { readEnv } from '@lts/env';
import { PROVIDERS } from '@lts/timing-providers';
import { type WebSocket, WebSocketServer } from 'ws';
import { WsListenerEnv } from '../src/env.js';
import { type Trial, trialOf, tryCircuit } from '../src/try/try-circuit.js';
import { selfSigned } from './certificates.js';
import { Circuit } from './circuit.js';

jest.setTimeout(60_000);

const project = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const COLUMNS = [['no', 'Kart'], ['dr', 'Equipo'], ['llp', 'Ultima'], ['', 'Km/h']];
const HEADER = COLUMNS.map(([type, label], index) => `<td data-id="c${index + 1}" data-type="${String(type)}">${String(label)}</td>`).join('');
const CELLS = ['7', 'TEAM A', '1:02.345', '81'].map((text, index) => `<td data-id="r1c${index + 1}" class="in">${text}</td>`).join('');
const PAGE = `init|r|\ntitle1||12H\ntitle2||CARRERA\ntrack||OVAL (1100m)\ngrid||<tbody><tr data-id="r0" class="head">${HEADER}</tr><tr data-id="r1" data-pos="1">${CELLS}</tr></tbody>\nmsg||\n`;

describe(tryCircuit.name, () => {
  const circuits: { close: () => Promise<void> }[] = [];

  afterEach(async () => {
    for (const circuit of circuits.splice(0)) await circuit.close();
  });

  async function newCircuit(): Promise<Circuit> {
    const circuit = await Circuit.open();
    circuits.push(circuit);
    return circuit;
  }

  function trial(uri: string): Trial {
    const { env } = readEnv(WsListenerEnv, { argv: ['--try', uri], variables: {}, file: null });
    return { ...trialOf(env, PROVIDERS)!, listenMs: 300 };
  }

  /** What the user is told, and by which error it ended. */
  async function tried(uri: string): Promise<{ said: string; fault: unknown }> {
    const lines: string[] = [];
    const fault = await tryCircuit(trial(uri), (line) => lines.push(line)).then(() => null, (error: unknown) => error);
    return { said: lines.join('\n'), fault };
  }

  it('shows how the circuit is reached, what comes, and what of it is understood', async () => {
    const circuit = await newCircuit();
    await circuit.openSocket((socket) => {
      socket.send(PAGE);
      socket.send('r1c3|tn|1:02.111\nGET / HTTP/1.1\n');
    });
    const { said, fault } = await tried(circuit.page);
    expect(fault).toBeNull();
    expect(said.split('\n')).toEqual([
      `${circuit.page} tells of wss://127.0.0.1:${circuit.basePort + 3}/, ws://127.0.0.1:${circuit.basePort + 2}/, a poll`,
      expect.stringMatching(/^Not reached: wss:.*ECONNREFUSED/),
      `Reached by ws://127.0.0.1:${circuit.basePort + 2}/`,
      'Received    2 frames, 8 lines: 7 understood, 1 not',
      '            "GET / HTTP/1.1"',
      'Titles      "12H", "CARRERA": stage race, ranking by laps',
      'Track       OVAL, 1100 m',
      expect.stringMatching(/^Columns {5}kart-number c1, name c2, last-time c3$/),
      '            without a meaning: "Km/h"',
      'Karts       1: 7 TEAM A',
      expect.stringMatching(/^Told {8}.*initialize 1/),
    ]);
  });

  it('takes a websocket as well, and says that no page came', async () => {
    const circuit = await newCircuit();
    await circuit.openSocket((socket) => socket.send('r1c3|tn|1:02.111\n'));
    const { said, fault } = await tried(`ws://127.0.0.1:${circuit.basePort + 2}/`);
    expect(fault).toBeNull();
    expect(said).toContain('Page        none came');
  });

  it('shows that the circuit is polled where there is no websocket', async () => {
    const circuit = await newCircuit();
    circuit.answer = () => `1@1@${PAGE}`;
    const { said, fault } = await tried(circuit.page);
    expect(fault).toBeNull();
    expect(said).toMatch(/Reached by http:.*live_ajax\.php/);
    expect(said).toContain('Karts       1: 7 TEAM A');
  });

  it('says what to do about an address that is none, a page of something else, and a circuit that is not reached', async () => {
    expect(() => trial('live.example/oval')).toThrow('is not an address');
    const circuit = await newCircuit();
    circuit.isCaptive = true;
    expect((await tried(circuit.page)).fault).toMatchObject({ code: 'LTS_CIRCUIT_PAGE', message: expect.stringContaining('copy its address') });
    circuit.isCaptive = false;
    circuit.answer = () => 503;
    expect((await tried(circuit.page)).fault).toMatchObject({ code: 'LTS_CIRCUIT_UNREACHABLE', message: expect.stringMatching(/wss:.*ECONNREFUSED.* ws:.*ECONNREFUSED.*status 503.*Check the network/) });
    expect((await tried('ws://127.0.0.1:9/')).fault).toMatchObject({ code: 'LTS_CIRCUIT_UNREACHABLE', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('says that nothing comes, and that what comes is no feed', async () => {
    const circuit = await newCircuit();
    let welcome: (socket: WebSocket) => void = () => undefined;
    await circuit.openSocket((socket) => welcome(socket));
    expect((await tried(circuit.page)).fault).toMatchObject({ code: 'LTS_CIRCUIT_UNREACHABLE', message: expect.stringContaining('nothing comes') });
    welcome = (socket) => socket.send('{"hello":1}');
    expect((await tried(circuit.page)).fault).toMatchObject({ code: 'LTS_CIRCUIT_PAGE', message: expect.stringContaining('"{\\"hello\\":1}"') });
  });

  it('listens by the encrypted websocket of a certificate that is trusted, as a command without Kafka', async () => {
    const { cert, key, caFile } = selfSigned('IP:127.0.0.1');
    const secured = (handle: RequestListener): Server => createServer({ cert, key }, handle);
    const feed = secured((_request, response) => response.end());
    const sockets = new WebSocketServer({ server: feed });
    sockets.on('connection', (socket) => socket.send(PAGE));
    const site = secured(({ url }, response) => response.end(url === '/oval/javascript/config.js' ? `var configPort = ${portOf(feed) - 3};\nvar configHost = "127.0.0.1";` : '<html></html>'));
    await Promise.all([once(feed.listen(0, '127.0.0.1'), 'listening'), once(site.listen(0, '127.0.0.1'), 'listening')]);
    circuits.push({ close: () => closeAll(sockets, feed, site) });
    const told = await command(['--try', `https://127.0.0.1:${portOf(site)}/oval/`], { NODE_EXTRA_CA_CERTS: caFile });
    expect(told).toMatchObject({ code: 0, stderr: '' });
    expect(told.stdout).toContain(`Reached by wss://127.0.0.1:${portOf(feed)}/`);
    expect(told.stdout).toContain('Karts       1: 7 TEAM A');
    const untrusting = await command(['--try', `https://127.0.0.1:${portOf(site)}/oval/`], {});
    expect(untrusting.code).toBe(1);
    expect(untrusting.stderr).toContain('its certificate is not trusted (self-signed certificate): name the file of its authority in NODE_EXTRA_CA_CERTS');
  });
});

function portOf(server: { address(): unknown }): number {
  return (server.address() as AddressInfo).port;
}

async function closeAll(sockets: WebSocketServer, ...servers: Server[]): Promise<void> {
  for (const client of sockets.clients) client.terminate();
  for (const server of servers) {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
}

/** Runs the app from its sources. */
async function command(flags: readonly string[], variables: Record<string, string>): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const started = spawn(process.execPath, ['--conditions=@lts/source', '--import', '@swc-node/register/esm-register', 'src/main.ts', ...flags], {
    cwd: project,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: variables,
  });
  const told = { stdout: '', stderr: '' };
  started.stdout.on('data', (chunk: Buffer) => (told.stdout += chunk.toString()));
  started.stderr.on('data', (chunk: Buffer) => (told.stderr += chunk.toString()));
  const [code] = (await once(started, 'close')) as [unknown];
  return { code, ...told };
}
