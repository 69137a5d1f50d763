import { FrameIdSequence, PipelineError } from '@lts/contracts';
import { BackOff } from './back-off.js';
import type { Clock } from './clock.js';
import type { Frame } from './frame.js';
import type { OrderedPublisher } from './ordered-publisher.js';
import { type SpoolContent, type SpoolFile, spooledBytes } from './spool-file.js';

/** Frames looked at for one send. */
const WINDOW_FRAMES = 500;

/** Told when something happens that an operator should know. */
export type IntakeReport = (event: string, details: Record<string, unknown>) => void;

/** What a `CompetitionIntake` works with. */
export interface CompetitionIntakeParts {
  competition: string;
  spool: SpoolFile;
  /** What the spool held at start. */
  content: SpoolContent;
  /** Last frame the API has, or null. */
  watermark: string | null;
  maxBytes: number;
  publisher: OrderedPublisher;
  clock: Clock;
  report: IntakeReport;
}

/** State of one competition's intake, for health. */
export interface IntakeState {
  pendingFrames: number;
  pendingBytes: number;
  spoolBytes: number;
  publishedFrames: number;
  /** Frames that the broker never takes, such as one that is larger than it allows; they were given up. */
  refusedFrames: number;
  /** The spool is at its limit and reading has stopped. */
  isFull: boolean;
  /** Why publishing or spooling does not succeed at present; null when it does. */
  trouble: string | null;
}

/**
 * The frames of one competition from their arrival to the broker: given an id, spooled, published in order.
 *
 * Guarantees: ids rise above every id known; frames left over by an earlier process are published first; a frame that
 * the broker refuses for good is given up, and said, since it must not stop the race;
 * what waits is bounded by `maxBytes` plus what arrives until the caller has heard that it must stop.
 */
export class CompetitionIntake {
  private readonly ids: FrameIdSequence;
  private readonly pending: Frame[];
  private readonly stopping = new AbortController();
  private readonly backOff = new BackOff({ firstMs: 250, longestMs: 30_000 });
  private pendingBytes = 0;
  private publishedFrames = 0;
  private refusedFrames = 0;
  /** Frames to be sent one by one, since one of them is refused for good. */
  private framesAlone = 0;
  private full = false;
  private isClosed = false;
  private publishingTrouble: string | null = null;
  private diskTrouble: string | null = null;
  private pumping: Promise<void> | null = null;
  /** At most one entry for each caller of `accept` or `drained` that waits. */
  private waiting: { isOver: () => boolean; resolve: () => void }[] = [];

  constructor(private readonly parts: CompetitionIntakeParts) {
    this.pending = [...parts.content.pending];
    for (const frame of this.pending) this.pendingBytes += spooledBytes(frame);
    this.ids = new FrameIdSequence(highest(parts.content.highestId, parts.watermark));
    this.pump();
  }

  /**
   * Takes a frame as it was received; it is spooled when the call returns.
   *
   * @param atMs stamp of the frame, Unix ms
   * @returns resolves when the next frame may come: at once, or when there is room again, or the stage ends
   */
  accept(text: string, atMs: number): Promise<void> {
    const frame = { id: this.ids.next(atMs), atMs, text };
    this.onDisk(() => this.parts.spool.append(frame));
    this.pending.push(frame);
    this.pendingBytes += spooledBytes(frame);
    this.pump();
    if (this.pendingBytes <= this.parts.maxBytes) return Promise.resolve();
    if (!this.full) this.parts.report('spool-full', { pendingFrames: this.pending.length, pendingBytes: this.pendingBytes });
    this.full = true;
    return this.until(() => this.pendingBytes <= this.parts.maxBytes / 2);
  }

  /** The spool is at its limit: nothing more should be read before the last `accept` has resolved. */
  get isFull(): boolean {
    return this.full;
  }

  /** Resolves when everything accepted so far has been published, or when the stage ends and the rest stays in the spool. */
  drained(): Promise<void> {
    return this.until(() => this.pending.length === 0);
  }

