import { PipelineError } from '@lts/contracts';
import type { ReceivedMessage } from '../received-message.js';
import { Deferred } from './deferred.js';

type Messages = readonly ReceivedMessage<unknown>[];

export interface LaneOptions {
  /** More than this many waiting messages make `put` wait. */
  maxQueued: number;
  /** Most messages a handler gets at once. */
  maxBatch: number;
  /** Handles a batch and all that must happen before the next one. */
  work: (messages: Messages) => Promise<void>;
  /** Called when the lane has run empty. */
  emptied: () => void;
}

interface Waiting {
  message: ReceivedMessage<unknown>;
  /** Resolved when the message has been worked off; set on the last message of a `put`. */
  worked: Deferred<void> | null;
}

/** The queue of one key in one group: bounded, in order, one batch at a time. */
export class Lane {
  private readonly waiting: Waiting[] = [];
  private readonly roomAsked: (() => void)[] = [];
  private turn: Promise<void> = Promise.resolve();
  private putting = 0;
  private running = false;
  private stopped = false;

  constructor(private readonly options: LaneOptions) {}

  get length(): number {
    return this.waiting.length;
  }

  get isIdle(): boolean {
    return !this.running && this.putting === 0 && (this.stopped || this.waiting.length === 0);
  }

  /**
   * Appends messages, after those of earlier calls; waits while the lane is full.
   *
   * @returns `queued` resolves when they are queued, `worked` when they have been worked off;
   * both reject with `LTS_STOPPING` when the lane is stopped before
   */
  put(messages: Messages): { queued: Promise<void>; worked: Promise<void> } {
    const worked = new Deferred<void>();
    this.putting += 1;
    const queued = this.turn.then(() => this.append(messages, worked)).finally(() => this.afterPut());
    this.turn = queued.catch(() => undefined);
    return { queued, worked: worked.promise };
  }

  /** Takes no new batch; what runs may end. Those who wait for room or for work not begun are turned away. */
  stop(): void {
    this.stopped = true;
    for (const resume of this.roomAsked.splice(0)) resume();
    for (const waiting of this.waiting.splice(0)) waiting.worked?.reject(stopping());
    this.options.emptied();
  }

  private afterPut(): void {
    this.putting -= 1;
    if (this.isIdle) this.options.emptied();
  }

  private async append(messages: Messages, worked: Deferred<void>): Promise<void> {
    while (this.waiting.length >= this.options.maxQueued && !this.stopped) await new Promise<void>((resume) => this.roomAsked.push(resume));
    if (this.stopped) {
      worked.reject(stopping());
      throw stopping();
    }
    messages.forEach((message, index) => this.waiting.push({ message, worked: index === messages.length - 1 ? worked : null }));
    if (messages.length === 0) worked.resolve();
    if (!this.running) void this.run();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (this.waiting.length > 0 && !this.stopped) {
      const batch = this.waiting.splice(0, this.options.maxBatch);
      for (const resume of this.roomAsked.splice(0)) resume();
      try {
        await this.options.work(batch.map((waiting) => waiting.message));
      } catch {
        // only a stop ends the work on a batch without an outcome; the batch comes again after the restart
        for (const waiting of batch) waiting.worked?.reject(stopping());
        this.stop();
        break;
      }
      for (const waiting of batch) waiting.worked?.resolve();
    }
    this.running = false;
    this.options.emptied();
  }
}

function stopping(): PipelineError {
  return new PipelineError('LTS_STOPPING', 'The transport is closed.');
}
