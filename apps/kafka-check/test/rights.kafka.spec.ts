import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FrameIdSequence, PipelineError, rawMessage, standardMessage, topicPlans } from '@lts/contracts';
import { KafkaCluster, type OutgoingMessage, type Transport, kafkaTransport } from '@lts/messaging';
import { type BrokerRight, LimitedRights, describeWithKafka } from '@lts/testing';
import { rightsOf } from './access-table.js';
import { StageProcess, asLimitedUser, freePort, until } from './limited-stage.js';
import { check, parked } from './run-check.js';

const LIMIT_MS = 400_000;
const STORED = '7ZZZZZZZZZZZZZZZZZZZZZZZZZ';
/** What a stage says when it lacks a right. */
const LACKS_RIGHT = /may not do this|no right to read with it|the user may not see it/;
const PAGE = 'init|r|\ntitle2||RACE\ngrid||<tbody><tr data-id="r0" class="head"><td data-id="c1" data-type="no">no</td></tr><tr data-id="r1" data-pos="1"><td data-id="r1c1" class="no1">1</td></tr></tbody>\nmsg||\n';

/** The REST API as far as the stages need it: it has everything already, and takes everything. */
function smallApi(): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const batch = request.url === '/v1/batch' ? (JSON.parse(Buffer.concat(chunks).toString()) as { to: string; operations: object[] }) : null;
      const answer = batch === null ? (request.url?.endsWith('/watermark') === true ? { 'api-sender': STORED } : []) : { watermark: batch.to, applied: batch.operations.length, skipped: 0, rejected: [] };
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  });
}

describe('The list of least rights', () => {
  it('is read from the page for people as it stands there', () => {
    expect(rightsOf('raw-storage')).toEqual([
      { resource: 'TOPIC', name: 'raw-messages', operation: 'READ' },
      { resource: 'TOPIC', name: 'raw-messages.parked', operation: 'WRITE' },
      { resource: 'GROUP', name: 'raw-storage', isPrefix: false, operation: 'READ' },
      { resource: 'GROUP', name: 'raw-storage.again.', isPrefix: true, operation: 'READ' },
    ]);
    expect(rightsOf('parked: replay', 'standard')).toContainEqual({ resource: 'TRANSACTIONAL_ID', name: 'lts-parked.standard', isPrefix: false, operation: 'WRITE' });
  });
});

