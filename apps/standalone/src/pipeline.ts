import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { INestApplication } from '@nestjs/common';
import { ApiSenderEnv, ApiSenderService, apiSenderStage } from '@lts/api-sender';
import { type FolderLock, type RunningStage, type Stage, lockFolder } from '@lts/bootstrap';
import { PipelineError, TOPICS } from '@lts/contracts';
import type { AppEnv } from '@lts/env';
import { LtsApiEnv, ltsApiStage } from '@lts/lts-api';
import { EmbeddedBroker, noTransport } from '@lts/messaging';
import { ParserEnv, ParserService, parserStage } from '@lts/parser';
import { RawStorageEnv, rawStorageStage } from '@lts/raw-storage';
import { AdminApi } from './admin-api.js';
import { type ApiKeys, apiKeys } from './api-keys.js';
import { type DataFolders, dataFolders } from './data-folders.js';
import type { StandaloneEnv } from './env.js';
import { isLoopback, urlHere } from './loopback.js';
import { type Decided, stageSettings } from './stage-settings.js';
import { StartedStages } from './started-stages.js';
import { aheadOfRecording, keepDatabaseAside, serverIsAhead, withoutRecording } from './stored-data.js';

const PAGE = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** All stages but the source of frames, running in this process. */
export class Pipeline {
  private constructor(
    readonly url: string,
    readonly admin: AdminApi,
    readonly folders: DataFolders,
    private readonly parts: { env: Readonly<StandaloneEnv>; keys: ApiKeys; lock: FolderLock | null; broker: EmbeddedBroker; stages: StartedStages; parser: ParserService; sender: ApiSenderService },
  ) {}

  /**
   * Starts database and API, then the stages from the last to the first, so that no frame meets a stage that is not there.
   *
   * @param say tells the user what happened to the data
   * @throws PipelineError `LTS_PORT_IN_USE`, `LTS_FOLDER_IN_USE`, `LTS_DATABASE_BROKEN` and what else keeps a stage from starting
   */
  static async start(env: Readonly<StandaloneEnv>, say: (sentence: string) => void): Promise<Pipeline> {
    const folders = dataFolders(env.dataPath);
    const broker = new EmbeddedBroker({ recordFirst: { topic: TOPICS.rawMessages, group: GROUPS.rawStorage } });
    const stages = new StartedStages(broker);
    // recordings and spool need the lock, too; without a server the API takes it with its database
    const lock = env.databaseUrl === undefined ? null : await lockFolder(env.dataPath);
    try {
      const keys = apiKeys(folders.keys, env);
      const url = await startApi({ env, folders, keys, stages, say });
      const pipe = { env, folders, stages, broker, api: { api_lts: url, api_key: keys.batch } };
      const sender = await startInner(pipe, { stage: apiSenderStage, type: ApiSenderEnv, decided: { kafka_consume: TOPICS.standard, kafka_group: GROUPS.apiSender, auto_create_competition: true } });
      await startInner(pipe, { stage: rawStorageStage, type: RawStorageEnv, decided: { kafka_consume: TOPICS.rawMessages, kafka_group: GROUPS.rawStorage, output_path: folders.recordings } });
      const parser = await startInner(pipe, { stage: parserStage, type: ParserEnv, decided: parserSettings(folders) });
      const services = { parser: parser.get(ParserService), sender: sender.get(ApiSenderService) };
      return new Pipeline(url, new AdminApi(url, keys.admin), folders, { env, keys, lock, broker, stages, ...services });
    } catch (error) {
      await stages.stop().catch(() => undefined);
      await lock?.release();
      throw error;
    }
  }

  /** Starts the stage that the frames come from. */
  startSource<Env extends AppEnv>(source: Inner<Env>): Promise<INestApplication> {
    const { env, keys, broker, stages } = this.parts;
    const api = { api_lts: this.url, api_key: keys.batch, kafka_produce: TOPICS.rawMessages, kafka_notifications: TOPICS.notifications };
    return startInner({ env, folders: this.folders, stages, broker, api: { ...api, spool_path: this.folders.spool } }, source);
  }

  /** Starts a stage that is no part of the pipeline, such as the circuit of a demo. */
  startBeside<Env extends AppEnv>({ stage, type, decided }: Inner<Env>): Promise<RunningStage> {
    const env = stageSettings(type, { verbosity: this.parts.env.verbosity, health_port: 0, ...decided });
    return this.parts.stages.start({ stage, env, transport: noTransport() });
  }

  /** Resolves when what an earlier process recorded, but did not store, is stored. */
  async caughtUp(): Promise<void> {
    await this.parts.parser.caughtUp;
    await this.parts.broker.idle();
  }

