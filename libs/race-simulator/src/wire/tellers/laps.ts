import type { FirstPassage, LapDone, SectorDone } from '../../model/race-event.js';
import { officialLaps } from '../../model/standings.js';
import { type FeedState, isOdd, isRace, rowOf, say } from '../feed-state.js';
import { type Row, bookDriving } from '../row.js';
import { timeText } from '../texts.js';
import { restartTrackClock } from './clocks.js';
import { tellLeaderLap } from './flags.js';
import { tellGroup } from './group.js';
import { LAST_WRONG_MS, endSectors, tellLastSector, tellSectorTime, tellTimes } from './lap-times.js';
import { tellDistances, tellPlaces } from './places.js';
import { dropArrowLater, tellPassed } from './status.js';

const REPAINT_MS = 200;
const MARK_AFTER_MS = 200;
const SPLIT_MS = { least: 200, most: 1_000 };

/**
 * A lap: status, count, times, distances, the crossing and the places. Not all laps come in one message: some have the count
 * first and the rest up to a second later, some show a wrong time or a wrong colour for a moment. A lap that an entry or an
 * exit closes is part of the message of that entry or exit, and has no crossing.
 */
export function tellLap(state: FeedState, lap: LapDone): void {
  const { board, dialect, random, standings } = state;
  const row = rowOf(state, lap.entry);
  row.passBeforeMs = row.lastPassMs;
  row.lastPassMs = lap.atMs;
  board.set(row.id, 'laps', 'in', String(officialLaps(standings.of(lap.entry))));
  const isSplit = board.has('laps') && lap.closedBy === 'line' && random.chance(dialect.shares.splitLaps);
  if (isSplit) say(state);
  const isRetouched = random.chance(dialect.shares.retouched);
  tellTimes(state, row, lap, isRetouched ? LAST_WRONG_MS : 0);
  if (lap.closedBy === 'line') tellCrossing(state, row, lap);
  if (lap.closedBy !== 'entry') tellOnTrack(state, row);
  tellDistances(state, row);
  tellPlaces(state);
  tellLeaderLap(state);
  if (lap.finish) finish(state, row, lap);
  if (lap.closedBy !== 'entry') send(state, row, { lap, isRetouched, laterMs: isSplit ? random.whole(SPLIT_MS.least, SPLIT_MS.most) : 0 });
}

/** The last lap of this team: the driver's time is complete. */
function finish(state: FeedState, row: Row, { atMs }: LapDone): void {
  bookDriving(row, atMs);
  if (isOdd(state, 'best-sectors-shown')) endSectors(state, row);
}

/** The message of a lap, and what is put right a moment later: the time, or its colour. */
function send(state: FeedState, row: Row, { lap, isRetouched, laterMs }: { lap: LapDone; isRetouched: boolean; laterMs: number }): void {
  say(state, laterMs);
  const { board, random, dialect } = state;
  const { cls } = board.get(row.id, 'last');
  const isRepainted = cls === 'ti' && random.chance(dialect.shares.repaints);
  if (!isRetouched && !isRepainted) return;
  board.set(row.id, 'last', isRetouched ? cls : 'tn', timeText(lap.timeMs));
  say(state, laterMs + REPAINT_MS);
}

/** Over the line without a lap. */
export function tellFirstPassage(state: FeedState, { entry, atMs }: FirstPassage): void {
  const row = rowOf(state, entry);
  row.lastPassMs = atMs;
  state.board.set(row.id, 'status', 'sr', '');
  if (!isRace(state)) dropArrowLater(state, row);
  if (state.board.get(row.id, 'onTrack').text === '') restartTrackClock(state, row);
  state.board.mark(row.id, '*', '|');
  say(state);
}

/** Past an intermediate loop: the later sectors of the lap before go. */
export function tellSector(state: FeedState, { entry, sector, timeMs }: SectorDone): void {
  const { board } = state;
  const row = rowOf(state, entry);
  if (!board.has('s1')) return;
  tellSectorTime(state, row, sector, timeMs);
  if (sector === 1) for (const later of ['s2', 's3'] as const) board.set(row.id, later, '', '');
  const expectedMs = row.sectorsMs[sector];
  const isLate = isOdd(state, 'sector-marks-late');
  if (isLate) say(state);
  board.mark(row.id, `*i${sector}`, expectedMs === undefined ? '' : String(expectedMs));
  say(state, isLate ? MARK_AFTER_MS : 0);
}

/** What only a crossing of the line tells: the arrow, the bracket, the last sector, and what is expected of the next lap. */
function tellCrossing(state: FeedState, row: Row, lap: LapDone): void {
  tellPassed(state, row, lap.finish);
  tellGroup(state, row);
  tellLastSector(state, row, lap);
  row.sectorsMs = lap.sectors;
  row.expectedMs = expectation(state, row, lap);
  const firstMs = lap.sectors.length > 1 ? String(lap.sectors[0] ?? '') : '';
  state.board.mark(row.id, '*', lap.finish ? '|' : `${row.expectedMs}|${firstMs}`);
}

/** The best lap in a timed session, a smoothed pace in a race; never more than the lap just done. */
function expectation(state: FeedState, { expectedMs }: Row, { timeMs, entry }: LapDone): number {
  if (!isRace(state)) return state.standings.of(entry).bestMs ?? timeMs;
  return Math.min(timeMs, Math.round(((expectedMs ?? timeMs) + timeMs) / 2));
}

function tellOnTrack(state: FeedState, row: Row): void {
  row.heldBack = null;
  restartTrackClock(state, row);
}
