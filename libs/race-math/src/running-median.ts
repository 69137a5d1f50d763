import { medianOfSorted } from './robust.js';

/** The newest values of a series, by age and by size; plain data, so that it can be stored. */
export interface RunningMedian {
  byAge: number[];
  bySize: number[];
}

export function newRunningMedian(): RunningMedian {
  return { byAge: [], bySize: [] };
}

/** Takes in a value; of more than `most` the oldest leave. */
export function take({ byAge, bySize }: RunningMedian, value: number, most: number): void {
  byAge.push(value);
  bySize.splice(placeOf(bySize, value), 0, value);
  while (byAge.length > most) {
    const oldest = byAge.shift();
    if (oldest !== undefined) bySize.splice(placeOf(bySize, oldest), 1);
  }
}

/** Their median, null below `least` values. */
export function runningMedian({ bySize }: RunningMedian, least: number): number | null {
  return bySize.length < least ? null : medianOfSorted(bySize);
}

/** First place whose value is not below, by halving. */
function placeOf(sorted: readonly number[], value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((sorted[middle] ?? Infinity) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
