import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { CompetitionState } from '@lts/apex-parser';
import { topicPlans } from '@lts/contracts';
import { startPostgres } from '../../libs/testing/dist/postgres-server.js';
import { LiveReader } from './live-reader.mjs';
import { PacedCircuit, nowMs } from './paced-circuit.mjs';
import { until } from './processes.mjs';
import { Tap } from './tap.mjs';
import { waysOfFrames } from './hops.mjs';

const CODE = 'bench';
const KEYS = { api_batch_key: 'batch', api_admin_key: 'admin' };
const PARTITIONS = 12;

/** Makes all topics of the pipeline. */
export function makeAllTopics(broker) {
  return broker.makeTopics(Object.fromEntries(topicPlans(PARTITIONS).map(({ name, partitions }) => [name, partitions])));
}

/** A database for the API: a synced PostgreSQL server where one is installed, unless the built-in one is asked for. */
export async function databaseFor(kind) {
  const server = kind === 'built-in' ? null : await startPostgres({ synced: true });
  const settings = server === null ? {} : { database_url: server.newDatabase() };
  let isStopped = server === null;
  const stop = () => {
    if (!isStopped) server.stop();
    isStopped = true;
  };
  // also when the bench is cut off
  process.once('exit', stop);
  return { name: server === null ? 'built-in database' : 'PostgreSQL, synced', settings, stop };
}

/**
 * All stages as processes on a broker, and one race through them.
 *
 * @param limits of the Kafka transport, or null for those of the apps
 * @returns the ways of its frames
 */
export async function throughKafka({ broker, processes, database, frames, seconds, speed, limits = null }) {
  const apiPort = await freePort();
  const api = `http://127.0.0.1:${apiPort}`;
  const launch = (app, settings) => {
    const flags = { kafka_servers: broker.servers, verbosity: 3, ...settings };
    if (limits === null) return processes.app(app, flags);
    return processes.start(fileURLToPath(new URL('stage-on-kafka.mjs', import.meta.url)), flags, app, [app, JSON.stringify(limits)]);
  };
  const circuit = new PacedCircuit(frames);
  const uri = await circuit.listen();
  const running = [
    processes.app('lts-api', { api_port: apiPort, data_path: processes.folder(), public_read: true, verbosity: 3, ...KEYS, ...database.settings }),
    launch('raw-storage', {}),
    launch('parser', { api_lts: api, api_key: KEYS.api_batch_key }),
    launch('api-sender', { api_lts: api, api_key: KEYS.api_batch_key, auto_create_competition: true }),
  ];
  const [raw, standard] = await Promise.all(['raw-messages', 'standard'].map((topic) => new Tap().open(broker.servers, topic)));
  await until(() => answers(api), 'lts-api');
  running.push(launch('ws-listener', { api_lts: api, api_key: KEYS.api_batch_key, competition_code: CODE, websocket_uri: uri }));
  const live = await race({ api, circuit, seconds, speed });
  await Promise.all(running.map((child) => processes.stop(child)));
  await Promise.all([raw.close(), standard.close()]);
  return waysOfFrames({ sentAtMs: circuit.sentAtMs, from: circuit.rushed, isTold: toldFrames(frames), raw: raw.messages, standard: standard.messages, events: live.events });
}

/** Everything in one process, and one race through it. */
export async function throughStandalone({ processes, database, frames, seconds, speed }) {
  const apiPort = await freePort();
  const api = `http://127.0.0.1:${apiPort}`;
  const circuit = new PacedCircuit(frames);
  const uri = await circuit.listen();
  const child = processes.app('standalone', { api_port: apiPort, data_path: processes.folder(), competition_code: CODE, websocket_uri: uri, verbosity: 3, ...database.settings });
  await until(() => answers(api), 'standalone');
  const live = await race({ api, circuit, seconds, speed });
  await processes.stop(child);
  return waysOfFrames({ sentAtMs: circuit.sentAtMs, from: circuit.rushed, isTold: toldFrames(frames), raw: null, standard: null, events: live.events });
}

/** Waits until the page of the race can be read, then lets the race run. */
async function race({ api, circuit, seconds, speed }) {
  const live = new LiveReader();
  await live.open(`${api}/v1/c/~${CODE}/live`);
  await until(() => live.events.some(({ rows }) => rows > 0), 'the first page of the race');
  await circuit.rush();
  // what was sent in a rush is stored, and the stages are at rest
  await until(() => nowMs() - live.events.at(-1).atMs > 2_000, 'the end of the rush');
  await circuit.race(seconds, speed);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  live.close();
  circuit.close();
  return live;
}

/** Whether each frame leads to actions: what does not is never told. */
function toldFrames(frames) {
  const state = new CompetitionState();
  return frames.map((frame) => state.apply(frame).actions.length > 0);
}

function answers(api) {
  return fetch(`${api}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function freePort() {
  return new Promise((found) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
