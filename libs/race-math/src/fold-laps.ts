import type { AddLap, UpdateLap, WithdrawLaps } from '@lts/race-actions';
import { crossingOf, cutCrossings, lastLap, noteCrossing } from './crossings.js';
import type { LapFact } from './facts.js';
import { judgeLap, learnLap } from './judge-lap.js';
import { type RowState, type SessionState, rowOf } from './session-state.js';

/** A lap, as the feed tells it. */
export function addLap(session: SessionState, lap: AddLap): void {
  const row = rowOf(session, lap.participant_code);
  const former = formerOf(row, lap);
  if (former !== null) {
    row.laps.push({ ...former, ordinal: lap.ordinal, atMs: lap.at_ms, flags: former.flags.filter((flag) => flag !== 'withdrawn') });
    noteCrossing(row.crossings, lap.lap, former.crossedAtMs);
    return;
  }
  const crossedAtMs = crossingOf(lap.at_ms, crossingBefore(row, lap), lap.time_ms);
  const judgement = judgeLap(session, row, lap, crossedAtMs);
  row.laps.push({
    ordinal: lap.ordinal,
    lap: lap.lap,
    timeMs: lap.time_ms,
    driver: lap.driver,
    atMs: lap.at_ms,
    crossedAtMs,
    sectors: [...lap.sectors],
    ...judgement,
    closedByExit: lap.reason === 'closed-by-pit-exit',
  });
  if (lap.valid) noteCrossing(row.crossings, lap.lap, crossedAtMs);
  row.startedAtMs ??= startOf(session, lap.lap, crossedAtMs - (lap.time_ms ?? 0));
  noteExitPosition(row);
  learnLap(session, row, lap.time_ms, judgement);
}

/** A change of a lap that was told before: what it gives is judged anew, at the medians of now. */
export function updateLap(session: SessionState, change: UpdateLap): void {
  const row = rowOf(session, change.participant_code);
  const place = row.laps.findLastIndex(({ ordinal }) => ordinal === change.ordinal);
  const known = row.laps[place];
  if (known === undefined) return;
  const lap = changed(known, change);
  const crossedAtMs = known.timeMs === null ? crossingOf(lap.at_ms, crossingBefore(row, lap), lap.time_ms) : known.crossedAtMs;
  const judgement = judgeLap(session, row, lap, crossedAtMs);
  const isCorrected = known.flags.includes('corrected') || (known.timeMs !== null && known.timeMs !== lap.time_ms);
  if (known.timeMs === null) learnLap(session, row, lap.time_ms, judgement);
  row.laps[place] = {
    ...known,
    lap: lap.lap,
    timeMs: lap.time_ms,
    driver: lap.driver,
    atMs: lap.at_ms,
    crossedAtMs,
    sectors: [...lap.sectors],
    flags: isCorrected ? [...judgement.flags, 'corrected'] : judgement.flags,
    deviationMs: judgement.deviationMs,
    closedByExit: lap.reason === 'closed-by-pit-exit',
  };
}

/** Laps that count no longer. */
export function withdrawLaps(session: SessionState, { participant_code, ordinals, laps }: WithdrawLaps): void {
  const row = rowOf(session, participant_code);
  const meant = new Set(ordinals);
  row.laps = row.laps.map((lap) => (meant.has(lap.ordinal) && !lap.flags.includes('withdrawn') ? { ...lap, flags: [...lap.flags, 'withdrawn'] } : lap));
  cutCrossings(row.crossings, laps);
}

/** The lap that race control took back and now gives back: the same number and time, sooner than it could be driven again. */
function formerOf({ laps }: RowState, { lap, time_ms, at_ms }: AddLap): LapFact | null {
  const newest = laps.at(-1);
  if (time_ms === null || newest === undefined || at_ms - newest.atMs >= time_ms / 2) return null;
  return laps.findLast((known) => known.lap === lap && known.timeMs === time_ms && known.flags.includes('withdrawn')) ?? null;
}

/** The crossing that a lap began with; null where none was seen, or another count came in between. */
function crossingBefore({ laps, crossings }: RowState, { lap, ordinal }: Pick<AddLap, 'lap' | 'ordinal'>): number | null {
  const before = laps.findLast((known) => known.ordinal < ordinal);
  if (before !== undefined) return before.ordinal === ordinal - 1 ? before.crossedAtMs : null;
  return lastLap(crossings) === lap - 1 ? (crossings.atMs.at(-1) ?? null) : null;
}

/** The first stint begins with the green flag before the first lap, or where the listening began. */
function startOf({ flags }: SessionState, lap: number, lapBeginMs: number): number {
  const green = flags.findLast(({ flag, fromMs }) => flag === 'green' && fromMs <= lapBeginMs);
  return lap > 1 || green === undefined ? lapBeginMs : green.fromMs;
}

/** What the lap is with the change, in the words of the feed. */
function changed(known: LapFact, change: UpdateLap): AddLap {
  return {
    participant_code: change.participant_code,
    ordinal: known.ordinal,
    lap: known.lap,
    time_ms: known.timeMs,
    driver: known.driver,
    at_ms: known.atMs,
    sectors: known.sectors,
    in_lap: known.flags.includes('in'),
    out_lap: known.flags.includes('out'),
    valid: !known.flags.includes('withdrawn'),
    reason: known.flags.includes('given') ? 'given' : known.closedByExit ? 'closed-by-pit-exit' : null,
    ...withoutUndefined(change),
  };
}

function withoutUndefined(change: UpdateLap): Partial<AddLap> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** The place after the lap out of the pits is the one that the stop has led to. */
function noteExitPosition(row: RowState): void {
  const stop = row.stops.findLast(({ valid }) => valid);
  if (stop !== undefined && stop.outAtMs !== null && stop.positionOut === null) stop.positionOut = row.position;
}
