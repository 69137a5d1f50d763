/** How a round trip went. Times are ms; null when nothing came back. */
export interface RoundTripFigures {
  sent: number;
  received: number;
  lost: number;
  doubled: number;
  p50Ms: number | null;
  p99Ms: number | null;
}

/** The messages of one round trip: which came back, how often, and after how long. */
export class RoundTrips {
  private readonly sentAtMs = new Map<string, number>();
  private readonly tookMs = new Map<string, number>();
  private doubled = 0;

  /** @param atMs from here the time counts */
  sent(id: string, atMs: number): void {
    this.sentAtMs.set(id, atMs);
  }

  /** What was not sent here is none of ours. */
  received(id: string, atMs: number): void {
    const sentAtMs = this.sentAtMs.get(id);
    if (sentAtMs === undefined) return;
    if (this.tookMs.has(id)) this.doubled += 1;
    else this.tookMs.set(id, atMs - sentAtMs);
  }

  get allAreBack(): boolean {
    return this.tookMs.size === this.sentAtMs.size;
  }

  figures(): RoundTripFigures {
    const times = [...this.tookMs.values()].sort((left, right) => left - right);
    const received = times.length;
    return { sent: this.sentAtMs.size, received, lost: this.sentAtMs.size - received, doubled: this.doubled, p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
  }
}

/** The smallest time that at least this share of all does not exceed. */
function percentile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

/** The figures as one line: `100 sent, 100 received, 0 lost, 0 doubled, p50 1.4 ms, p99 5.9 ms`. */
export function roundTripLine({ sent, received, lost, doubled, p50Ms, p99Ms }: RoundTripFigures): string {
  const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(1)} ms`);
  return `${sent} sent, ${received} received, ${lost} lost, ${doubled} doubled, p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}`;
}
