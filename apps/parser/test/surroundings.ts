import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { type Server, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { FrameIdSequence, type NotificationMessage, type RawMessage, type StandardMessage, TOPICS, notificationMessage, parkedTopic, rawMessage } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { EmbeddedBroker } from '@lts/messaging';
import { RecordingWriter } from '@lts/recordings';
import { ParserEnv } from '../src/env.js';
import { ParserService } from '../src/parser.service.js';
import { parserStage } from '../src/stage.js';

/** The API over real HTTP, as far as the parser uses it. */
export class SmallApi {
  /** Last frame stored, by competition. */
  readonly watermarks = new Map<string, string>();
  readonly settings = new Map<string, { name: string; value: string; source: string }[]>();
  private readonly server: Server = createServer((request, response) => {
    const [, code = '', what] = /^\/v1\/c\/~([^/]+)\/(.*)$/.exec(request.url ?? '') ?? [];
    const watermark = this.watermarks.get(code);
    const answer = what === 'watermark' ? (watermark === undefined ? {} : { 'api-sender': watermark }) : (this.settings.get(code) ?? []);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    const address = this.server.address();
    return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** A parser stage between a real embedded broker and a small API. */
export class Surroundings {
  readonly api = new SmallApi();
  broker = new EmbeddedBroker();
  readonly folder = mkdtempSync(join(tmpdir(), 'lts-parser-'));
  readonly standard: StandardMessage[] = [];
  readonly parked: string[] = [];
  private readonly ids = new FrameIdSequence(null);
  private readonly stages: RunningStage[] = [];
  private url = '';
  private atMs = 1_700_000_000_000;

  async open(): Promise<void> {
    this.url = await this.api.start();
    this.listen();
  }

  async close(): Promise<void> {
    await this.kill();
    await this.api.stop();
  }

  async start(...flags: string[]): Promise<ParserService> {
    const argv = ['--api_lts', this.url, '--verbosity', '0', '--unknowns_path', join(this.folder, 'unknowns'), ...flags];
    const { env } = readEnv(ParserEnv, { argv, variables: {}, file: null });
    const stage = await startStage(parserStage, { env, transport: this.broker.transport() });
    this.stages.push(stage);
    return stage.app.get(ParserService);
  }

  /** Ends stage and broker with all that waits in them, as the death of the process does. */
  async kill(): Promise<void> {
    for (const stage of this.stages.splice(0)) await stage.stop();
    await this.broker.close();
    this.broker = new EmbeddedBroker();
    this.listen();
  }

  frame(text: string, competition = 'cup'): RawMessage {
    return rawMessage({ id: this.ids.next((this.atMs += 1_000)), competitionCode: competition, source: 'test', atMs: this.atMs, data: text });
  }

  publish(...messages: RawMessage[]): Promise<void> {
    return this.broker.transport().publisher.publish(TOPICS.rawMessages, messages.map((value) => ({ key: value.competition_code, kind: 'raw', value })));
  }

  /** What raw-storage would have on disk. */
  async record(...messages: RawMessage[]): Promise<string> {
    const outputPath = join(this.folder, 'recordings');
    for (const { competition_code: competition, id, data, created_at } of messages) {
      const writer = await RecordingWriter.open({ outputPath, competition, rotateBytes: 1_000_000, compress: false });
      await writer.append([{ id, receivedAtMs: Math.round(created_at * 1000), competition, source: 'test', text: data }]);
      await writer.close();
    }
    return outputPath;
  }

  finishInit(initId: string, competition = 'cup'): Promise<void> {
    const value: NotificationMessage = notificationMessage({ id: `${initId}:end`, competitionCode: competition, source: 'test', atMs: 1, data: { type: 'init-finished', data: { init_id: initId, outcome: 'stored' } } });
    return this.broker.transport().publisher.publish(TOPICS.notifications, [{ key: competition, kind: 'init-finished', value }]);
  }

  /** Waits until so many records have come. */
  async records(count: number): Promise<StandardMessage[]> {
    while (this.standard.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    return this.standard;
  }

  private listen(): void {
    this.attach(TOPICS.standard, (value) => this.standard.push(value as StandardMessage));
    this.attach(parkedTopic(TOPICS.rawMessages), (value) => this.parked.push((value as { code: string }).code));
  }

  private attach(topic: string, heard: (value: unknown) => void): void {
    this.broker.group(topic, 'listening test').attach((messages) => {
      for (const { value } of messages) heard(value);
      return Promise.resolve();
    });
  }
}

const COLUMNS = ['sta', 'rk', 'no', 'dr', 'tlp', 'llp', 'blp'];

/** A page with two teams; `title` tells sessions apart. */
export function page(title = 'RACE'): string {
  const header = COLUMNS.map((type, index) => `<td data-id="c${index + 1}" data-type="${type}">${type}</td>`).join('');
  const rows = ['r1', 'r2'].map((code, place) => `<tr data-id="${code}" data-pos="${place + 1}">${COLUMNS.map((type, index) => `<td data-id="${code}c${index + 1}" class="in">${type === 'dr' ? `TEAM ${code}` : ''}</td>`).join('')}</tr>`);
  return ['init|r|', `title2||${title}`, 'light|lg|', `grid||<tbody><tr data-id="r0" class="head">${header}</tr>${rows.join('')}</tbody>`, 'msg||', ''].join('\n');
}

export function lap(code: string, number: number): string {
  return `${code}c5|in|${number}\n${code}c6|tn|1:0${number % 10}.000\n${code}|*|60000|\n`;
}
