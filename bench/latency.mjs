import { loadavg } from 'node:os';
import { startBroker } from './ground/broker.mjs';
import { databaseFor, makeAllTopics, throughKafka, throughStandalone } from './ground/chains.mjs';
import { numberAfter, surroundings, textAfter } from './ground/figures.mjs';
import { spread } from './ground/hops.mjs';
import { Processes } from './ground/processes.mjs';
import { raceFrames } from './ground/race.mjs';
import { ensureBuilt } from '../scripts/ensure-built.mjs';

/**
 * How long a frame takes from the circuit's socket until it can be read on the live stream, which the page reads: a race of
 * 60 karts at its own pace, through all stages as processes on a real Kafka broker, and through the one process of standalone.
 * The hops are what a reader beside the stages sees on the topics, and the time of the commit that the stream carries.
 *
 *   node bench/latency.mjs [--way kafka|standalone] [--runs N] [--seconds S] [--speed X] [--database built-in] [--profiles FOLDER]
 */
const argv = process.argv.slice(2);
const runs = numberAfter(argv, '--runs', 3);
const seconds = numberAfter(argv, '--seconds', 120);
const speed = numberAfter(argv, '--speed', 1);
const only = textAfter(argv, '--way', null);
ensureBuilt();

const processes = new Processes(textAfter(argv, '--profiles', null));
const frames = await raceFrames(20_000);
const stops = [];
console.log(surroundings('kafkajs', '@nestjs/core', 'pg', '@electric-sql/pglite').join('\n'));
try {
  if (only !== 'standalone') await measure('kafka', { goal: 'p50 15, p99 50', database: textAfter(argv, '--database', null), way: throughKafka, prepared: preparedBroker });
  if (only !== 'kafka') await measure('standalone', { goal: 'p50 5, p99 20', database: 'built-in', way: throughStandalone, prepared: () => ({}) });
} finally {
  await processes.stopAll();
  for (const stop of stops.reverse()) await stop();
}

async function preparedBroker() {
  const broker = await startBroker();
  stops.push(() => broker.stop());
  await makeAllTopics(broker);
  return { broker };
}

async function measure(name, { goal, database: kind, way, prepared }) {
  const all = [];
  for (let run = 1; run <= runs; run += 1) {
    const surroundingsOfRun = await prepared();
    const database = await databaseFor(kind);
    stops.push(() => database.stop());
    const ways = await way({ processes, database, frames, seconds, speed, ...surroundingsOfRun });
    all.push(...ways);
    console.log(`${name} run ${run}: ${ways.length} frames, ${spread(ways.map(({ total }) => total))} (${database.name}, load ${loadavg()[0].toFixed(1)})`);
    for (const stop of stops.splice(0).reverse()) await stop();
  }
  console.log(`${name} all: ${all.length} frames, ${spread(all.map(({ total }) => total))}; goal ${goal}`);
  for (const hop of Object.keys(all[0] ?? {}).filter((key) => key !== 'total')) console.log(`  ${hop.padEnd(38)} ${spread(all.map((frame) => frame[hop]))}`);
}
