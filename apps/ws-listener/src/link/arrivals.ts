import { type Clock, isBlankFrame } from '@lts/feed-intake';

/** Where the frames go; `accept` resolves when the next may come. */
export interface FrameSink {
  accept(text: string, atMs: number): Promise<void>;
  readonly isFull: boolean;
}

/** Told what an operator should know. */
export type LinkReport = (event: string, details: Record<string, unknown>) => void;

/** What `Arrivals` works with. */
export interface ArrivalsParts {
  sink: FrameSink;
  clock: Clock;
  report: LinkReport;
}

/** State of a competition's link, for health. Times are Unix ms. */
export interface LinkState {
  isOpen: boolean;
  /** Address by which the circuit is reached, or was last. */
  via: string | null;
  /** Frames handed on; blank ones are counted apart. */
  frames: number;
  blankFrames: number;
  /** When the last data came, blank frames included. */
  lastDataAtMs: number | null;
  /** How often a link was lost or not made. */
  linksLost: number;
  lastReason: string | null;
  /** Time without a link so far, ms: what the circuit sent then is lost. */
  withoutLinkMs: number;
}

/** What arrives of one competition, whichever way: stamped, counted, handed on; and how long there was no way. */
export class Arrivals {
  private readonly counts: LinkState = { isOpen: false, via: null, frames: 0, blankFrames: 0, lastDataAtMs: null, linksLost: 0, lastReason: null, withoutLinkMs: 0 };
  private downSinceMs: number;

  constructor(private readonly parts: ArrivalsParts) {
    this.downSinceMs = parts.clock.now();
  }

  /** The sink is at its limit: nothing more should be read before the last `take` has resolved. */
  get isFull(): boolean {
    return this.parts.sink.isFull;
  }

  /** Takes a text as it was received. @returns resolves when the next one may come */
  take(text: string): Promise<void> {
    const atMs = this.parts.clock.now();
    this.counts.lastDataAtMs = atMs;
    if (isBlankFrame(text)) {
      this.counts.blankFrames += 1;
      return Promise.resolve();
    }
    this.counts.frames += 1;
    return this.parts.sink.accept(text, atMs);
  }

  /** A way is open; said once for each change of the way. */
  opened(via: string): void {
    if (this.counts.isOpen && this.counts.via === via) return;
    const withoutLinkMs = this.downMs();
    this.counts.isOpen = true;
    this.counts.via = via;
    this.counts.withoutLinkMs += withoutLinkMs;
    this.parts.report('link-open', { uri: via, withoutLinkMs });
  }

  /** A way is lost, or was not made. */
  lost(uri: string, reason: string, details: Record<string, unknown> = {}): void {
    const wasOpen = this.counts.isOpen;
    if (wasOpen) this.downSinceMs = this.parts.clock.now();
    this.counts.isOpen = false;
    this.counts.linksLost += 1;
    this.counts.lastReason = reason;
    this.parts.report('link-lost', { uri, wasOpen, reason, ...details });
  }

  state(): LinkState {
    return { ...this.counts, withoutLinkMs: this.counts.withoutLinkMs + this.downMs() };
  }

  private downMs(): number {
    return this.counts.isOpen ? 0 : this.parts.clock.now() - this.downSinceMs;
  }
}
