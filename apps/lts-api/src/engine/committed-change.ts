import type { Book } from './book.js';
import type { Changes } from './changes.js';

/** What a committed write changed, for the live stream. */
export interface CommittedChange {
  competitionId: number;
  /** The competition after the commit; to be read at once, since the next batch changes it. Null when all of it was replaced. */
  book: Book | null;
  /** The change counter after it. */
  change: number;
  session: number;
  /** The current timing started anew: everything is different. */
  anew: boolean;
  metadata: boolean;
  /** Teams whose row looks different now. */
  teamIds: ReadonlySet<number>;
  removedTeamIds: ReadonlySet<number>;
  /** Race time of the last frame applied, Unix ms; null when a person wrote. */
  lastFrameAtMs: number | null;
}

export function committedChange(book: Book, changes: Changes, lastFrameAtMs: number | null): CommittedChange {
  const driverTeams = [...changes.drivers.values()].flatMap(({ teamId }) => (teamId === null ? [] : [teamId]));
  return {
    competitionId: book.competitionId,
    book,
    change: book.change,
    session: book.session,
    anew: changes.timingReset,
    metadata: changes.metadata !== null || changes.sessions.size > 0,
    teamIds: new Set([...changes.timing.keys(), ...changes.teams.keys(), ...driverTeams]),
    removedTeamIds: changes.timingRemoved,
    lastFrameAtMs,
  };
}
