import type { Connection } from './live-feed.js';
import type { Clock, Metadata } from './messages.js';

/** Lag between circuit and database from which the data are a recording, not a late live feed. */
const RECORDING_LAG_MS = 3_600_000;

/** Age from which data are late, and from which they count as lost, ms. */
const LATE_MS = 5_000;
const LOST_MS = 30_000;

/** How far the data can be trusted: `quiet` when no news are to be expected. */
export type Freshness = 'fresh' | 'quiet' | 'late' | 'lost';

/** Tells how old the data are, by the API's clock rather than this computer's. All times Unix ms. */
export class DataClock {
  #offsetMs: number | null = null;
  #clock: Clock = { lastFrameAtMs: null, appliedAtMs: null, nowMs: null };

  /** Forgets the difference between the two clocks; the next message sets it anew. */
  reset(): void {
    this.#offsetMs = null;
  }

  /** Takes the times of a message that arrived at `localMs`. */
  apply(clock: Clock, localMs: number): void {
    this.#clock = clock;
    if (clock.nowMs === null) return;
    // a delay on the way only makes the difference smaller, so the largest one is the nearest to the truth
    this.#offsetMs = Math.max(this.#offsetMs ?? -Infinity, clock.nowMs - localMs);
  }

  /** Present time of the API. */
  serverMs(localMs: number): number {
    return localMs + (this.#offsetMs ?? 0);
  }

  /** Age of the newest data: since the circuit sent them, in a replay since they were stored; null before the first. */
  ageMs(localMs: number): number | null {
    const { lastFrameAtMs, appliedAtMs } = this.#clock;
    const bornAtMs = this.recordedAtMs() === null ? (lastFrameAtMs ?? appliedAtMs) : appliedAtMs;
    return bornAtMs === null ? null : Math.max(0, this.serverMs(localMs) - bornAtMs);
  }

  /** Stamp of the last frame when the data are a recording that is replayed, else null. */
  recordedAtMs(): number | null {
    const { lastFrameAtMs, appliedAtMs } = this.#clock;
    if (lastFrameAtMs === null || appliedAtMs === null) return null;
    return appliedAtMs - lastFrameAtMs > RECORDING_LAG_MS ? lastFrameAtMs : null;
  }

  /** Present time of the race: the API's, in a replay moved back to where the recording is. */
  raceMs(localMs: number): number {
    const { lastFrameAtMs, appliedAtMs } = this.#clock;
    const serverMs = this.serverMs(localMs);
    return lastFrameAtMs === null || appliedAtMs === null ? serverMs : serverMs - (appliedAtMs - lastFrameAtMs);
  }
}

/** Whether the race clock runs: the flag is green, or there is no flag and the competition goes on. */
export function isRacing(metadata: Metadata): boolean {
  return metadata.flag === 'green' || (metadata.flag === 'unknown' && metadata.status === 'ongoing');
}

function isUnderWay(metadata: Metadata): boolean {
  return isRacing(metadata) || metadata.flag === 'yellow' || metadata.flag === 'safety-car';
}

/** Judges an age: while karts are on the track silence is alarming, under red or after the finish it is normal; a cut link never is. */
export function freshness(ageMs: number | null, metadata: Metadata | null, connection: Connection): Freshness {
  const isCut = connection !== 'live';
  const isAlarming = isCut || (metadata !== null && isUnderWay(metadata));
  if (!isAlarming) return ageMs !== null && ageMs <= LATE_MS ? 'fresh' : 'quiet';
  if (ageMs === null) return 'late';
  if (ageMs > LOST_MS) return 'lost';
  return isCut || ageMs > LATE_MS ? 'late' : 'fresh';
}

/** Counts the remaining time down between two statements of the feed. All times in ms. */
export class RaceClock {
  #statedMs: number | null = null;
  #leftMs: number | null = null;
  #runningSinceMs: number | null = null;

  /** Takes the state of the competition as known at `localMs`; a repeated value does not set the clock back. */
  apply(metadata: Metadata, localMs: number): void {
    const statedMs = metadata.remaining?.unit === 'millis' ? metadata.remaining.value : null;
    this.#leftMs = statedMs === this.#statedMs ? this.leftMs(localMs) : statedMs;
    this.#statedMs = statedMs;
    this.#runningSinceMs = isRacing(metadata) ? localMs : null;
  }

  /** Time left at `localMs`, never below 0; null when the competition is not measured in time. */
  leftMs(localMs: number): number | null {
    if (this.#leftMs === null) return null;
    const elapsedMs = this.#runningSinceMs === null ? 0 : localMs - this.#runningSinceMs;
    return Math.max(0, this.#leftMs - elapsedMs);
  }
}
