import { fileURLToPath } from 'node:url';
import { loadavg } from 'node:os';
import { startBroker } from './ground/broker.mjs';
import { databaseFor, makeAllTopics, throughKafka } from './ground/chains.mjs';
import { median, numberAfter, surroundings } from './ground/figures.mjs';
import { spread } from './ground/hops.mjs';
import { Processes, cpuMsOf, until } from './ground/processes.mjs';
import { raceFrames, rawRecords } from './ground/race.mjs';
import { SinkApi } from './ground/sink-api.mjs';
import { ensureBuilt } from '../scripts/ensure-built.mjs';

/**
 * What it costs to commit the positions of the partitions again and again: the parser at full speed, and the way of a frame
 * through all stages, each with commits as often as the transport makes them and, by turns, with none during the run.
 *
 *   node bench/commits.mjs [--every MS] [--runs N] [--messages N] [--seconds S] [--speed X]
 */
const NEVER = { commitEveryMs: 3_600_000 };
const PARTITIONS = 12;
const COMPETITIONS = ['north', 'south', 'east', 'west', 'alpha', 'bravo', 'delta', 'hotel'];

const argv = process.argv.slice(2);
const OFTEN = { commitEveryMs: numberAfter(argv, '--every', 100) };
const runs = numberAfter(argv, '--runs', 3);
const messages = numberAfter(argv, '--messages', 200_000);
const seconds = numberAfter(argv, '--seconds', 60);
const speed = numberAfter(argv, '--speed', 1);
ensureBuilt();

const processes = new Processes();
const frames = await raceFrames(Math.max(20_000, messages / COMPETITIONS.length));
let turns = 0;
console.log(surroundings('kafkajs', '@nestjs/microservices').join('\n'));
try {
  await throughput();
  await latency();
} finally {
  await processes.stopAll();
}

async function throughput() {
  const broker = await startBroker();
  const api = new SinkApi('zzzzzzzzzzzzzzzzzzzzzzzzzz');
  try {
    await makeAllTopics(broker);
    const records = await rawRecords(frames.slice(0, messages / COMPETITIONS.length), COMPETITIONS);
    await broker.fill('raw-messages', records);
    const work = { broker, apiLts: await api.listen() };
    const total = (await parse(work, OFTEN, null)).records;
    const done = { with: [], without: [] };
    for (let run = 0; run < runs; run += 1) {
      done.with.push(await parse(work, OFTEN, total));
      done.without.push(await parse(work, NEVER, total));
    }
    for (const [kind, all] of Object.entries(done)) {
      const rates = all.map(({ rate }) => rate);
      console.log(`parser ${kind.padEnd(7)} commits: ${Math.round(median(rates))} frames/s (lowest ${Math.round(Math.min(...rates))}, highest ${Math.round(Math.max(...rates))}), ${median(all.map(({ cpuUs }) => cpuUs)).toFixed(1)} us of processor time each; load ${loadavg()[0].toFixed(1)}`);
    }
    console.log(`parser with / without: ${median(done.with.map(({ rate }, run) => rate / done.without[run].rate)).toFixed(2)} of the rate`);
  } finally {
    api.close();
    await broker.stop();
  }
}

/** The parser over all frames. @param total records it makes, null when they are not known yet: then its commits tell the end */
async function parse({ broker, apiLts }, limits, total) {
  turns += 1;
  const [group, topic, states] = ['group', 'actions', 'states'].map((name) => `bench-${name}-${turns}`);
  await broker.makeTopics({ [topic]: PARTITIONS, [states]: PARTITIONS });
  const settings = { kafka_servers: broker.servers, kafka_group: group, kafka_produce: topic, kafka_state: states, api_lts: apiLts, api_key: 'bench', verbosity: 3 };
  const child = processes.start(fileURLToPath(new URL('ground/stage-on-kafka.mjs', import.meta.url)), settings, 'parser', ['parser', JSON.stringify(limits)]);
  const count = await broker.length('raw-messages');
  const samples = [];
  await until(
    async () => {
      const value = await broker.length(topic);
      samples.push({ atMs: performance.now(), cpuMs: cpuMsOf(child.pid), value });
      return total === null ? (await broker.committed(group, 'raw-messages')) >= count : value >= total;
    },
    'the parser',
    { limitMs: 300_000 },
  );
  await processes.stop(child);
  const records = await broker.length(topic);
  const from = samples.find(({ value }) => value >= records / 10);
  const to = samples.find(({ value }) => value >= records);
  const part = count * (1 - from.value / records);
  return { records, rate: (part * 1_000) / (to.atMs - from.atMs), cpuUs: ((to.cpuMs - from.cpuMs) * 1_000) / part };
}

async function latency() {
  const ways = { with: [], without: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const [kind, limits] of [['with', OFTEN], ['without', NEVER]]) {
      const broker = await startBroker();
      const database = await databaseFor(null);
      try {
        await makeAllTopics(broker);
        ways[kind].push(...(await throughKafka({ broker, processes, database, frames, seconds, speed, limits })));
      } finally {
        database.stop();
        await broker.stop();
      }
    }
  }
  for (const [kind, all] of Object.entries(ways)) console.log(`frame to live stream ${kind.padEnd(7)} commits: ${all.length} frames, ${spread(all.map(({ total }) => total))}; load ${loadavg()[0].toFixed(1)}`);
}
