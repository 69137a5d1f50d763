import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { startStage } from '@lts/bootstrap';
import { type RawMessage, type StandardMessage, parkedTopic, topicPlans } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { KafkaCluster, type Transport, kafkaTransport } from '@lts/messaging';
import { describeWithKafka } from '@lts/testing';
import { WsListenerEnv } from '../src/env.js';
import { wsListenerStage } from '../src/stage.js';
import { Surroundings } from './surroundings.js';

const PARSER = resolve(dirname(fileURLToPath(import.meta.url)), '../../parser/dist/main.js');
const LIMIT_MS = 180_000;
/** The largest frame that a listener takes by default, bytes. */
const LARGEST = 512 * 1024;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const limit = Date.now() + LIMIT_MS / 2;
  while (!(await condition())) {
    if (Date.now() > limit) throw new Error(`It never became true: ${condition.toString()}`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** A page with as many teams as fit into so many bytes. */
function pageOf(bytes: number): string {
  const columns = ['sta', 'rk', 'no', 'dr', 'tlp', 'llp', 'blp'];
  const header = columns.map((type, index) => `<td data-id="c${index + 1}" data-type="${type}">${type}</td>`).join('');
  const open = `init|r|\ntitle2||RACE\nlight|lg|\ngrid||<tbody><tr data-id="r0" class="head">${header}</tr>`;
  const close = '</tbody>\nmsg||\n';
  let [rows, number] = ['', 0];
  for (;;) {
    const code = `r${(number += 1)}`;
    const row = `<tr data-id="${code}" data-pos="${number}">${columns.map((type, index) => `<td data-id="${code}c${index + 1}" class="in">${type === 'dr' ? `ÉQUIPE "${code}" ${'x'.repeat(1_000)}` : ''}</td>`).join('')}</tr>`;
    if (Buffer.byteLength(open + rows + row + close) > bytes) return open + rows + close;
    rows += row;
  }
}

/** The first lap of a team. */
function lap(code: string): string {
  return `${code}c5|in|1\n${code}c6|tn|1:01.000\n${code}|*|61000|\n`;
}

describeWithKafka('a frame near the limit of its size, from the socket through Kafka to the parser', (broker) => {
  it('arrives unchanged, and so does what follows from it', async () => {
    const name = randomUUID().slice(0, 8);
    const topics = { raw: `raw-${name}`, standard: `standard-${name}`, notifications: `notifications-${name}`, state: `state-${name}` };
    const [plan] = topicPlans(1);
    await new KafkaCluster({ kafkaServers: broker().servers }, 'spec').makeTopics([...Object.values(topics), parkedTopic(topics.raw)].map((topic) => ({ ...plan!, name: topic })));
    const circuit = await Surroundings.open();
    const servers = broker().servers.join(',');
    const flags = circuit.flags(['night']);
    const { env } = readEnv(WsListenerEnv, { argv: [...flags, '--kafka_servers', servers, '--kafka_produce', topics.raw, '--kafka_notifications', topics.notifications], variables: {}, file: null });
    const transports: Transport[] = [kafkaTransport(env, 'ws-listener'), kafkaTransport({ kafkaServers: broker().servers }, 'spec')];
    const [transport, own] = transports as [Transport, Transport];
    const api = flags[flags.indexOf('--api_lts') + 1]!;
    const parser: ChildProcess = spawn(
      process.execPath,
      [PARSER, '--api_lts', api, '--kafka_servers', servers, '--kafka_consume', topics.raw, '--kafka_produce', topics.standard, '--kafka_notifications', topics.notifications, '--kafka_state', topics.state, '--kafka_group', `parser-${name}`, '--errors_path', join(circuit.spoolPath, 'errors'), '--verbosity', '3'],
      { cwd: mkdtempSync(join(tmpdir(), 'lts-parser-')), stdio: ['ignore', 'ignore', 'inherit'] },
    );
    const linked = circuit.links(['night']);
    const listener = await startStage(wsListenerStage, { env, transport });
    const read = async <Message>(topic: string): Promise<Message[]> => {
      const found: unknown[] = [];
      await own.past!.each({ topic, partition: 0, key: 'night', from: '0', until: '1000', group: name }, (messages) => void found.push(...messages.map(({ value }) => value)));
      return found as Message[];
    };
    try {
      const { night } = await linked;
      const texts = [pageOf(LARGEST), lap('r1'), `com||${'"\\'.repeat(LARGEST / 2 - 10)}`, lap('r2')];
      for (const text of texts) night!.send(text);
      await until(async () => (await read(topics.raw)).length > 0);
      const [page] = await read<RawMessage>(topics.raw);
      circuit.watermarks.set('night', page!.id);
      await until(async () => (await read(topics.raw)).length >= texts.length);
      expect((await read<RawMessage>(topics.raw)).map(({ data }) => data)).toEqual(texts);
      await until(async () => (await read<StandardMessage>(topics.standard)).some(({ data }) => data.actions.some((action) => action.type === 'add-lap' && action.data.participant_code === 'r2')));
      const [first] = await read<StandardMessage>(topics.standard);
      const initialize = first?.data.actions.find((action) => action.type === 'initialize');
      expect(initialize?.type === 'initialize' && initialize.data.participants.length).toBe([...pageOf(LARGEST).matchAll(/data-pos=/g)].length);
      expect(await read(parkedTopic(topics.raw))).toEqual([]);
    } finally {
      await listener.stop();
      const gone = once(parser, 'exit');
      parser.kill('SIGTERM');
      await gone;
      for (const one of transports) await one.close();
      await circuit.close();
    }
  }, LIMIT_MS);
});