  state(): IntakeState {
    return {
      pendingFrames: this.pending.length,
      pendingBytes: this.pendingBytes,
      spoolBytes: this.parts.spool.sizeBytes,
      publishedFrames: this.publishedFrames,
      refusedFrames: this.refusedFrames,
      isFull: this.full,
      trouble: this.publishingTrouble ?? this.diskTrouble,
    };
  }

  /** Stops publishing; what is left stays in the spool. Waits at most `limitMs` for a send under way. */
  async close(limitMs: number): Promise<void> {
    this.stopping.abort();
    const enough = new AbortController();
    await Promise.race([this.pumping, this.parts.clock.sleep(limitMs, enough.signal)]);
    enough.abort();
    this.isClosed = true;
    this.release(() => true);
    this.parts.spool.close();
  }

  private pump(): void {
    if (this.pumping !== null || this.pending.length === 0 || this.stopping.signal.aborted) return;
    this.pumping = this.publishPending().finally(() => {
      this.pumping = null;
      this.pump();
    });
  }

  private async publishPending(): Promise<void> {
    while (this.pending.length > 0 && !this.stopping.signal.aborted) {
      const window = this.pending.slice(0, this.framesAlone > 0 ? 1 : WINDOW_FRAMES);
      try {
        const count = await this.parts.publisher.publishSome(window);
        if (this.isClosed) return;
        this.framesAlone = Math.max(0, this.framesAlone - count);
        this.acknowledged(count);
        this.publishedFrames += count;
      } catch (error) {
        await this.afterFailure(error, window);
      }
    }
  }

  private async afterFailure(error: unknown, window: readonly Frame[]): Promise<void> {
    const code = error instanceof PipelineError ? error.code : null;
    if (code === 'LTS_STOPPING') {
      this.stopping.abort();
      this.release(() => true);
      return;
    }
    const [only] = window;
    if (code !== 'LTS_MESSAGE_INVALID' || only === undefined) await this.pauseAfter(error);
    else if (window.length > 1) this.framesAlone = window.length;
    else this.giveUp(only, error);
  }

  private giveUp(frame: Frame, error: unknown): void {
    this.framesAlone = 0;
    this.refusedFrames += 1;
    this.parts.publisher.giveUp(frame);
    this.parts.report('frame-refused', { frame: frame.id, characters: frame.text.length, error: error instanceof Error ? error.message : String(error) });
    this.acknowledged(1);
  }

  /** The first `count` frames need nothing more. */
  private acknowledged(count: number): void {
    const acked = this.pending.splice(0, count);
    for (const frame of acked) this.pendingBytes -= spooledBytes(frame);
    this.publishingTrouble = null;
    this.backOff.reset();
    this.onDisk(() => this.parts.spool.acknowledge(acked, () => this.pending));
    if (this.full && this.pendingBytes <= this.parts.maxBytes / 2) {
      this.full = false;
      this.parts.report('spool-has-room', { pendingFrames: this.pending.length });
    }
    this.release((waiter) => waiter.isOver());
  }

  private async pauseAfter(error: unknown): Promise<void> {
    const pauseMs = this.backOff.next();
    this.publishingTrouble = error instanceof Error ? error.message : String(error);
    this.parts.report('publishing-failed', { error: this.publishingTrouble, pauseMs });
    await this.parts.clock.sleep(pauseMs, this.stopping.signal);
  }

  /** A disk that refuses costs the safety of the spool, not the frame: it goes on from memory. */
  private onDisk(write: () => void): void {
    try {
      write();
      this.diskTrouble = null;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (this.diskTrouble !== message) this.parts.report('spool-not-written', { error: message });
      this.diskTrouble = message;
    }
  }

  private until(isOver: () => boolean): Promise<void> {
    if (isOver() || this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ isOver, resolve }));
  }

  private release(isOver: (waiter: { isOver: () => boolean }) => boolean): void {
    const over = this.waiting.filter(isOver);
    this.waiting = this.waiting.filter((waiter) => !over.includes(waiter));
    for (const waiter of over) waiter.resolve();
  }
}

function highest(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
