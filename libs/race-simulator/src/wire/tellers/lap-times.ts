import type { LapDone } from '../../model/race-event.js';
import { type FeedState, isOdd } from '../feed-state.js';
import type { Row } from '../row.js';
import { sectorText, sectorWithMinutesText, speedText, timeText } from '../texts.js';
import { tellBestOnTicker } from './ticker.js';

const SECTORS = ['s1', 's2', 's3'] as const;

/** How wrong a lap time is that is put right a moment later. */
export const LAST_WRONG_MS = 90;

/** Last lap and best lap, in the colour of their worth. */
export function tellTimes(state: FeedState, row: Row, lap: LapDone, wrongMs: number): void {
  const { board, frame } = state;
  const cls = worth(state, row, lap);
  board.put(row.id, 'last', { cls, text: timeText(lap.timeMs + wrongMs) });
  tellSpeeds(state, row, lap);
  if (frame !== null) board.set(row.id, 'raceTime', 'in', timeText(lap.atMs - frame.greenAtMs));
  if (cls !== 'tn') board.set(row.id, 'best', cls === 'tb' ? 'tb' : 'ib', timeText(lap.timeMs));
  if (cls === 'tb') takeOver(state, row, lap.timeMs);
}

/** Best of the session, own best, or neither. A lap that the entry closes is too short to be a best one. */
function worth({ board, standings }: FeedState, row: Row, { timeMs, entry, closedBy }: LapDone): 'tb' | 'ti' | 'tn' {
  const isBest = closedBy !== 'entry' && standings.of(entry).bestMs === timeMs && board.get(row.id, 'best').text !== timeText(timeMs);
  if (!isBest) return 'tn';
  return standings.best()?.entry === entry ? 'tb' : 'ti';
}

/** The sector that ends at the line. */
export function tellLastSector(state: FeedState, row: Row, { sectors }: LapDone): void {
  const timeMs = sectors.at(-1);
  if (timeMs !== undefined && state.board.has('s1')) tellSectorTime(state, row, sectors.length, timeMs);
}

/** The time of a sector, counted from 1. */
export function tellSectorTime(state: FeedState, row: Row, sector: number, timeMs: number): void {
  const field = SECTORS[sector - 1];
  if (field === undefined) return;
  state.board.set(row.id, field, sectorClass(state, row, sector, timeMs), timeOf(state, timeMs));
}

/** No lap is running any more: the sectors are cleared, or show the best ones of the row. */
export function endSectors(state: FeedState, row: Row): void {
  const showsBest = isOdd(state, 'best-sectors-shown');
  SECTORS.forEach((field, index) => {
    const bestMs = showsBest ? row.bestSectorsMs[index] : undefined;
    state.board.set(row.id, field, bestMs === undefined ? '' : 'ib', bestMs === undefined ? '' : timeOf(state, bestMs));
  });
}

/** Mean speed of the lap, and what a trap on the straight shows: some half more. */
function tellSpeeds({ board, dialect, oddRandom }: FeedState, row: Row, { timeMs }: LapDone): void {
  const { lengthM } = dialect.circuit;
  board.set(row.id, 'lapSpeed', 'in', speedText(lengthM, timeMs, 2));
  if (board.has('trapSpeed')) board.set(row.id, 'trapSpeed', 'tn', speedText(lengthM * oddRandom.between(1.4, 1.6), timeMs, 1));
}

/** Whoever had the best lap of the session keeps it as his own best. */
function takeOver(state: FeedState, row: Row, timeMs: number): void {
  const { board, bestRow } = state;
  if (bestRow !== null && bestRow !== row) board.set(bestRow.id, 'best', 'ib', board.get(bestRow.id, 'best').text);
  state.bestRow = row;
  tellBestOnTicker(state, row, timeMs);
  if (state.dialect.flavour === 'championship') tellBestsTable(state, { place: 4, cls: 'ib', row, text: timeText(timeMs) });
}

/** Best of the session, own best, or neither; the bests are kept. */
function sectorClass(state: FeedState, row: Row, sector: number, timeMs: number): string {
  const [bestMs, ownMs] = [state.bestSectorsMs[sector - 1], row.bestSectorsMs[sector - 1]];
  const isOwnBest = ownMs === undefined || timeMs < ownMs;
  if (isOwnBest) row.bestSectorsMs[sector - 1] = timeMs;
  if (bestMs !== undefined && timeMs >= bestMs) return isOwnBest ? 'ti' : 'tn';
  state.bestSectorsMs[sector - 1] = timeMs;
  if (state.dialect.flavour === 'championship') tellBestsTable(state, { place: sector, cls: 'in', row, text: timeOf(state, timeMs) });
  return 'tb';
}

function timeOf(state: FeedState, timeMs: number): string {
  const { sectorDigits } = state.dialect;
  return isOdd(state, 'sector-minutes') ? sectorWithMinutesText(timeMs, sectorDigits) : sectorText(timeMs, sectorDigits);
}

/** A row of the table of bests: who, and the time. */
function tellBestsTable({ board }: FeedState, { place, cls, row, text }: { place: number; cls: string; row: Row; text: string }): void {
  board.head(`br${place}c2`, cls, row.entry.number);
  board.head(`br${place}c3`, cls, text);
}
