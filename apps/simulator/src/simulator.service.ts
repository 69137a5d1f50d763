import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { StageHealth } from '@lts/bootstrap';
import { classify } from '@lts/contracts';
import type { Circuit } from './circuit/circuit.js';
import { circuitsOf } from './circuit/circuits.js';
import { SimulatorEnv } from './env.js';
import type { FeedServerState } from './links/feed-server.js';
import { siteOf } from './site/site.js';

/** One or more circuits, each on a port of its own, in the provider's protocol. */
@Injectable()
export class SimulatorService implements OnModuleDestroy {
  private readonly logger = new Logger(SimulatorService.name);
  private circuits: readonly Circuit[] = [];
  private isOpen = false;

  constructor(
    @Inject(SimulatorEnv) private readonly env: SimulatorEnv,
    @Inject(StageHealth) health: StageHealth,
  ) {
    health.add('feed', () => ({ ready: this.isOpen, ...this.state() }));
    health.count('lts_simulator_frames_total', () => this.state().sentFrames);
  }

  /**
   * Opens the ports and gets the races ready.
   *
   * @throws PipelineError `LTS_PORT_IN_USE`, `LTS_CONFIGURATION`, `LTS_RECORDING_UNREADABLE`
   */
  async start(): Promise<void> {
    this.circuits = await circuitsOf(this.env);
    const site = siteOf(() => this.circuits);
    for (const circuit of this.circuits) {
      await circuit.start(site, (error) => this.raceEnded(circuit, error));
      this.logger.log({ event: 'serving', circuit: circuit.slug, uri: circuit.uri, page: `http://${this.env.host}:${circuit.port}/${circuit.slug}/` });
    }
    this.isOpen = true;
  }

  /** Addresses of the websockets by the names of the circuits. */
  get uris(): ReadonlyMap<string, string> {
    return new Map(this.circuits.map(({ slug, uri }) => [slug, uri]));
  }

  /** Address of the first circuit's websocket, with the port that is really bound. */
  get uri(): string {
    return this.circuits[0]?.uri ?? '';
  }

  /** The port of the first circuit that is really bound; 0 before the start. */
  get port(): number {
    return this.circuits[0]?.port ?? 0;
  }

  /** Counts over all circuits. */
  state(): FeedServerState & { races: number } {
    const sum = { clients: 0, tooSlow: 0, sentFrames: 0, races: 0 };
    for (const { clients, tooSlow, sentFrames, races } of this.circuits.map((circuit) => circuit.state())) {
      sum.clients += clients;
      sum.tooSlow += tooSlow;
      sum.sentFrames += sentFrames;
      sum.races += races;
    }
    return sum;
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all(this.circuits.map((circuit) => circuit.stop()));
  }

  private raceEnded({ slug }: Circuit, error: unknown): void {
    if (error === undefined) this.logger.log({ event: 'race-ended', circuit: slug });
    else this.logger.error({ event: 'feed-failed', circuit: slug, error: classify(error).message });
  }
}
