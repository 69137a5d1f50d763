import { type Choice, SeededRandom } from '@lts/race-simulator';

/** Faults of the link between circuit and client. */
export const LINK_FAULTS = [
  { name: 'cut', help: 'the connection ends without a closing word, every few minutes of the race; whoever comes back gets a page' },
  { name: 'half-open', help: 'the connection stays open, but nothing comes any more and no ping is answered' },
  { name: 'silent', help: 'pings are answered, but nothing comes for one to four minutes of the race; it then goes on without a page' },
  { name: 'flood', help: 'the page comes again and again, up to 300 times in one go' },
] as const satisfies readonly Choice[];

export type LinkFaultKind = (typeof LINK_FAULTS)[number]['name'];

/** A fault that strikes all present links at once. */
export interface LinkFault {
  kind: LinkFaultKind;
  /** How long a silence lasts, and in a recording the way back after a cut; ms of the race. */
  durationMs: number;
}

const MINUTE_MS = 60_000;
const DURATIONS_MS: Readonly<Record<LinkFaultKind, readonly [number, number]>> = {
  cut: [1_000, 10_000],
  'half-open': [30_000, 90_000],
  silent: [MINUTE_MS, 4 * MINUTE_MS],
  flood: [0, 0],
};
const PAUSE_MS: readonly [number, number] = [MINUTE_MS, 8 * MINUTE_MS];

/** How often a flood repeats the page, at most. */
export const FLOOD_PAGES = 300;

/** Decides when which fault strikes: one of the given kinds every one to eight minutes of the race, the same for the same seed. */
export class LinkFaultPlan {
  private readonly random: SeededRandom;
  private nextAtMs: number | null = null;

  constructor(
    private readonly kinds: readonly LinkFaultKind[],
    seed: number,
  ) {
    this.random = new SeededRandom(seed);
  }

  /** The fault that strikes with the frame of this stamp, mostly null. */
  strike(atMs: number): LinkFault | null {
    if (this.kinds.length === 0) return null;
    this.nextAtMs ??= this.after(atMs);
    if (atMs < this.nextAtMs) return null;
    const kind = this.kinds[this.random.whole(0, this.kinds.length - 1)];
    this.nextAtMs = this.after(atMs);
    return kind === undefined ? null : { kind, durationMs: this.random.whole(...DURATIONS_MS[kind]) };
  }

  private after(atMs: number): number {
    return atMs + this.random.whole(...PAUSE_MS);
  }
}
