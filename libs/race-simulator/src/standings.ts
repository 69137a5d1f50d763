import type { Kart } from './kart.js';

/** Behind another kart: by laps, or by time when on the same lap. */
export interface Behind {
  laps: number;
  timeMs: number;
}

/** The order of the race, by laps and then by who crossed first. */
export class Standings {
  private readonly ranked: Kart[];

  constructor(karts: readonly Kart[]) {
    this.ranked = [...karts];
  }

  get order(): readonly Kart[] {
    return this.ranked;
  }

  /** Puts a kart that has just crossed the line where it belongs. */
  crossed(kart: Kart, atMs: number): void {
    const from = this.ranked.indexOf(kart);
    this.ranked.splice(from, 1);
    const laps = kart.laps.length;
    const to = this.ranked.findIndex((other) => other.laps.length < laps || (other.laps.length === laps && lastCrossing(other) > atMs));
    this.ranked.splice(to === -1 ? this.ranked.length : to, 0, kart);
  }

  /** How far the kart is behind the leader and behind the one ahead, at its own crossing. */
  distances(kart: Kart): { gap: Behind; interval: Behind } {
    const place = this.ranked.indexOf(kart);
    return { gap: behind(kart, this.ranked[0] ?? kart), interval: behind(kart, this.ranked[Math.max(0, place - 1)] ?? kart) };
  }
}

function behind(kart: Kart, ahead: Kart): Behind {
  const laps = ahead.laps.length - kart.laps.length;
  return { laps, timeMs: laps > 0 ? 0 : lastCrossing(kart) - lastCrossing(ahead) };
}

function lastCrossing({ laps }: Kart): number {
  return laps.at(-1)?.atMs ?? Number.POSITIVE_INFINITY;
}
