import { MAX_ROWS } from './messages.js';
import type { Row } from './messages.js';

/** How long a change of position stays marked, ms. */
export const MOVE_SHOWN_MS = 5_000;

/** A row of the table with what the page derives from its history. Never changed in place. */
export interface ClassifiedRow extends Row {
  /** Direction of a recent change of position. */
  moved: 'up' | 'down' | null;
  movedAtMs: number;
  /** Local time at which the running stop began, Unix ms; null outside the pit lane. */
  inPitSinceMs: number | null;
}

/** When something arrived: by this computer's clock and by the race's, Unix ms. */
export interface Arrival {
  localMs: number;
  raceMs: number;
}

/** Folds whole rows into the classification. Holds at most {@link MAX_ROWS} rows; further ones are ignored. */
export class Classification {
  readonly #rows = new Map<string, ClassifiedRow>();

  /** Replaces everything; rows that were there before keep their history unless `isNewSession`. */
  replace(rows: readonly Row[], arrival: Arrival, isNewSession: boolean): void {
    if (isNewSession) this.#rows.clear();
    const codes = new Set(rows.map((row) => row.code));
    for (const code of this.#rows.keys()) if (!codes.has(code)) this.#rows.delete(code);
    this.update(rows, arrival);
  }

  /** Takes new states of rows, whole. */
  update(rows: readonly Row[], arrival: Arrival): void {
    for (const row of rows) {
      const before = this.#rows.get(row.code);
      if (before === undefined && this.#rows.size >= MAX_ROWS) continue;
      this.#rows.set(row.code, { ...row, ...moveOf(before, row, arrival), inPitSinceMs: inPitSinceMs(before, row, arrival) });
    }
  }

  /** Takes rows out of the table. */
  remove(codes: readonly string[]): void {
    for (const code of codes) this.#rows.delete(code);
  }

  /** Ends the marks of position changes that are old enough; true when there were any. */
  settle(localMs: number): boolean {
    let hasChanged = false;
    for (const row of this.#rows.values()) {
      if (row.moved === null || localMs - row.movedAtMs < MOVE_SHOWN_MS) continue;
      this.#rows.set(row.code, { ...row, moved: null });
      hasChanged = true;
    }
    return hasChanged;
  }

  /** All rows by position; those without one last. */
  sorted(): ClassifiedRow[] {
    return [...this.#rows.values()].sort((a, b) => place(a) - place(b) || (a.code < b.code ? -1 : 1));
  }

  /** Best lap of the session, ms; 0 before the first. */
  bestMs(): number {
    let bestMs = 0;
    for (const row of this.#rows.values()) if (row.bestMs > 0 && (bestMs === 0 || row.bestMs < bestMs)) bestMs = row.bestMs;
    return bestMs;
  }
}

function place(row: Row): number {
  return row.position > 0 ? row.position : Number.MAX_SAFE_INTEGER;
}

function moveOf(before: ClassifiedRow | undefined, row: Row, arrival: Arrival): Pick<ClassifiedRow, 'moved' | 'movedAtMs'> {
  if (before === undefined) return { moved: null, movedAtMs: 0 };
  if (before.position === row.position || before.position <= 0 || row.position <= 0) return { moved: before.moved, movedAtMs: before.movedAtMs };
  return { moved: row.position < before.position ? 'up' : 'down', movedAtMs: arrival.localMs };
}

/** The feed states the pit clock every few seconds only: start it where the feed says, let it run, correct it when the feed speaks again. */
function inPitSinceMs(before: ClassifiedRow | undefined, row: Row, arrival: Arrival): number | null {
  if (row.state !== 'in-pit') return null;
  const isRepeated = before !== undefined && before.pitMs === row.pitMs;
  if (isRepeated && before.inPitSinceMs !== null) return before.inPitSinceMs;
  const sinceChangeMs = row.atMs === null ? 0 : Math.max(0, arrival.raceMs - row.atMs);
  // at the entry a repeated value is still the length of the stop before
  return arrival.localMs - sinceChangeMs - (isRepeated ? 0 : (row.pitMs ?? 0));
}
