import type { LapFact, LapFlag } from './facts.js';

/** Best values of some laps, ms; null where there is none. */
export interface Bests {
  lapMs: number | null;
  /** Official count of the best lap. */
  lap: number | null;
  sectorsMs: (number | null)[];
  /** Sum of the best sectors; null while one is missing, or without sectors. */
  idealMs: number | null;
}

/** A lap with one of these is nobody's best. */
const NEVER_BEST: ReadonlySet<LapFlag> = new Set<LapFlag>(['withdrawn', 'phantom', 'in', 'missing', 'given']);

/**
 * Best lap, best sectors and ideal lap of laps in the order they were driven.
 *
 * @param toldBestMs best lap as the feed states it: a lap that a penalty took from the count was driven all the same,
 *   and the feed goes on showing it
 */
export function bestsOf(laps: readonly LapFact[], toldBestMs: number | null = null): Bests {
  const fit = laps.filter(({ timeMs, flags }) => !flags.some((flag) => NEVER_BEST.has(flag)) || (toldBestMs !== null && timeMs === toldBestMs));
  const best = quickestOf(fit);
  const sectorsMs = bestSectors(fit);
  return { lapMs: best?.timeMs ?? null, lap: best?.lap ?? null, sectorsMs, idealMs: idealOf(sectorsMs) };
}

function quickestOf(laps: readonly LapFact[]): LapFact | null {
  let best: LapFact | null = null;
  for (const lap of laps) if ((lap.timeMs ?? Infinity) < (best?.timeMs ?? Infinity)) best = lap;
  return best;
}

function bestSectors(laps: readonly LapFact[]): (number | null)[] {
  const bests: (number | null)[] = [];
  for (const { sectors } of laps) {
    sectors.forEach((sector, place) => {
      const known = bests[place] ?? null;
      bests[place] = sector === null ? known : Math.min(sector, known ?? Infinity);
    });
  }
  return bests;
}

function idealOf(sectorsMs: readonly (number | null)[]): number | null {
  let sum = 0;
  for (const sector of sectorsMs) {
    if (sector === null) return null;
    sum += sector;
  }
  return sectorsMs.length === 0 ? null : sum;
}
