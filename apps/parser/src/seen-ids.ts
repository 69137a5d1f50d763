const MOST_REMEMBERED = 32_768;

/** Ids of the frames folded last, so that a repeat can be told from a frame that comes too late; at most 32,768. */
export class SeenIds {
  private readonly ids = new Set<string>();

  /** The `most` ids added last, oldest first. */
  last(most: number): string[] {
    return [...this.ids].slice(-most);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }

  add(id: string): void {
    this.ids.add(id);
    if (this.ids.size <= MOST_REMEMBERED) return;
    const [oldest] = this.ids;
    if (oldest !== undefined) this.ids.delete(oldest);
  }
}
