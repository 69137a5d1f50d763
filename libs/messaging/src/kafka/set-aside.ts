/** Most characters of the positions that travel with a commit; brokers take 4,096 bytes (`offset.metadata.max.bytes`). */
const MOST_CHARACTERS = 4_000;

interface Position {
  /** Offset of the competition's first message that is not done. */
  next: bigint;
  /** Offset of its last message that its partition has passed by. */
  passed: bigint;
  sinceMs: number;
}

/** A competition that waits beside its partition, for health. */
export interface AsideCompetition {
  competition: string;
  /** Offset it goes on from. */
  offset: string;
  ageMs: number;
}

/**
 * The competitions of one partition that are set aside, each with its own position. The positions travel in the text
 * that a commit carries, so that the broker stores them in one piece with the partition's own position.
 *
 * Bounded by the length of that text: about fifty competitions; `fits` says whether there is room for another.
 */
export class SetAside {
  private readonly positions = new Map<string, Position>();

  /** Takes over what a commit carried; `committed` is the partition's own position. Text of other origin counts as none. */
  restore(text: string | null, committed: bigint): void {
    for (const [competition, offset] of positionsIn(text)) this.positions.set(competition, { next: BigInt(offset), passed: committed - 1n, sinceMs: Date.now() });
  }

  get competitions(): string[] {
    return [...this.positions.keys()];
  }

  has(competition: string): boolean {
    return this.positions.has(competition);
  }

  /** True when the positions still fit into a commit with this competition among them. */
  fits(competition: string, next: string): boolean {
    return Buffer.byteLength(textOf([...this.entries(), [competition, next]])) <= MOST_CHARACTERS;
  }

  /** The competition's messages from `next` to `passed` are its own affair from now on. */
  add(competition: string, { next, passed }: { next: string; passed: string }): void {
    this.positions.set(competition, { next: BigInt(next), passed: BigInt(passed), sinceMs: Date.now() });
  }

  /** The partition passes by a message of the competition. */
  pass(competition: string, offset: string): void {
    const position = this.positions.get(competition);
    if (position !== undefined && BigInt(offset) > position.passed) position.passed = BigInt(offset);
  }

  /** Where the competition goes on from; null when it is not set aside. */
  nextOf(competition: string): bigint | null {
    return this.positions.get(competition)?.next ?? null;
  }

  /** Offset up to which its partition has passed by its messages; null when it is not set aside. */
  passedOf(competition: string): bigint | null {
    return this.positions.get(competition)?.passed ?? null;
  }

  /** Everything of the competition below `next` is done. */
  advance(competition: string, next: bigint): void {
    const position = this.positions.get(competition);
    if (position !== undefined && next > position.next) position.next = next;
  }

  /** Ends the setting aside if the competition has caught up with its partition. */
  rejoin(competition: string): boolean {
    const position = this.positions.get(competition);
    if (position === undefined || position.next <= position.passed) return false;
    return this.positions.delete(competition);
  }

  clear(): void {
    this.positions.clear();
  }

  /** What a commit is to carry; empty when nothing is set aside. */
  text(): string {
    return this.positions.size === 0 ? '' : textOf(this.entries());
  }

  list(): AsideCompetition[] {
    const now = Date.now();
    return [...this.positions].map(([competition, { next, sinceMs }]) => ({ competition, offset: String(next), ageMs: now - sinceMs }));
  }

  private entries(): [string, string][] {
    return [...this.positions].map(([competition, { next }]) => [competition, String(next)]);
  }
}

function textOf(entries: readonly [string, string][]): string {
  return JSON.stringify({ aside: Object.fromEntries(entries) });
}

function positionsIn(text: string | null): [string, string][] {
  if (text === null || text === '') return [];
  try {
    const value: unknown = JSON.parse(text);
    const aside = typeof value === 'object' && value !== null && 'aside' in value ? value.aside : null;
    if (typeof aside !== 'object' || aside === null) return [];
    return Object.entries(aside).flatMap(([competition, offset]) => (typeof offset === 'string' && /^\d+$/.test(offset) ? [[competition, offset]] : []));
  } catch {
    return [];
  }
}
