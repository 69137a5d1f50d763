/** Median of values in rising order, null of none; the mean of the middle two of an even number. */
export function medianOfSorted(sorted: ArrayLike<number>): number | null {
  const middle = sorted.length >> 1;
  const upper = sorted[middle];
  if (upper === undefined) return null;
  const lower = sorted[middle - 1];
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

/** Median of values in any order, null of none. */
export function median(values: readonly number[]): number | null {
  return medianOfSorted(Float64Array.from(values).sort());
}

/**
 * Robust standard deviation: 1.4826 times the median distance from the median, which equals the standard deviation
 * of a normal distribution. Null of none. Source: Rousseeuw and Croux, "Alternatives to the Median Absolute Deviation" (1993).
 */
export function robustDeviation(values: readonly number[]): number | null {
  const middle = median(values);
  if (middle === null) return null;
  const distance = median(values.map((value) => Math.abs(value - middle)));
  return distance === null ? null : 1.4826 * distance;
}

/** Mean of the `count` least values, or of all where there are fewer; null of none. */
export function meanOfLeast(values: readonly number[], count: number): number | null {
  const least = [...values].sort((a, b) => a - b).slice(0, count);
  return least.length === 0 ? null : least.reduce((sum, value) => sum + value, 0) / least.length;
}

/**
 * Slope of values over their places: the median of the slopes between all pairs, which a third of wild values does
 * not move. Null below `least` values. Source: Theil (1950), Sen (1968). Quadratic in the number of values: give it at most some dozens.
 */
export function medianSlope(values: readonly { place: number; value: number }[], least: number): number | null {
  if (values.length < least) return null;
  const slopes: number[] = [];
  values.forEach((from, index) => {
    for (const to of values.slice(index + 1)) if (to.place !== from.place) slopes.push((to.value - from.value) / (to.place - from.place));
  });
  return median(slopes);
}
