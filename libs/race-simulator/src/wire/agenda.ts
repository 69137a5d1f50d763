/** Things to be done at their moments, those of one moment in the order in which they were put in. */
export class Agenda {
  private entries: { atMs: number; order: number; act: () => void }[] = [];
  private order = 0;

  /** When the next thing is due; Infinity when there is none. */
  get nextMs(): number {
    return this.entries[0]?.atMs ?? Number.POSITIVE_INFINITY;
  }

  at(atMs: number, act: () => void): void {
    this.order += 1;
    const { entries } = this;
    entries.push({ atMs, order: this.order, act });
    for (let child = entries.length - 1; child > 0; ) {
      const parent = (child - 1) >> 1;
      if (!this.swapIfLater(parent, child)) return;
      child = parent;
    }
  }

  /** Does what is due next. */
  act(): void {
    const [first] = this.entries;
    const last = this.entries.pop();
    if (first === undefined || last === undefined) return;
    if (this.entries.length > 0) {
      this.entries[0] = last;
      this.sink();
    }
    first.act();
  }

  clear(): void {
    this.entries = [];
  }

  private sink(): void {
    for (let parent = 0, child = 1; child < this.entries.length; child = 2 * parent + 1) {
      if (child + 1 < this.entries.length && this.isLater(child, child + 1)) child += 1;
      if (!this.swapIfLater(parent, child)) return;
      parent = child;
    }
  }

  private swapIfLater(parent: number, child: number): boolean {
    if (!this.isLater(parent, child)) return false;
    const { entries } = this;
    const [above, below] = [entries[parent], entries[child]];
    if (above === undefined || below === undefined) return false;
    entries[parent] = below;
    entries[child] = above;
    return true;
  }

  private isLater(left: number, right: number): boolean {
    const [one, other] = [this.entries[left], this.entries[right]];
    if (one === undefined || other === undefined) return false;
    return one.atMs > other.atMs || (one.atMs === other.atMs && one.order > other.order);
  }
}
