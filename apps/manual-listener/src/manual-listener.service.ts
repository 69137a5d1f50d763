import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { POSITIONALS, StageHealth } from '@lts/bootstrap';
import { PipelineError, classify } from '@lts/contracts';
import { FeedIntake, type Frame, type OrderedPublisher, isBlankFrame, systemClock } from '@lts/feed-intake';
import { readSingleFrame } from '@lts/recordings';
import { ManualListenerEnv } from './env.js';
import { Pace } from './replay/pace.js';
import { recordedFrames, replayFiles } from './replay/replay-files.js';
import { type ReplayProgress, filledLines } from './replay/replay-counts.js';
import { ResumePoint } from './replay/resume-point.js';
import { parseSpeed } from './replay/speed.js';

const LAST_SEND_MS = 1_000;

/** Called after each batch of a replay. */
export type ProgressListener = (progress: Readonly<ReplayProgress>) => void;

/**
 * Sends files as if they came from a circuit.
 *
 * A recording is its own spool: it is read no faster than it is published, and frames that the competition has already are
 * left out. A single frame (`.txt`) is stamped when it is sent and goes through the spool. Replays run one after another.
 */
@Injectable()
export class ManualListenerService implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(ManualListenerService.name);
  private readonly stopping = new AbortController();
  private latest: Promise<ReplayProgress>;
  private current: ReplayProgress = noProgress();
  /** Highest id published by this process; the API may not have it yet. */
  private publishedId: string | null = null;

  constructor(
    @Inject(ManualListenerEnv) private readonly env: ManualListenerEnv,
    @Inject(POSITIONALS) private readonly paths: readonly string[],
    @Inject(FeedIntake) private readonly intake: FeedIntake,
    @Inject(StageHealth) health: StageHealth,
  ) {
    this.latest = Promise.resolve(this.current);
    health.add('intake', () => this.intake.state());
    health.add('replay', () => ({ ready: true, ...this.current }));
    health.count('lts_frames_total', () => this.current.published);
  }

  onApplicationBootstrap(): void {
    if (this.paths.length > 0) void this.replay(this.paths).catch(() => undefined);
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  /** Later than `onModuleDestroy`, since what a replay waits for may itself be ended there. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.latest.catch(() => undefined);
  }

  /**
   * The end of the latest replay, first of all of the one that the stage's arguments asked for.
   * Rejects with what ended it early.
   */
  get done(): Promise<ReplayProgress> {
    return this.latest;
  }

  /** Where the replay stands that runs or ran last. */
  get progress(): Readonly<ReplayProgress> {
    return this.current;
  }

  /**
   * Replays files and folders: first all recordings among them, as one, then the single frames.
   * Waits for a replay that is still under way.
   *
   * @throws PipelineError `LTS_RECORDING_UNREADABLE`, `LTS_RECORDING_CONFLICT` when the competition holds other frames,
   * `LTS_STOPPING` when the stage ends before
   */
  replay(paths: string | readonly string[], onProgress?: ProgressListener): Promise<ReplayProgress> {
    const before = this.latest.catch(() => undefined);
    const replay = this.orStopped(before.then(() => this.run(typeof paths === 'string' ? [paths] : paths, onProgress)));
    this.latest = replay;
    replay.catch((error: unknown) => this.logFailure(error));
    return replay;
  }

  private async run(paths: readonly string[], onProgress?: ProgressListener): Promise<ReplayProgress> {
    const progress = noProgress();
    this.current = progress;
    const files = await replayFiles(paths);
    await this.intake.consumersReady();
    progress.startedAtMs = systemClock.now();
    if (files.recordings.length > 0) await this.sendRecordings(files.recordings, progress, onProgress);
    if (files.singleFrames.length > 0) await this.sendSingleFrames(files.singleFrames, progress);
    onProgress?.(progress);
    this.logger.log({ event: 'replayed', competitionCode: this.env.competitionCode, ...progress });
    return progress;
  }

  private async sendSingleFrames(paths: readonly string[], progress: ReplayProgress): Promise<void> {
    const intake = await this.intake.open(this.env.competitionCode);
    for (const path of paths) {
      const text = await readSingleFrame(path);
      count(progress, text);
      if (isBlankFrame(text)) continue;
      await intake.accept(text, systemClock.now());
      progress.published += 1;
    }
    await intake.drained();
    if (intake.state().pendingFrames > 0) throw stopped();
  }

  private async sendRecordings(paths: readonly string[], progress: ReplayProgress, onProgress?: ProgressListener): Promise<void> {
    const { competitionCode } = this.env;
    const resume = new ResumePoint(competitionCode, await this.knownUpTo());
    const pace = new Pace(parseSpeed(this.env.speed), systemClock, this.stopping.signal);
    const publisher = this.intake.orderedPublisher(competitionCode);
    for await (const batch of recordedFrames(paths, (file) => this.logger.warn({ event: 'torn-last-line', file }))) {
      for (const frame of batch) count(progress, frame.text);
      const fresh = resume.newFrames(batch);
      progress.skipped += batch.length - fresh.length;
      for await (const group of pace.groups(fresh)) await this.publishAll(publisher, group, progress);
      this.stopIfAsked();
      onProgress?.(progress);
    }
    resume.end();
  }

  private async publishAll(publisher: OrderedPublisher, frames: readonly Frame[], progress: ReplayProgress): Promise<void> {
    let waiting = frames.filter((frame) => !isBlankFrame(frame.text));
    while (waiting.length > 0) {
      this.stopIfAsked();
      const sent = await publisher.publishSome(waiting);
      progress.published += sent;
      this.publishedId = waiting[sent - 1]?.id ?? this.publishedId;
      waiting = waiting.slice(sent);
    }
  }

  private async knownUpTo(): Promise<string | null> {
    const watermark = await this.intake.watermark(this.env.competitionCode);
    if (watermark === null || this.publishedId === null) return watermark ?? this.publishedId;
    return watermark > this.publishedId ? watermark : this.publishedId;
  }

  private stopIfAsked(): void {
    if (this.stopping.signal.aborted) throw stopped();
  }

  /** What the work leads to; when the stage ends, a send under way has a moment to succeed, then it is given up. */
  private async orStopped<Result>(work: Promise<Result>): Promise<Result> {
    const settled = new AbortController();
    const isGivenUp = new Promise<never>((_resolve, reject) => {
      const giveUp = (): void => void systemClock.sleep(LAST_SEND_MS, settled.signal).then(() => reject(stopped()));
      this.stopping.signal.addEventListener('abort', giveUp, { once: true, signal: settled.signal });
    });
    try {
      return await Promise.race([work, isGivenUp]);
    } finally {
      settled.abort();
    }
  }

  private logFailure(thrown: unknown): void {
    const { code, message } = classify(thrown);
    if (code !== 'LTS_STOPPING') this.logger.error({ event: 'replay-failed', competitionCode: this.env.competitionCode, code, error: message });
  }
}

function stopped(): PipelineError {
  return new PipelineError('LTS_STOPPING', 'The replay was stopped before its end.');
}

function count(progress: ReplayProgress, text: string): void {
  progress.frames += 1;
  progress.lines += filledLines(text);
}

function noProgress(): ReplayProgress {
  return { frames: 0, lines: 0, skipped: 0, published: 0, startedAtMs: 0 };
}
