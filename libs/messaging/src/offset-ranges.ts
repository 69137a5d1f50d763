interface Range {
  from: bigint;
  to: bigint;
}

/** A set of offsets, kept as ranges: as large as it has gaps, however many offsets it holds. */
export class OffsetRanges {
  /** Ordered, without neighbours that touch. */
  private readonly ranges: Range[] = [];

  has(offset: bigint): boolean {
    const range = this.ranges[this.lastBeginningAt(offset)];
    return range !== undefined && offset <= range.to;
  }

  add(offset: bigint): void {
    const index = this.lastBeginningAt(offset);
    const [before, after] = [this.ranges[index], this.ranges[index + 1]];
    if (before !== undefined && offset <= before.to) return;
    const touchesBefore = before?.to === offset - 1n;
    const touchesAfter = after?.from === offset + 1n;
    const joined = { from: touchesBefore ? before.from : offset, to: touchesAfter ? after.to : offset };
    const first = touchesBefore ? index : index + 1;
    this.ranges.splice(first, Number(touchesBefore) + Number(touchesAfter), joined);
  }

  /** How many ranges it takes. */
  get size(): number {
    return this.ranges.length;
  }

  /** Index of the last range that begins at or before the offset, -1 when there is none. */
  private lastBeginningAt(offset: bigint): number {
    let [low, high] = [0, this.ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = this.ranges[middle];
      if (range !== undefined && range.from <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
