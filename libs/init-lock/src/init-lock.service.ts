import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { PipelineError } from '@lts/contracts';

/** Who knows how far a competition is stored; asked once a second while its lock is closed. */
export interface WatermarkSource {
  /** Id of the last frame stored, or null when none is. Must settle in bounded time: a competition is asked about once at a time. */
  watermark(competition: string): Promise<string | null>;
}

/** Injection token of the `WatermarkSource`. */
export const WATERMARK_SOURCE = Symbol('watermark source');

/** A closed lock, for health. */
export interface ClosedLock {
  competition: string;
  /** Id of the initialisation it waits for. */
  initId: string;
  ageMs: number;
}

interface Lock {
  initId: string | null;
  closedAtMs: number;
  lastFinished: string;
  waiting: { resume: () => void; turnAway: (error: PipelineError) => void }[];
}

const ASK_EVERY_MS = 1_000;
const MOST_REMEMBERED = 10_000;

/**
 * Holds back the frames of a competition until its initialisation is stored. One lock for each competition.
 *
 * Guarantees: a lock closed for X opens on any finished initialisation or watermark at or above X, so a lost or early
 * notification costs a second at most. Open locks are forgotten, oldest first, beyond 10,000 competitions.
 */
@Injectable()
export class InitLockService implements OnModuleDestroy {
  private readonly logger = new Logger(InitLockService.name);
  private readonly locks = new Map<string, Lock>();
  private readonly asking: NodeJS.Timeout;
  /** Competitions about which a question is under way; no more than are closed. */
  private readonly asked = new Set<string>();
  private stopped = false;

  constructor(@Inject(WATERMARK_SOURCE) private readonly source: WatermarkSource) {
    this.asking = setInterval(() => this.askForClosed(), ASK_EVERY_MS);
    this.asking.unref();
  }

  /**
   * Closes the lock for an initialisation; a newer one raises what is waited for.
   *
   * @returns false when that initialisation, or a later one, has finished already and the lock stays as it is
   */
  close(competition: string, initId: string): boolean {
    const lock = this.lockOf(competition);
    if (initId <= lock.lastFinished || (lock.initId !== null && initId <= lock.initId)) return false;
    if (lock.initId === null) lock.closedAtMs = Date.now();
    lock.initId = initId;
    return true;
  }

  isOpen(competition: string): boolean {
    return this.closedFor(competition) === null;
  }

  /** Id of the initialisation that the competition waits for, null when its lock is open. */
  closedFor(competition: string): string | null {
    return this.locks.get(competition)?.initId ?? null;
  }

  /**
   * Resolves when the lock is open, at once if it is.
   *
   * @throws PipelineError `LTS_STOPPING` when the app ends before
   */
  async whenOpen(competition: string): Promise<void> {
    while (!this.isOpen(competition)) {
      if (this.stopped) throw this.stoppingError(competition);
      await new Promise<void>((resume, turnAway) => this.lockOf(competition).waiting.push({ resume, turnAway }));
    }
  }

  /**
   * Takes note that an initialisation has finished; opens the lock if it waited for that one or an earlier one.
   * Without an id (older senders) the watermark is asked at once.
   */
  finished(competition: string, initId: string | null): void {
    if (initId === null) {
      if (!this.isOpen(competition)) void this.ask(competition);
      return;
    }
    const lock = this.lockOf(competition);
    if (initId > lock.lastFinished) lock.lastFinished = initId;
    if (lock.initId === null || initId < lock.initId) return;
    lock.initId = null;
    for (const waiting of lock.waiting.splice(0)) waiting.resume();
  }

  /** All closed locks. */
  state(): ClosedLock[] {
    const now = Date.now();
    return [...this.locks].flatMap(([competition, lock]) => (lock.initId === null ? [] : [{ competition, initId: lock.initId, ageMs: now - lock.closedAtMs }]));
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearInterval(this.asking);
    for (const [competition, lock] of this.locks) {
      for (const waiting of lock.waiting.splice(0)) waiting.turnAway(this.stoppingError(competition));
    }
  }

  private askForClosed(): void {
    for (const { competition } of this.state()) void this.ask(competition);
  }

  private async ask(competition: string): Promise<void> {
    if (this.asked.has(competition)) return;
    this.asked.add(competition);
    try {
      const watermark = await this.source.watermark(competition);
      if (watermark !== null) this.finished(competition, watermark);
    } catch (error) {
      this.logger.debug({ event: 'watermark-unknown', competitionCode: competition, error: error instanceof Error ? error.message : String(error) });
    } finally {
      this.asked.delete(competition);
    }
  }

  private lockOf(competition: string): Lock {
    const known = this.locks.get(competition);
    if (known !== undefined) return known;
    if (this.locks.size >= MOST_REMEMBERED) this.forgetOne();
    const made: Lock = { initId: null, closedAtMs: 0, lastFinished: '', waiting: [] };
    this.locks.set(competition, made);
    return made;
  }

  private forgetOne(): void {
    for (const [competition, lock] of this.locks) {
      if (lock.initId !== null) continue;
      this.locks.delete(competition);
      return;
    }
  }

  private stoppingError(competition: string): PipelineError {
    return new PipelineError('LTS_STOPPING', 'The app is stopping.', { competitionCode: competition });
  }
}
