import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@lts/feed-intake';

/** A clock that runs faster than the real one. */
export class FastClock implements Clock {
  private readonly startedAt = performance.now();

  constructor(private readonly factor: number) {}

  now(): number {
    return Math.round(1_700_000_000_000 + (performance.now() - this.startedAt) * this.factor);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return pause(ms / this.factor, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
}
