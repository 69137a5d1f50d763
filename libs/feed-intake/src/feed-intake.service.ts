import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { PipelineError } from '@lts/contracts';
import { type ClosedLock, InitLockService } from '@lts/init-lock';
import { TRANSPORT, type Transport } from '@lts/messaging';
import { FeedPages } from '@lts/timing-providers';
import { ApiWatermarks } from './api-watermarks.js';
import { BackOff } from './back-off.js';
import { systemClock } from './clock.js';
import { CompetitionIntake, type IntakeState } from './competition-intake.js';
import { INTAKE_PARTS, type IntakeParts } from './intake-settings.js';
import { OrderedPublisher } from './ordered-publisher.js';
import { SpoolFile, spoolPath } from './spool-file.js';

const MEGABYTE = 1024 * 1024;
const LAST_SEND_MS = 1_500;
const LOOK_AGAIN_MS = 50;

/** State of a listener's intake, for health. */
export interface FeedIntakeState {
  ready: boolean;
  /** Why the API does not answer; null when nothing is waited for. */
  waitingForApi: string | null;
  /** Competitions whose frames wait until an initialisation is stored. */
  closedLocks: ClosedLock[];
  competitions: Record<string, IntakeState>;
  [detail: string]: unknown;
}

/**
 * What all listeners share: the way of a frame into `raw-messages`, for each competition of the stage.
 * Holds one intake a competition; their number is that of the competitions the stage was configured for.
 */
@Injectable()
export class FeedIntake implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(FeedIntake.name);
  private readonly intakes = new Map<string, CompetitionIntake>();
  private readonly stopping = new AbortController();
  private waitingForApi: string | null = null;

  constructor(
    @Inject(INTAKE_PARTS) private readonly parts: IntakeParts,
    @Inject(TRANSPORT) private readonly transport: Transport,
    @Inject(InitLockService) private readonly lock: InitLockService,
    @Inject(ApiWatermarks) private readonly watermarks: ApiWatermarks,
  ) {}

  /**
   * Resolves when the stage's consumers have their partitions, so that no notification can be missed.
   *
   * @throws PipelineError `LTS_STOPPING` when the stage ends before
   */
  async consumersReady(): Promise<void> {
    while (!this.transport.health().ready) await this.pause(LOOK_AGAIN_MS);
  }

  /**
   * The last frame of the competition that the API has, or null when it has none.
   * Waits while the API is away, and says so.
   *
   * @throws PipelineError `LTS_STOPPING` when the stage ends before an answer came; any error that waiting does not cure
   */
  async watermark(competition: string): Promise<string | null> {
    const backOff = new BackOff({ firstMs: 250, longestMs: 15_000 });
    for (;;) {
      try {
        const watermark = await this.unlessStopped(this.watermarks.watermark(competition));
        this.waitingForApi = null;
        return watermark;
      } catch (error) {
        if (error instanceof PipelineError && (!error.retriable || error.code === 'LTS_STOPPING')) throw error;
        const pauseMs = backOff.next();
        this.waitingForApi = error instanceof Error ? error.message : String(error);
        this.logger.warn({ event: 'waiting-for-api', competitionCode: competition, error: this.waitingForApi, pauseMs });
        await this.pause(pauseMs);
      }
    }
  }

  /** Sends the frames of a competition that need no spool, because they stand in a file already. */
  orderedPublisher(competition: string): OrderedPublisher {
    const { settings, providers } = this.parts;
    return new OrderedPublisher({
      competition,
      source: settings.messageSource,
      rawTopic: settings.kafkaProduce,
      notificationsTopic: settings.kafkaNotifications,
      publisher: this.transport.publisher,
      lock: this.lock,
      pages: new FeedPages(providers),
    });
  }

  /**
   * The intake of a competition, opened at the first call: what an earlier process left in the spool is published first.
   *
   * @throws PipelineError `LTS_STOPPING` when the stage ends before the API said where the competition stands
   */
  async open(competition: string): Promise<CompetitionIntake> {
    const known = this.intakes.get(competition);
    if (known !== undefined) return known;
    const watermark = await this.watermark(competition);
    const { settings } = this.parts;
    const { spool, content } = SpoolFile.open(spoolPath(settings.spoolPath, competition));
    this.logger.log({ event: 'spool-opened', competitionCode: competition, pendingFrames: content.pending.length, tornBytes: content.tornBytes, damagedLines: content.damagedLines });
    const intake = new CompetitionIntake({
      competition,
      spool,
      content,
      watermark,
      maxBytes: settings.spoolMaxMb * MEGABYTE,
      publisher: this.orderedPublisher(competition),
      clock: systemClock,
      report: (event, details) => this.logger.warn({ event, competitionCode: competition, ...details }),
    });
    this.intakes.set(competition, intake);
    return intake;
  }

  /** For health: each competition's intake, and what is waited for; not ready while something is. */
  state(): FeedIntakeState {
    const competitions = Object.fromEntries([...this.intakes].map(([code, intake]) => [code, intake.state()]));
    const isFine = Object.values(competitions).every((state) => !state.isFull && state.trouble === null);
    const { waitingForApi } = this;
    return { ready: isFine && waitingForApi === null, waitingForApi, closedLocks: this.lock.state(), competitions };
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.intakes.values()].map((intake) => intake.close(LAST_SEND_MS)));
    this.intakes.clear();
  }

  private async pause(ms: number): Promise<void> {
    await systemClock.sleep(ms, this.stopping.signal);
    if (this.stopping.signal.aborted) throw stopped();
  }

  /** What the work leads to, unless the stage ends before. */
  private async unlessStopped<Result>(work: Promise<Result>): Promise<Result> {
    const settled = new AbortController();
    const whenStopped = new Promise<never>((_resolve, reject) => {
      const { signal } = this.stopping;
      if (signal.aborted) reject(stopped());
      else signal.addEventListener('abort', () => reject(stopped()), { once: true, signal: settled.signal });
    });
    try {
      return await Promise.race([work, whenStopped]);
    } finally {
      settled.abort();
    }
  }
}

function stopped(): PipelineError {
  return new PipelineError('LTS_STOPPING', 'The listener is being stopped.');
}
