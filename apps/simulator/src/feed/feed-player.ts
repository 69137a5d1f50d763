import type { FeedFrame } from './feed.js';

/** The wall clock and waiting, replaceable so that tests need not wait. */
export interface PlayerClock {
  /** Unix ms. */
  now(): number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Those who are sent the frames. */
export interface Audience {
  /** True while somebody has so much waiting that the highest speed must wait for him. */
  readonly isBehind: boolean;
  broadcast(frame: FeedFrame): void;
}

/** How long the player waits for clients that are behind at the highest speed before it looks again, ms. */
const LOOK_AGAIN_MS = 5;

/** Frames after which the highest speed lets the process do something else. */
const BREATHE_EVERY_FRAMES = 256;

/** What a `FeedPlayer` works with. */
export interface FeedPlayerParts {
  audience: Audience;
  /** Factor; Infinity sends as fast as the clients read. */
  speed: number;
  clock: PlayerClock;
  signal: AbortSignal;
}

/** Sends the frames of a race to all clients, each when it is due. */
export class FeedPlayer {
  private start: { stampMs: number; nowMs: number } | null = null;
  private frames = 0;
  private taken = false;

  constructor(private readonly parts: FeedPlayerParts) {}

  /** True while a frame was taken from the race that is not due yet. */
  get hasTaken(): boolean {
    return this.taken;
  }

  /** Plays the race to its end, or until the signal is aborted. */
  async play(frames: AsyncIterable<FeedFrame> | Iterable<FeedFrame>): Promise<void> {
    const { audience, signal } = this.parts;
    this.start = null;
    for await (const frame of frames) {
      this.taken = true;
      await this.untilDue(frame);
      if (signal.aborted) return;
      this.taken = false;
      audience.broadcast(frame);
    }
  }

  private async untilDue(frame: FeedFrame): Promise<void> {
    const { clock, audience, signal, speed } = this.parts;
    if (speed === Number.POSITIVE_INFINITY) {
      this.frames += 1;
      if (this.frames % BREATHE_EVERY_FRAMES === 0) await clock.sleep(0, signal);
      while (audience.isBehind && !signal.aborted) await clock.sleep(LOOK_AGAIN_MS, signal);
      return;
    }
    this.start ??= { stampMs: frame.atMs, nowMs: clock.now() };
    const waitMs = this.start.nowMs + (frame.atMs - this.start.stampMs) / speed - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs, signal);
  }
}
