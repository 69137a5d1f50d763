import { readdirSync, statSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startBroker } from './ground/broker.mjs';
import { FastCircuit } from './ground/circuit.mjs';
import { median, numberAfter, surroundings, textAfter } from './ground/figures.mjs';
import { Processes, cpuMsOf, until } from './ground/processes.mjs';
import { raceFrames, rawRecords } from './ground/race.mjs';
import { SinkApi } from './ground/sink-api.mjs';
import { ensureBuilt } from '../scripts/ensure-built.mjs';

/**
 * Each stage on a real Kafka broker, as a process of its own, against bare kafkajs that does the same input and output:
 * the same topic read in the same batches, as many bytes written to files, topics or the REST API in as many calls, the
 * same commits; once without a look into the messages, and once with each read from JSON and written to JSON. They take
 * turns. The rate is that of the last nine tenths of the work, so that neither
 * start nor warming up counts; the REST API is a program that answers at once. Where other programs share the machine,
 * the processor time that a message takes (Linux only) is the steadier figure.
 *
 *   node bench/stages.mjs [--stage NAME] [--runs N] [--messages N] [--profiles FOLDER]
 */
const COMPETITIONS = ['north', 'south', 'east', 'west', 'alpha', 'bravo', 'delta', 'hotel'];
const PARTITIONS = 12;
const SAMPLE_MS = 50;
const FIRST_PART = 0.1;
/** Above every id: whatever is asked for is stored. */
const ALL_STORED = 'zzzzzzzzzzzzzzzzzzzzzzzzzz';

const argv = process.argv.slice(2);
const runs = numberAfter(argv, '--runs', 5);
const messages = numberAfter(argv, '--messages', 200_000);
const only = textAfter(argv, '--stage', null);
ensureBuilt();

const processes = new Processes(textAfter(argv, '--profiles', null));
const broker = await startBroker();
const frames = await raceFrames(Math.ceil(messages / COMPETITIONS.length));
let turns = 0;
try {
  await broker.makeTopics({ 'raw-messages': PARTITIONS, notifications: 1, 'standard-bench': PARTITIONS });
  const records = await rawRecords(frames, COMPETITIONS);
  await broker.fill('raw-messages', records);
  console.log(surroundings('kafkajs', '@nestjs/microservices').join('\n'));
  console.log(`race     ${COMPETITIONS.length} competitions of 60 karts in ${PARTITIONS} partitions: ${records.length} frames, ${Math.round(records.reduce((sum, { value }) => sum + value.length, 0) / records.length)} bytes each`);
  for (const compare of [rawStorage, parser, apiSender, wsListener]) if (only === null || only === nameOf(compare) || compare === parser) await compare();
} finally {
  await processes.stopAll();
  await broker.stop();
}

async function rawStorage() {
  const work = { messages: await broker.length('raw-messages'), topic: 'raw-messages' };
  const stage = () => {
    const output = processes.folder();
    return { app: 'raw-storage', settings: { output_path: output, kafka_consume: work.topic, compress: false }, progress: () => bytesIn(output) };
  };
  const first = await run(work, stage());
  const shorter = (await bytesOf(work.topic) - first.total) / work.messages;
  const bare = () => {
    const output = processes.folder();
    return { bare: 'raw-storage', settings: { output_path: output, kafka_consume: work.topic, shorter_by: Math.round(shorter) }, progress: () => bytesIn(output) };
  };
  await takeTurns('raw-storage', { work, stage, bare });
}

/** Its output is what the api-sender reads, so it always runs once. */
async function parser() {
  const work = { messages: await broker.length('raw-messages'), topic: 'raw-messages' };
  const api = new SinkApi(ALL_STORED);
  const settings = { api_lts: await api.listen(), api_key: 'bench', kafka_consume: work.topic };
  // a state of its own each time, or it would know all frames already
  const stage = async (topic) => ({ app: 'parser', settings: { ...settings, kafka_produce: topic, kafka_state: await newTopic() }, progress: () => broker.length(topic) });
  const first = await run(work, await stage('standard-bench'));
  if (only === null || only === 'parser') {
    const bytes = await bytesOf('standard-bench');
    const alike = { kafka_consume: work.topic, records_share: first.total / work.messages, record_bytes: Math.round(bytes / first.total) };
    await takeTurns('parser', {
      work,
      stage: async () => stage(await newTopic()),
      bare: async () => {
        const topic = await newTopic();
        return { bare: 'parser', settings: { ...alike, kafka_produce: topic }, progress: () => broker.length(topic) };
      },
    });
  }
  api.close();
}

async function apiSender() {
  const work = { messages: await broker.length('standard-bench'), topic: 'standard-bench' };
  const api = new SinkApi(null);
  const url = await api.listen();
  const counted = () => {
    const before = api.bytes;
    return () => api.bytes - before;
  };
  const stage = () => ({ app: 'api-sender', settings: { api_lts: url, api_key: 'bench', kafka_consume: work.topic }, progress: counted() });
  const first = await run(work, stage());
  const alike = { api_lts: url, kafka_consume: work.topic, bytes_share: first.total / (await bytesOf(work.topic)), request_bytes: Math.round(first.total / api.requests) };
  await takeTurns('api-sender', { work, stage, bare: () => ({ bare: 'api-sender', settings: alike, progress: counted() }) });
  api.close();
}

