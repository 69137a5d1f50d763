import { PipelineError } from '@lts/contracts';
import type { ReceivedMessage } from '../received-message.js';
import { Deferred } from './deferred.js';
import { Lane } from './lane.js';

type Messages = readonly ReceivedMessage<unknown>[];

export interface EmbeddedGroupOptions {
  maxQueued: number;
  maxBatch: number;
  /** Called when a lane has run empty. */
  changed: () => void;
  /** What follows when the group has handled messages, before it takes the next ones of that key. */
  afterwards?: (messages: Messages) => Promise<void>;
}

/** One group of readers of one topic: a lane for each key that has messages. Lanes that run empty are dropped. */
export class EmbeddedGroup {
  private readonly lanes = new Map<string, Lane>();
  private readonly attached = new Deferred<(messages: Messages) => Promise<void>>();
  private readonly quietAsked: (() => void)[] = [];
  private stopped = false;

  constructor(private readonly options: EmbeddedGroupOptions) {}

  get queued(): number {
    return [...this.lanes.values()].reduce((sum, lane) => sum + lane.length, 0);
  }

  get isIdle(): boolean {
    return [...this.lanes.values()].every((lane) => lane.isIdle);
  }

  /** True when its reader has gone; `put` then turns messages away. */
  get isStopped(): boolean {
    return this.stopped;
  }

  /** Names the handler; what came before waits for it. */
  attach(handle: (messages: Messages) => Promise<void>): void {
    this.attached.resolve(handle);
  }

  /** Messages of one key. `queued` and `worked` reject with `LTS_STOPPING` when the group is stopped before. */
  put(key: string, messages: Messages): { queued: Promise<void>; worked: Promise<void> } {
    const lane = this.lanes.get(key) ?? this.newLane(key);
    return lane.put(messages);
  }

  /** Takes no new batch and turns away those who wait; what waits is dropped. Resolves when the running handlers have ended. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.attached.reject(new PipelineError('LTS_STOPPING', 'The consumer is closed.'));
    for (const lane of this.lanes.values()) lane.stop();
    if (!this.isIdle) await new Promise<void>((resolve) => this.quietAsked.push(resolve));
  }

  private newLane(key: string): Lane {
    const lane: Lane = new Lane({
      maxQueued: this.options.maxQueued,
      maxBatch: this.options.maxBatch,
      work: async (messages) => {
        const handle = await this.attached.promise;
        await handle(messages);
        await this.options.afterwards?.(messages);
      },
      emptied: () => this.afterLane(key, lane),
    });
    this.lanes.set(key, lane);
    if (this.stopped) lane.stop();
    return lane;
  }

  private afterLane(key: string, lane: Lane): void {
    if (lane.isIdle && this.lanes.get(key) === lane) this.lanes.delete(key);
    if (this.isIdle) for (const resolve of this.quietAsked.splice(0)) resolve();
    this.options.changed();
  }
}
