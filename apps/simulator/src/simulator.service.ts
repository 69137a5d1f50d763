import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { StageHealth } from '@lts/bootstrap';
import { SimulatorEnv } from './env.js';
import { chooseFeed } from './feed-choice.js';
import type { Feed } from './feed.js';
import { FeedPlayer, type PlayerClock } from './feed-player.js';
import { FeedServer, type FeedServerState } from './feed-server.js';
import { parseSpeed } from './speed.js';

const systemClock: PlayerClock = {
  now: () => Date.now(),
  sleep: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined),
};

/**
 * One race for all clients, in the provider's protocol. It starts when the first client comes; who comes later gets a full
 * page and joins the race where it is. After the end the last page stays on show, or the race starts again.
 */
@Injectable()
export class SimulatorService implements OnModuleDestroy {
  private readonly logger = new Logger(SimulatorService.name);
  private readonly stopping = new AbortController();
  private server: FeedServer | null = null;
  private playing: Promise<void> = Promise.resolve();
  private races = 0;

  constructor(
    @Inject(SimulatorEnv) private readonly env: SimulatorEnv,
    @Inject(StageHealth) health: StageHealth,
  ) {
    health.add('feed', () => ({ ready: this.server !== null, ...this.state() }));
    health.count('lts_simulator_frames_total', () => this.state().sentFrames);
  }

  /**
   * Opens the port and gets the race ready.
   *
   * @throws PipelineError `LTS_PORT_IN_USE`, `LTS_CONFIGURATION`, `LTS_RECORDING_UNREADABLE`
   */
  async start(): Promise<void> {
    const speed = parseSpeed(this.env.speed);
    const feed = await chooseFeed(this.env);
    const { host, port, clientBufferKb } = this.env;
    const server = await FeedServer.start({ host, port, clientBufferBytes: clientBufferKb * 1024, page: () => feed.page() });
    this.server = server;
    this.playing = this.play(server, feed, speed);
    this.logger.log({ event: 'serving', uri: this.uri });
  }

  /** Address for clients, with the port that is really bound. */
  get uri(): string {
    return `ws://${this.env.host}:${this.port}/`;
  }

  /** The port that is really bound; 0 before the start. */
  get port(): number {
    return this.server?.port ?? 0;
  }

  state(): FeedServerState & { races: number } {
    const server = this.server?.state() ?? { clients: 0, tooSlow: 0, sentFrames: 0 };
    return { ...server, races: this.races };
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.server?.close();
    await this.playing;
  }

  private async play(server: FeedServer, feed: Feed, speed: number): Promise<void> {
    const { signal } = this.stopping;
    try {
      while (this.races === 0 || this.env.loop) {
        await server.firstClient(signal);
        if (signal.aborted) return;
        this.races += 1;
        await new FeedPlayer({ server, speed, clock: systemClock, signal }).play(feed.frames());
        this.logger.log({ event: 'race-ended', races: this.races });
      }
    } catch (error) {
      this.logger.error({ event: 'feed-failed', error: error instanceof Error ? error.message : String(error) });
    }
  }
}
