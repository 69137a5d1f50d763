import { fieldsOf, textOf } from './live/messages.js';
import type { Row } from './live/messages.js';

/** How a team is remembered: row ids change between sessions, start numbers hardly. */
export interface TeamMark {
  code: string;
  numberText: string;
}

/** Most competitions whose team is remembered; the oldest is forgotten first. */
export const MAX_MARKS = 20;

const KEY = 'lts.our-team';

/** Finds the marked team: the same row, else the only row with its number. */
export function findOurRow<T extends Row>(rows: readonly T[], mark: TeamMark | null): T | null {
  if (mark === null) return null;
  const sameRow = rows.find((row) => row.code === mark.code);
  if (sameRow !== undefined && sameRow.numberText === mark.numberText) return sameRow;
  const sameNumber = rows.filter((row) => row.numberText === mark.numberText && mark.numberText !== '');
  return (sameNumber.length === 1 ? sameNumber[0] : sameRow) ?? null;
}

/** Remembers our team of each competition in the browser; without storage only as long as the page is open. */
export class OurTeams {
  readonly #marks: Map<string, TeamMark>;
  readonly #storage: Storage | null;

  constructor(storage: Storage | null) {
    this.#storage = storage;
    this.#marks = readMarks(storage);
  }

  /** Our team in a competition, null when none is marked. */
  get(competition: string): TeamMark | null {
    return this.#marks.get(competition) ?? null;
  }

  /** Marks a team as ours; null takes the mark away. */
  set(competition: string, mark: TeamMark | null): void {
    this.#marks.delete(competition);
    if (mark !== null) this.#marks.set(competition, mark);
    for (const oldest of this.#marks.keys()) {
      if (this.#marks.size <= MAX_MARKS) break;
      this.#marks.delete(oldest);
    }
    try {
      this.#storage?.setItem(KEY, JSON.stringify([...this.#marks]));
    } catch {
      // a full or forbidden storage only means that the next visit starts without the mark
    }
  }
}

function readMarks(storage: Storage | null): Map<string, TeamMark> {
  const marks = new Map<string, TeamMark>();
  try {
    const entries: unknown = JSON.parse(storage?.getItem(KEY) ?? '[]');
    if (!Array.isArray(entries)) return marks;
    for (const entry of entries.slice(-MAX_MARKS)) {
      if (!Array.isArray(entry)) continue;
      const fields = fieldsOf(entry[1]);
      marks.set(textOf(entry[0]), { code: textOf(fields['code']), numberText: textOf(fields['numberText']) });
    }
  } catch {
    // unreadable marks are no marks
  }
  return marks;
}