describeWithKafka(
  'Every stage with the rights of the list',
  (broker) => {
    const api = smallApi();
    let own: Transport;
    let rights: LimitedRights;
    let given: BrokerRight[] = [];
    const processes: StageProcess[] = [];

    const give = async (all: BrokerRight[]): Promise<void> => {
      await rights.allow(all);
      given = all;
    };
    const start = async (app: string, ...flags: string[]): Promise<StageProcess> => {
      const stage = await StageProcess.start(app, [...asLimitedUser(broker()), ...flags]);
      processes.push(stage);
      return stage;
    };
    const apiFlags = (): string[] => ['--api_lts', `http://127.0.0.1:${(api.address() as AddressInfo).port}`];

    beforeAll(async () => {
      api.listen(0, '127.0.0.1');
      await once(api, 'listening');
      rights = new LimitedRights(broker());
      await new KafkaCluster({ kafkaServers: broker().servers }, 'spec').makeTopics(topicPlans(2));
      own = kafkaTransport({ kafkaServers: broker().servers }, 'spec');
    }, LIMIT_MS);
    afterEach(async () => {
      for (const stage of processes.splice(0)) await stage.stop();
      if (given.length > 0) await rights.forbid(given);
      given = [];
    }, LIMIT_MS);
    afterAll(async () => {
      await own.close();
      api.closeAllConnections();
      api.close();
    });

    let competitions = 0;
    const id = (): string => new FrameIdSequence(null).next(1_700_000_000_000);
    const about = (): { id: string; competitionCode: string; source: string; atMs: number } => ({ id: id(), competitionCode: `cup-${(competitions += 1)}`, source: 'test', atMs: 1_700_000_000_000 });
    const bad = (key: string): OutgoingMessage => ({ key, kind: 'raw', value: { no: 'envelope' } });
    const frame = async (topic: string): Promise<string> => {
      const value = rawMessage({ ...about(), data: PAGE });
      await own.publisher.publish(topic, [{ key: value.competition_code, kind: 'raw', value }, bad(value.competition_code)]);
      return value.competition_code;
    };
    const actions = async (): Promise<string> => {
      const parts = about();
      const initialize = { id: `${parts.id}:0`, type: 'initialize', data: { session: 1, stage: 'race', stage_text: 'RACE', title1: '', title2: 'RACE', ranking: 'laps', track: null, status: 'ongoing', flag: null, remaining_length: null, participants: [], parsers_settings: {} } };
      const value = standardMessage({ ...parts, data: { frame: parts.id, at_ms: parts.atMs, session: 1, actions: [initialize] as never } });
      await own.publisher.publish('standard', [{ key: value.competition_code, kind: 'standard', value }, bad(value.competition_code)]);
      return value.competition_code;
    };
    const control = async (): Promise<string> => {
      const key = await frame('raw-messages');
      await own.publisher.publish('notifications', [bad(key)]);
      return key;
    };

    it.each<[app: string, flags: () => string[], send: () => Promise<string>]>([
      ['raw-storage', () => [], () => frame('raw-messages')],
      ['parser', apiFlags, control],
      ['api-sender', apiFlags, actions],
    ])('%s works, and says of each right that it lacks that it does', async (app, flags, send) => {
      const list = rightsOf(app);
      await give(list);
      const stage = await start(app, ...flags());
      await until(() => stage.isThrough(), 'at the start ');
      const key = await send();
      for (const { name, operation } of list) {
        if (operation === 'WRITE') await until(async () => (await own.past?.latest(name, key, 'spec')) !== null, `${name} is written `);
      }
      // what a stage does at its end only, and what it needs only for a competition that was set aside, is not seen missing
      const seen = list.filter(({ resource, name, operation }) => resource === 'TOPIC' || (operation === 'READ' && (app === 'parser' || !name.includes('.again.'))));
      for (const right of seen) {
        await rights.forbid([right]);
        await send();
        await until(async () => LACKS_RIGHT.test(JSON.stringify(await stage.health())), `${right.operation} ${right.name} is missed `);
        await rights.allow([right]);
        await until(() => stage.isThrough(), `${right.operation} ${right.name} is back `);
      }
      expect(await stage.stop()).toBe(0);
      const groups = await new KafkaCluster({ kafkaServers: broker().servers }, 'spec').groups();
      expect(groups.filter(({ group }) => group.includes('.notifications.'))).toEqual([]);
    }, LIMIT_MS);

    it('ws-listener works, and says what it lacks', async () => {
      await give(rightsOf('ws-listener'));
      const port = await freePort();
      processes.push(await StageProcess.start('simulator', ['--port', String(port), '--speed', '10']));
      const stage = await start('ws-listener', ...apiFlags(), '--competition_code', 'listened', '--websocket_uri', `ws://127.0.0.1:${port}`);
      for (const topic of ['raw-messages', 'notifications']) await until(async () => (await own.past?.latest(topic, 'listened', 'spec')) !== null, `${topic} is written `);
      expect((await stage.health()).consumers).toMatchObject([{ group: expect.stringMatching(/^ws-listener\.notifications\./) as unknown, state: 'running', lag: 0, aside: [] }]);
      const write: BrokerRight = { resource: 'TOPIC', name: 'raw-messages', operation: 'WRITE' };
      await rights.forbid([write]);
      await until(async () => LACKS_RIGHT.test((await stage.health()).publisher.state));
      await rights.allow([write]);
      await until(async () => (await stage.health()).publisher.state === 'running');
      expect(await stage.stop()).toBe(0);
    }, LIMIT_MS);

    it('manual-listener works, and ends', async () => {
      await give(rightsOf('manual-listener'));
      const file = join(mkdtempSync(join(tmpdir(), 'lts-frame-')), 'page.txt');
      writeFileSync(file, PAGE);
      const stage = await start('manual-listener', ...apiFlags(), '--competition_code', 'by-hand', file);
      for (const topic of ['raw-messages', 'notifications']) await until(async () => (await own.past?.latest(topic, 'by-hand', 'spec')) !== null, `${topic} is written `);
      expect(await stage.ended()).toBe(0);
    }, LIMIT_MS);

    it('kafka-check works, and says what it lacks', async () => {
      await give(rightsOf('kafka-check: consumer'));
      const as = (mode: string, ...flags: string[]) => check(...asLimitedUser(broker()), '--test_mode', mode, '--count', '3', '--interval_ms', '0', '--wait_ms', '60000', ...flags);
      expect(await as('producer')).toMatchObject({ code: 0 });
      expect(await as('consumer')).toMatchObject({ code: 0 });
      await rights.forbid(given);
      await give(rightsOf('kafka-check: roundtrip'));
      expect(await as('roundtrip')).toMatchObject({ code: 0, stdout: expect.stringContaining('0 lost, 0 doubled') as unknown });
      await rights.forbid([{ resource: 'TOPIC', name: 'test-topic', operation: 'WRITE' }]);
      expect((await as('producer', '--wait_ms', '5000')).stderr).toMatch(LACKS_RIGHT);
    }, LIMIT_MS);

    it('parked works, and says what it lacks', async () => {
      await own.parking.park({ key: 'cup', value: { data: 'lap' }, headers: {}, place: { topic: 'standard', partition: 0, offset: '77' } }, new PipelineError('LTS_API_REJECTED', 'No.'));
      await give(rightsOf('parked: list', 'standard'));
      expect(await parked('show', 'standard', '--competition', 'cup', ...asLimitedUser(broker()))).toMatchObject({ code: 0, stdout: expect.stringContaining('LTS_API_REJECTED: No.') as unknown });
      expect((await parked('replay', 'standard', ...asLimitedUser(broker()))).code).toBe(1);
      await rights.forbid(given);
      await give(rightsOf('parked: replay', 'standard'));
      const name: BrokerRight = { resource: 'TRANSACTIONAL_ID', name: 'lts-parked.standard', operation: 'WRITE' };
      await rights.forbid([name]);
      expect(await parked('replay', 'standard', '--competition', 'cup', ...asLimitedUser(broker()))).toMatchObject({ code: 1, stderr: expect.stringMatching(/no right|may not do this/) as unknown });
      await rights.allow([name]);
      expect(await parked('replay', 'standard', '--competition', 'cup', ...asLimitedUser(broker()))).toMatchObject({ code: 0, stdout: 'Put back onto standard: cup 1.\n' });
    }, LIMIT_MS);
  },
  { secured: true },
);
