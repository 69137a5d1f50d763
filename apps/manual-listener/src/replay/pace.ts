import type { Clock, Frame } from '@lts/feed-intake';

/**
 * Holds the frames of a recording back until they are due: the first at once, each later one as long after it as its
 * stamp says, divided by the speed. A stamp that steps back is due at once.
 */
export class Pace {
  private start: { stampMs: number; nowMs: number } | null = null;

  /** @param speed factor; Infinity holds nothing back */
  constructor(
    private readonly speed: number,
    private readonly clock: Clock,
    private readonly signal: AbortSignal,
  ) {}

  /** The frames in groups, each given when it is due; stops early when the signal is aborted. */
  async *groups(frames: readonly Frame[]): AsyncGenerator<readonly Frame[]> {
    if (this.speed === Number.POSITIVE_INFINITY) {
      yield frames;
      return;
    }
    let from = 0;
    while (from < frames.length) {
      const waitMs = this.msUntilDue(frames[from]);
      if (waitMs > 0) await this.clock.sleep(waitMs, this.signal);
      if (this.signal.aborted) return;
      const end = this.endOfDue(frames, from);
      yield frames.slice(from, end);
      from = end;
    }
  }

  private endOfDue(frames: readonly Frame[], from: number): number {
    let end = from + 1;
    while (end < frames.length && this.msUntilDue(frames[end]) <= 0) end += 1;
    return end;
  }

  private msUntilDue(frame: Frame | undefined): number {
    if (frame === undefined) return 0;
    this.start ??= { stampMs: frame.atMs, nowMs: this.clock.now() };
    return this.start.nowMs + (frame.atMs - this.start.stampMs) / this.speed - this.clock.now();
  }
}
