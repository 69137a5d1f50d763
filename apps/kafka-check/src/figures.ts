/** Times of messages, for the summary of a check. */
export class Figures {
  private count = 0;
  private sumMs = 0;
  private longestMs = 0;

  add(tookMs: number): void {
    this.count += 1;
    this.sumMs += tookMs;
    this.longestMs = Math.max(this.longestMs, tookMs);
  }

  get messages(): number {
    return this.count;
  }

  /** One line: how many, and how long they took. */
  summary(what: string): string {
    if (this.count === 0) return `0 messages ${what}`;
    return `${this.count} messages ${what}, ${(this.sumMs / this.count).toFixed(1)} ms on average, ${this.longestMs.toFixed(1)} ms at most`;
  }
}
