/** A frame leaves the circuit up to a fifth of a second after what it tells, and the lap may come a second behind its crossing. */
const MOST_DELAY_MS = 1_200;

/**
 * When a lap was completed. A frame tells a crossing late, never early, and a lap time is the exact distance of two
 * crossings: so the earliest instant that any of both allows is nearest to the truth, and gets nearer lap by lap. The
 * bound keeps what rounded lap times would add up to.
 *
 * @param atMs frame that tells of the lap
 * @param beforeMs crossing before it, null when unknown
 */
export function crossingOf(atMs: number, beforeMs: number | null, timeMs: number | null): number {
  if (beforeMs === null || timeMs === null) return atMs;
  const byTime = beforeMs + timeMs;
  return byTime > atMs || byTime < atMs - MOST_DELAY_MS ? atMs : byTime;
}

/** Crossings of one row by official lap count; `from` is the count that the first one completes. */
export interface Crossings {
  from: number;
  atMs: number[];
}

/** Notes the crossing that completes lap `lap`; counts left out before it were given with it. */
export function noteCrossing(crossings: Crossings, lap: number, atMs: number): void {
  if (crossings.atMs.length === 0) crossings.from = lap;
  const place = lap - crossings.from;
  if (place < 0) return;
  cutCrossings(crossings, lap - 1);
  while (crossings.atMs.length <= place) crossings.atMs.push(atMs);
}

/** Forgets all above a count: those laps were taken back. */
export function cutCrossings(crossings: Crossings, laps: number): void {
  const kept = Math.max(0, laps - crossings.from + 1);
  if (crossings.atMs.length > kept) crossings.atMs.length = kept;
}

/** Last official count with a crossing, one less than `from` when there is none. */
export function lastLap({ from, atMs }: Crossings): number {
  return from + atMs.length - 1;
}

/** When the row was at a distance of so many laps; between crossings in proportion. Null outside of what was seen. */
export function instantAt({ from, atMs }: Crossings, laps: number): number | null {
  const below = Math.floor(laps);
  const before = atMs[below - from];
  if (before === undefined) return null;
  if (below === laps) return before;
  const after = atMs[below - from + 1];
  return after === undefined ? null : before + (laps - below) * (after - before);
}

/**
 * Distance in laps at an instant. After the last crossing the running lap is taken to last `expectedMs`, and is not
 * complete before it is. Null before the first crossing.
 */
export function distanceAt(crossings: Crossings, atMs: number, expectedMs: number | null): number | null {
  const place = lastNotAfter(crossings.atMs, atMs);
  const before = crossings.atMs[place];
  if (before === undefined) return null;
  const after = crossings.atMs[place + 1];
  const lengthMs = after === undefined ? expectedMs : after - before;
  if (lengthMs === null || lengthMs <= 0) return crossings.from + place;
  return crossings.from + place + Math.min((atMs - before) / lengthMs, ALMOST);
}

/** A running lap is complete at the line and not before; a millionth of a lap is some 0.1 ms. */
const ALMOST = 1 - 1e-6;

/** Last place whose value is not after the instant, -1 for none; by halving. */
function lastNotAfter(rising: readonly number[], atMs: number): number {
  let from = -1;
  let to = rising.length - 1;
  while (from < to) {
    const middle = (from + to + 1) >> 1;
    if ((rising[middle] ?? Infinity) <= atMs) from = middle;
    else to = middle - 1;
  }
  return from;
}
