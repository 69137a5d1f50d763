import type { Runner } from './runner.js';
import type { SessionState } from './session-state.js';

/** The field behind a safety car: who drives right behind it, and when the last one that has joined will be at the line. */
export interface Train {
  head: Runner | null;
  lastMs: number;
}

/** What is driven behind the car itself, against a free lap, and by those who come up to the others. */
export const BEHIND_CAR_SLOWNESS = 1.6;
export const CATCHING_UP_SLOWNESS = 1.2;
const GAP_MS = 1_500;

/** Nobody has been picked up yet. */
export function newTrain(): Train {
  return { head: null, lastMs: 0 };
}

/**
 * The lap of a team that has just crossed the line, given what it would take to come up to the others, ms. The car waits for
 * the leader, or takes whoever comes first if he is not on track; when its first one leaves, the next one follows it. Everybody
 * else closes up to the one before him and stays behind, so that the field is one queue after some laps.
 */
export function lapInTrain(state: SessionState, runner: Runner, lapMs: number): number {
  const { train, nowMs } = state;
  if (train === null) return lapMs;
  if (train.head === null ? mayLead(state, runner) : !isOnTrack(train.head)) train.head = runner;
  if (train.head === runner) return (lapMs * BEHIND_CAR_SLOWNESS) / CATCHING_UP_SLOWNESS;
  return Math.max(lapMs, train.lastMs + GAP_MS - nowMs);
}

/** A team will be at the line then: the next one comes after it. */
export function queueUp({ train }: SessionState, atMs: number): void {
  if (train !== null) train.lastMs = atMs;
}

function mayLead({ runners, standings }: SessionState, runner: Runner): boolean {
  const leader = runners.find(({ entry }) => entry === standings.order[0]?.entry);
  return leader === undefined || leader === runner || !isOnTrack(leader);
}

/** On track, and not about to leave it. */
function isOnTrack({ state, broken, path }: Runner): boolean {
  return state === 'running' && !broken && path.at(-1)?.kind !== 'pit-in';
}
