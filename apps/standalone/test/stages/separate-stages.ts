import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StageProcess, freePort, until } from '@lts/testing';
import { getJson } from '../race-content.js';
import { type ComposeService, ROOT, composeServices } from './compose-services.js';

const START_LIMIT_MS = 60_000;
const SETTLE_LIMIT_MS = 120_000;
const API_KEYS = { API_BATCH_KEY: 'stages-of-the-test', API_ADMIN_KEY: 'admin-of-the-test' };
/** Looks in a row, a tenth of a second apart, that must find nothing on its way. */
const QUIET_LOOKS = 10;

type Variables = Readonly<Record<string, string>>;

/** How the pipeline is started. */
export interface SeparateStagesOptions {
  servers: readonly string[];
  /** An empty database. */
  databaseUrl: string;
  /** Addresses of the circuits by competition; none starts no listener. */
  circuits: Variables;
  /** Several instances of a service, e.g. `{ parser: 2 }`; the further ones are called `parser 2` and so on. */
  instances?: Readonly<Record<string, number>>;
  /** More variables, by service. */
  variables?: Readonly<Record<string, Variables>>;
}

/** `/health/ready` as far as it is looked at here. */
export interface StageHealth {
  transport: { ready: boolean; consumers: { group: string; state: string; lag: number | null; aside: { competition: string }[] }[] };
  [part: string]: unknown;
}

/** Every stage as a process of its own, started by the commands and variables of `docker/compose.yaml`. */
export class SeparateStages {
  private readonly folder = mkdtempSync(join(tmpdir(), 'lts-stages-'));
  private readonly processes = new Map<string, StageProcess>();
  private readonly ports = new Map<string, number>();

  constructor(private readonly options: SeparateStagesOptions) {}

  /** Makes the topics, then starts all; resolves when all are ready. `end` must follow, also when it rejects. */
  async start(): Promise<void> {
    this.ports.set('lts-api', await freePort());
    for (const service of this.services()) {
      for (let number = 1; number <= (this.options.instances?.[service.name] ?? 1); number += 1) {
        await this.add(number === 1 ? service.name : `${service.name} ${number}`, service);
      }
    }
    if ((await this.process('topics').run()) !== 0) throw new Error(`The topics were not made:\n${this.process('topics').output}`);
    await this.startTogether(['lts-api']);
    await this.startTogether(['raw-storage', 'parser', 'api-sender']);
    await this.startTogether(['ws-listener']);
  }

  /** Address of the REST API. */
  get url(): string {
    return this.urlOf('lts-api');
  }

  /** Folder of the recordings that raw-storage writes. */
  get recordings(): string {
    return join(this.folder, 'recordings/artifacts/recordings');
  }

  process(name: string): StageProcess {
    const found = this.processes.get(name);
    if (found === undefined) throw new Error(`There is no ${name} here.`);
    return found;
  }

  /** Resolves when it answers and has its partitions. A listener is ready without its circuit. */
  async ready(name: string): Promise<void> {
    await this.process(name).until(`${name} is ready`, async () => (await this.health(name)).transport.ready, START_LIMIT_MS);
  }

  async health(name: string): Promise<StageHealth> {
    const answer = await fetch(`${this.urlOf(name)}/health/ready`);
    return (await answer.json()) as StageHealth;
  }

  /** Last frame of the competition that is stored; undefined before there is one. */
  async watermark(competition: string): Promise<string | undefined> {
    const watermarks = (await getJson(`${this.url}/v1/c/~${competition}/watermark`)) as Record<string, string>;
    return watermarks['api-sender'];
  }

