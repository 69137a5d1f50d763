import type { Entry } from './entry.js';
import type { LapDone, RaceEvent, SessionFrame } from './race-event.js';

/** Where a team stands in a session. */
export interface Standing {
  entry: Entry;
  /** Place on the grid, from 0; decides between those who have done nothing yet. */
  grid: number;
  /** Laps that count and have a time, oldest first. */
  laps: LapDone[];
  /** Laps given (positive) or taken as a penalty (negative) without touching the list. */
  adjustment: number;
  bestMs: number | null;
  /** When the line was crossed for the last lap that counts. */
  passedAtMs: number | null;
  stops: number;
}

/** Behind another: by laps, or by time on the same lap. */
export interface Behind {
  laps: number;
  timeMs: number;
}

/** Official laps of a team. */
export function officialLaps({ laps, adjustment }: Standing): number {
  return Math.max(0, laps.length + adjustment);
}

/** The classification as it follows from the events of one session. */
export class Standings {
  private readonly ranked: Standing[];
  private readonly byEntry = new Map<Entry, Standing>();

  constructor(private readonly ranking: SessionFrame['ranking'], grid: readonly Entry[]) {
    this.ranked = grid.map((entry, index) => ({ entry, grid: index, laps: [], adjustment: 0, bestMs: null, passedAtMs: null, stops: 0 }));
    for (const standing of this.ranked) this.byEntry.set(standing.entry, standing);
  }

  /** First to last. */
  get order(): readonly Standing[] {
    return this.ranked;
  }

  of(entry: Entry): Standing {
    const standing = this.byEntry.get(entry);
    if (standing === undefined) throw new Error(`${entry.team} is not in this session.`);
    return standing;
  }

  /** Whether the team would lead if it crossed the line now. */
  wouldLead(entry: Entry): boolean {
    const leader = this.ranked[0];
    return leader === undefined || leader.entry === entry || officialLaps(this.of(entry)) + 1 > officialLaps(leader);
  }

  apply(event: RaceEvent): void {
    if (event.kind === 'lap') this.addLap(event);
    else if (event.kind === 'pit-in') this.of(event.entry).stops = event.stop;
    else if (event.kind === 'penalty' && 'laps' in event.amount) this.of(event.entry).adjustment -= event.amount.laps;
    else if (event.kind === 'correction') for (const { entry, laps, stops } of event.changes) this.correct(entry, laps, stops);
    else return;
    this.ranked.sort(this.ranking === 'laps' ? byLaps : byBest);
  }

  /** How far a team is behind one that is ahead of it. */
  behind(entry: Entry, ahead: Entry): Behind {
    const own = this.of(entry);
    const other = this.of(ahead);
    const laps = officialLaps(other) - officialLaps(own);
    return { laps, timeMs: laps === 0 ? (own.passedAtMs ?? 0) - (other.passedAtMs ?? 0) : 0 };
  }

  /** The shortest lap of the session and whose it is. */
  best(): Standing | null {
    return this.ranked.reduce<Standing | null>((best, standing) => (standing.bestMs !== null && (best?.bestMs == null || standing.bestMs < best.bestMs) ? standing : best), null);
  }

  private addLap(lap: LapDone): void {
    const standing = this.of(lap.entry);
    standing.laps.push(lap);
    standing.passedAtMs = lap.atMs;
    if (countsAsBest(lap)) standing.bestMs = Math.min(standing.bestMs ?? lap.timeMs, lap.timeMs);
  }

  private correct(entry: Entry, laps: number, stops: number): void {
    const standing = this.of(entry);
    standing.stops += stops;
    if (laps > 0) standing.adjustment += laps;
    if (laps >= 0) return;
    standing.laps.length = Math.max(0, standing.laps.length + laps);
    standing.passedAtMs = standing.laps.at(-1)?.atMs ?? null;
    standing.bestMs = standing.laps.filter(countsAsBest).reduce<number | null>((best, { timeMs }) => Math.min(best ?? timeMs, timeMs), null);
  }
}

/** A lap that the pit entry ends is too short to be compared. */
function countsAsBest({ closedBy }: LapDone): boolean {
  return closedBy !== 'entry';
}

function byLaps(left: Standing, right: Standing): number {
  return officialLaps(right) - officialLaps(left) || earlier(left.passedAtMs, right.passedAtMs) || left.grid - right.grid;
}

function byBest(left: Standing, right: Standing): number {
  return earlier(left.bestMs, right.bestMs) || left.grid - right.grid;
}

function earlier(left: number | null, right: number | null): number {
  if (left === right) return 0;
  return (left ?? Number.POSITIVE_INFINITY) < (right ?? Number.POSITIVE_INFINITY) ? -1 : 1;
}
