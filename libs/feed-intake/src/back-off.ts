interface BackOffLimits {
  /** First pause, ms. */
  firstMs: number;
  /** Longest pause, ms. */
  longestMs: number;
  /** Random number in [0, 1), replaceable in tests. */
  random?: () => number;
}

/**
 * Pauses between attempts: each up to twice as long as the one before, up to a longest one.
 * The pause is drawn between half and the whole of its length, so that many clients do not come back at the same instant.
 */
export class BackOff {
  private attempt = 0;

  constructor(private readonly limits: BackOffLimits) {}

  /** The next pause, ms. */
  next(): number {
    const wholeMs = Math.min(this.limits.longestMs, this.limits.firstMs * 2 ** this.attempt);
    this.attempt = Math.min(this.attempt + 1, 30);
    const draw = (this.limits.random ?? Math.random)();
    return Math.max(Math.min(this.limits.firstMs, wholeMs), Math.round(wholeMs * (0.5 + draw / 2)));
  }

  /** After a success: the next pause is the first again. */
  reset(): void {
    this.attempt = 0;
  }
}