async function wsListener() {
  const updates = frames.slice(1);
  const work = { messages: updates.length * COMPETITIONS.length, topic: null };
  const circuit = new FastCircuit(updates);
  const uri = await circuit.listen();
  const api = new SinkApi(null);
  const settings = { competitions: COMPETITIONS.map((code) => `${code}=${uri}`).join(',') };
  const apiLts = await api.listen();
  const sending = async (what, more) => {
    const topic = await newTopic();
    return { ...what, settings: { ...settings, ...more, spool_path: processes.folder(), kafka_produce: topic }, progress: () => broker.length(topic), isDone: async () => (await broker.length(topic)) >= work.messages, topic };
  };
  const stage = () => sending({ app: 'ws-listener' }, { api_lts: apiLts, api_key: 'bench' });
  const first = await stage();
  await run(work, first);
  const textBytes = updates.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / updates.length;
  const longer = Math.round((await bytesOf(first.topic)) / work.messages - textBytes);
  await takeTurns('ws-listener', { work, stage, bare: () => sending({ bare: 'ws-listener' }, { longer_by: longer }) });
  circuit.close();
  api.close();
}

/** Stage and bare programs by turns; prints what came out. */
async function takeTurns(name, { work, stage, bare }) {
  const done = { bare: [], json: [], stage: [] };
  for (let turn = 0; turn < runs; turn += 1) {
    const plain = await bare();
    done.bare.push(await run(work, plain));
    const decoding = await bare();
    done.json.push(await run(work, { ...decoding, settings: { ...decoding.settings, json: true } }));
    done.stage.push(await run(work, await stage()));
  }
  const say = (kind, sentence) => console.log(`${name.padEnd(11)} ${kind.padEnd(13)} ${sentence}`);
  say('bare', shown(done.bare));
  say('bare and JSON', shown(done.json));
  say('stage', shown(done.stage));
  for (const [kind, words] of [['bare', 'to bare'], ['json', 'to bare, JSON']]) {
    const ratios = done.stage.map(({ rate }, turn) => rate / done[kind][turn].rate);
    const ofCpu = median(done[kind].map(({ cpuUs }) => cpuUs)) / median(done.stage.map(({ cpuUs }) => cpuUs));
    say(words, `${median(ratios).toFixed(2)} of the rate (by turns ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')}), ${ofCpu.toFixed(2)} by processor time; load ${loadavg()[0].toFixed(1)}`);
  }
}

function shown(done) {
  const rates = done.map(({ rate }) => rate);
  return `${Math.round(median(rates))} messages/s (lowest ${Math.round(Math.min(...rates))}, highest ${Math.round(Math.max(...rates))}), ${median(done.map(({ cpuUs }) => cpuUs)).toFixed(1)} us of processor time each`;
}

/** One run until everything is done and committed: total progress, and messages a second and processor time of a message (us) over the last nine tenths. */
async function run(work, { app, bare, settings, progress, isDone }) {
  const group = `bench-${(turns += 1)}`;
  const kafka = { kafka_servers: broker.servers, ...(work.topic === null ? {} : { kafka_group: group }) };
  const child = app === undefined ? processes.start(fileURLToPath(new URL(`bare/${bare}.mjs`, import.meta.url)), { ...kafka, ...settings }, `bare-${bare}`) : processes.app(app, { ...kafka, ...settings, verbosity: 3 });
  const samples = [];
  const done = isDone ?? (async () => (await broker.committed(group, work.topic)) >= work.messages);
  await until(
    async () => {
      samples.push({ atMs: performance.now(), value: await progress(), cpuMs: cpuMsOf(child.pid) });
      if (child.exitCode !== null) throw new Error(`${app ?? bare} has ended.`);
      return done();
    },
    `${app ?? bare} on ${work.messages} messages`,
    { everyMs: SAMPLE_MS, limitMs: 300_000 },
  );
  const total = await progress();
  await processes.stop(child);
  return { total, ...ratesOf(samples, total, work.messages) };
}

function ratesOf(samples, total, count) {
  const from = samples.find(({ value }) => value >= total * FIRST_PART);
  const to = samples.find(({ value }) => value >= total);
  const messages = count * (1 - from.value / total);
  return { rate: (messages * 1_000) / (to.atMs - from.atMs), cpuUs: ((to.cpuMs - from.cpuMs) * 1_000) / messages };
}

async function newTopic() {
  const topic = `bench-topic-${(turns += 1)}`;
  await broker.makeTopics({ [topic]: PARTITIONS });
  return topic;
}

async function bytesOf(topic) {
  let bytes = 0;
  await broker.contents(topic, ({ value }) => (bytes += value.length));
  return bytes;
}

function bytesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}

function nameOf(compare) {
  return compare.name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
