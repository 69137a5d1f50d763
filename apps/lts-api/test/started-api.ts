import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningStage, startStage } from '@lts/bootstrap';
import { FrameIdSequence } from '@lts/contracts';
import { readEnv } from '@lts/env';
import { noTransport } from '@lts/messaging';
import { AuthService } from '../src/auth/auth.service.js';
import { Database } from '../src/database/connection.js';
import { LtsApiEnv } from '../src/env.js';
import { ltsApiStage } from '../src/stage.js';

export type Json = Record<string, unknown>;

/** What an answer held: its status and its JSON. */
export interface Answer {
  status: number;
  body: Json;
}

/** The real API with a real database, and a client with the key of a role. */
export class StartedApi {
  private readonly bearers = new Map<string, string>();

  private constructor(
    readonly url: string,
    private readonly stage: RunningStage,
  ) {}

  /** @param databaseUrl null for the built-in database in a new folder */
  static async start(databaseUrl: string | null, ...flags: string[]): Promise<StartedApi> {
    const place = databaseUrl === null ? ['--data_path', mkdtempSync(join(tmpdir(), 'lts-api-'))] : ['--database_url', databaseUrl];
    const argv = ['--api_port', '0', '--verbosity', '0', '--api_admin_key', 'admin-key', '--api_batch_key', 'batch-key', ...place, ...flags];
    const { env } = readEnv(LtsApiEnv, { argv, variables: {}, file: null });
    const stage = await startStage(ltsApiStage, { env, transport: noTransport() });
    return new StartedApi((await stage.app.getUrl()).replace('[::1]', 'localhost'), stage);
  }

  stop(): Promise<void> {
    return this.stage.stop();
  }

  async bearer(key = 'admin-key'): Promise<string> {
    const known = this.bearers.get(key);
    if (known !== undefined) return known;
    const answer = await fetch(`${this.url}/v1/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ key }) });
    const bearer = String(((await answer.json()) as Json)['bearer']);
    this.bearers.set(key, bearer);
    return bearer;
  }

  /** Signs in again from now on. */
  forgetBearers(): void {
    this.bearers.clear();
  }

  async request(method: string, path: string, body?: object, key = 'admin-key'): Promise<Answer> {
    const headers = { authorization: `Bearer ${await this.bearer(key)}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await fetch(`${this.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    return { status: answer.status, body: (await answer.json()) as Json };
  }

  /** A request as it stands, with an answer whose text was not touched. */
  async raw(method: string, path: string, headers: Record<string, string> = {}, body?: string): Promise<{ status: number; headers: Headers; text: string }> {
    const answer = await fetch(`${this.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, headers: answer.headers, text: await answer.text() };
  }

  /** A new key of the role, from the administrator. */
  async newKey(role: string): Promise<string> {
    return String((await this.request('POST', '/v1/admin/keys', { name: `a ${role}`, role })).body['key']);
  }

  /** The API looks each bearer up again, as another instance or a later request would. */
  forgetRemembered(): void {
    this.stage.app.get(AuthService).forget();
  }

  /** The API's own database. */
  get database(): Database {
    return this.stage.app.get(Database);
  }

  /** The rows of a list. */
  async rows(path: string): Promise<Json[]> {
    return (await this.request('GET', path)).body as unknown as Json[];
  }

  async newCompetition(code: string): Promise<number> {
    const track = await this.request('POST', '/v1/tracks', { name: `Track of ${code}` });
    const settings = { length: 0, length_unit: 'laps', pit_time: null, min_number_pits: 0 };
    const made = await this.request('POST', '/v1/c', { track_id: track.body['id'], competition_code: code, name: code, description: '', settings });
    return Number(made.body['id']);
  }
}

/** Batches of one competition, with rising frame ids. */
export class Writer {
  private readonly ids = new FrameIdSequence(null);
  private atMs = Date.UTC(2026, 4, 1, 12);

  constructor(
    private readonly api: StartedApi,
    private readonly competition: string,
  ) {}

  /** Operations of one frame, given as `METHOD path` and body. */
  frame(...operations: [string, object?][]): Json {
    const frame = this.ids.next((this.atMs += 1_000));
    const base = `/v1/c/~${this.competition}/`;
    const mapped = operations.map(([what, body], index) => {
      const [method, path] = what.split(' ');
      return { id: `${frame}:${index}`, method, path: base + String(path), body: body ?? {} };
    });
    return { competition: this.competition, writer: 'api-sender', from: frame, to: frame, operations: mapped };
  }

  post(batch: Json): Promise<Answer> {
    return this.api.request('POST', '/v1/batch', batch, 'batch-key');
  }

  send(...operations: [string, object?][]): Promise<Answer> {
    return this.post(this.frame(...operations));
  }
}

export const SESSION = { stage: 'race', stage_text: 'RACE', title1: '', title2: 'RACE', ranking: 'laps', track: null };

/** A body that lacks one field. */
export function without(body: Json, field: string): Json {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));
}