  /** Resolves when nothing is on its way any more between the stages that run, but for those that are halted. */
  async settled({ halted = [] }: { halted?: readonly string[] } = {}): Promise<void> {
    const consumers = ['raw-storage', 'parser', 'api-sender'].flatMap((service) => this.instancesOf(service)).filter((name) => this.process(name).isRunning && !halted.includes(name));
    const isQuiet = async (name: string): Promise<boolean> => (await this.health(name)).transport.consumers.every(({ state, lag, aside }) => state === 'running' && (lag ?? 0) === 0 && aside.length === 0);
    let quietLooks = 0;
    const looked = async (): Promise<boolean> => {
      const quiet = await Promise.all(consumers.map(isQuiet));
      quietLooks = quiet.every(Boolean) ? quietLooks + 1 : 0;
      return quietLooks > QUIET_LOOKS;
    };
    await until('nothing is on its way', looked, { limitMs: SETTLE_LIMIT_MS, known: () => this.output() });
  }

  /** A manual-listener, not started yet, that replays a recording at a speed and then ends. */
  replaying(recording: string, competition: string, speed = 'max'): StageProcess {
    const name = `manual-listener of ${competition}`;
    const variables = { KAFKA_SERVERS: this.options.servers.join(','), API_LTS: this.url, API_KEY: API_KEYS.API_BATCH_KEY };
    const command = ['manual-listener', '--competition_code', competition, '--speed', speed, recording];
    const process = new StageProcess(name, { command, variables, folder: join(this.folder, 'manual-listener') });
    this.processes.set(name, process);
    return process;
  }

  /** What the processes said last. */
  output(): string {
    return [...this.processes].map(([name, { output, isRunning }]) => `--- ${name} ${isRunning ? 'runs' : 'has ended'}:\n${output.slice(-2_000)}`).join('\n');
  }

  /** Kills what still runs and removes all files. */
  async end(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.kill()));
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Starts all instances of these services; resolves when they are ready. */
  private async startTogether(services: readonly string[]): Promise<void> {
    const names = services.flatMap((service) => this.instancesOf(service));
    for (const name of names) this.process(name).start();
    await Promise.all(names.map((name) => this.ready(name)));
  }

  private instancesOf(service: string): string[] {
    return [...this.processes.keys()].filter((name) => name === service || name.startsWith(`${service} `));
  }

  private urlOf(name: string): string {
    return `http://127.0.0.1:${this.ports.get(name) ?? 0}`;
  }

  /** Our services of the compose file, with what their names and folders are here. */
  private services(): ComposeService[] {
    const { servers, databaseUrl, circuits } = this.options;
    const [first = ['', '']] = Object.entries(circuits);
    const services = composeServices({ ...API_KEYS, POSTGRES_PASSWORD: 'unused', COMPETITION_CODE: first[0], WEBSOCKET_URI: first[1] }, (service) => ({
      'kafka:9092': servers.join(','),
      'postgres://lts:unused@postgres:5432/lts': databaseUrl,
      'http://lts-api:8090': this.url,
      '/app/artifacts': join(this.homeOf(service), 'artifacts'),
      // the page need not be built for this
      'apps/web/dist': join(ROOT, 'apps/web'),
      '0.0.0.0': '127.0.0.1',
    }));
    return services.filter(({ name }) => name !== 'ws-listener' || first[0] !== '');
  }

  private async add(name: string, service: ComposeService): Promise<void> {
    const port = this.ports.get(name) ?? (await freePort());
    this.ports.set(name, port);
    const variables = { ...service.environment, HEALTH_PORT: String(port), ...this.moreVariables(service.name), ...this.options.variables?.[service.name] };
    this.processes.set(name, new StageProcess(name, { command: service.command, variables, folder: this.homeOf(service) }));
  }

  private moreVariables(service: string): Variables {
    const others = Object.entries(this.options.circuits).slice(1);
    if (service === 'lts-api') return { API_PORT: String(this.ports.get('lts-api')), PUBLIC_READ: 'true' };
    return service === 'ws-listener' && others.length > 0 ? { COMPETITIONS: others.map(([code, uri]) => `${code}=${uri}`).join(',') } : {};
  }

  /** Stands for the folder `/app` of a container; containers that share a volume share it. */
  private homeOf({ name, volume }: { name: string; volume: string | null }): string {
    return join(this.folder, volume ?? name);
  }
}