  /** Resolves when every frame published so far is stored. */
  stored(): Promise<void> {
    return this.parts.broker.idle();
  }

  /** Figures of the stages since the start. */
  counts(): { parser: ParserService['counts']; sender: ReturnType<ApiSenderService['counts']>; parked: number } {
    return { parked: this.parts.stages.parkedCount, parser: { ...this.parts.parser.counts }, sender: { ...this.parts.sender.counts() } };
  }

  async stop(): Promise<void> {
    await this.parts.stages.stop();
    await this.parts.lock?.release();
  }
}

const GROUPS = { rawStorage: 'raw-storage', parser: 'messages-parser', apiSender: 'api-sender' } as const;

interface Inner<Env extends AppEnv> {
  stage: Stage<Env>;
  type: new () => Env;
  decided: Decided;
  positionals?: readonly string[];
}

interface Pipe {
  env: Readonly<StandaloneEnv>;
  folders: DataFolders;
  stages: StartedStages;
  broker: EmbeddedBroker;
  /** Settings of the stages that use the REST API; the others do not know them. */
  api: Decided;
}

async function startInner<Env extends AppEnv>(pipe: Pipe, { stage, type, decided, positionals = [] }: Inner<Env>): Promise<INestApplication> {
  const errorsPath = join(pipe.folders.errors, stage.name);
  const env = stageSettings(type, { verbosity: pipe.env.verbosity, health_port: 0, kafka_notifications: TOPICS.notifications, errors_path: errorsPath, ...pipe.api, ...decided });
  const transport = pipe.broker.transport({ errorsPath });
  return (await pipe.stages.start({ stage, env, transport, positionals })).app;
}

function parserSettings(folders: DataFolders): Decided {
  return { kafka_consume: TOPICS.rawMessages, kafka_produce: TOPICS.standard, kafka_group: GROUPS.parser, recordings_path: folders.recordings, unknowns_path: folders.unknowns };
}

interface ApiStart {
  env: Readonly<StandaloneEnv>;
  folders: DataFolders;
  keys: ApiKeys;
  stages: StartedStages;
  say: (sentence: string) => void;
}

/** A database that cannot be trusted is kept aside; the parser then rebuilds it from the recordings. */
async function startApi(start: ApiStart): Promise<string> {
  const { env, folders, keys, say } = start;
  const opened = await startApiOnce(start).catch((error: unknown) => {
    if (!(error instanceof PipelineError) || error.code !== 'LTS_DATABASE_BROKEN' || env.databaseUrl !== undefined) throw error;
    say(`${error.message} It is kept as ${keepDatabaseAside(folders, new Date())} and rebuilt from the recordings.`);
    return startApiOnce(start);
  });
  const admin = new AdminApi(opened.url, keys.admin);
  const ahead = await aheadOfRecording(folders, (competition) => admin.watermark(competition));
  if (ahead.length === 0) {
    const missing = env.databaseUrl === undefined ? await withoutRecording(folders, admin) : [];
    if (missing.length > 0) say(`The recordings of ${missing.join(', ')} are missing in ${folders.recordings}, so the database cannot be rebuilt from them any more. Put them back if you can.`);
    return opened.url;
  }
  if (env.databaseUrl !== undefined) throw serverIsAhead(ahead);
  await start.stages.stopLast();
  say(`The database holds frames of ${ahead.join(', ')} that the recordings lack. It is kept as ${keepDatabaseAside(folders, new Date())} and rebuilt from the recordings.`);
  return (await startApiOnce(start)).url;
}

async function startApiOnce({ env, keys, stages }: ApiStart): Promise<{ url: string }> {
  const settings = stageSettings(LtsApiEnv, {
    verbosity: env.verbosity,
    health_port: 0,
    api_host: env.host,
    api_port: env.apiPort,
    data_path: env.dataPath,
    database_url: env.databaseUrl,
    api_import: env.apiImport,
    public_read: env.publicRead ?? isLoopback(env.host),
    api_admin_key: keys.admin,
    api_batch_key: keys.batch,
    web_path: existsSync(join(PAGE, 'index.html')) ? PAGE : null,
  });
  const { app } = await stages.start({ stage: ltsApiStage, env: settings, transport: noTransport() });
  return { url: urlHere(env.host, portOf(app)) };
}

/** The port that is really bound. */
function portOf(app: INestApplication): number {
  const server: unknown = app.getHttpServer();
  const address: unknown = hasAddress(server) ? server.address() : null;
  return typeof address === 'object' && address !== null && 'port' in address && typeof address.port === 'number' ? address.port : 0;
}

function hasAddress(server: unknown): server is { address: () => unknown } {
  return typeof server === 'object' && server !== null && 'address' in server && typeof server.address === 'function';
}
