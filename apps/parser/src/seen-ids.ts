const GENERATION = 16_384;

/** Ids of the frames folded last, so that a repeat can be told from a frame that comes too late: 16,384 of them at least, 32,768 at most. */
export class SeenIds {
  private young = new Set<string>();
  private old: ReadonlySet<string> = new Set();

  /** The `most` ids added last, oldest first. */
  last(most: number): string[] {
    return [...this.old, ...this.young].slice(-most);
  }

  has(id: string): boolean {
    return this.young.has(id) || this.old.has(id);
  }

  add(id: string): void {
    if (this.young.size >= GENERATION) {
      // a whole generation is let go at once: taking the oldest out of a set one by one walks over all that left before
      this.old = this.young;
      this.young = new Set();
    }
    this.young.add(id);
  }
}
