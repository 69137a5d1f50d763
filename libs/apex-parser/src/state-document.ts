import type { CompetitionStatus, Distance, RowState, Stage } from '@lts/race-actions';
import { gapOf } from './rows/tell-row.js';
import type { Row, State } from './state.js';

/** What the feed has said so far, for people and comparisons; times in ms, null where the feed says nothing. */
export interface StateDocument {
  competition: {
    title1: string | null;
    title2: string | null;
    stage: Stage;
    status: CompetitionStatus;
    track: string | null;
    remainingMs: number | null;
    remainingLaps: number | null;
    session: number;
  };
  /** Rows of the present session, by position. */
  rows: {
    code: string;
    /** Null for a row that the table does not classify (yet). */
    position: number | null;
    number: string | null;
    team: string | null;
    driver: string | null;
    laps: number;
    lastLapMs: number | null;
    bestLapMs: number | null;
    gap: Distance | null;
    interval: Distance | null;
    stops: number;
    state: RowState;
  }[];
  lapList: { code: string; lap: number; timeMs: number | null; driver: string | null; atMs: number; valid: boolean; reason: string | null }[];
  stopList: { code: string; stop: number; inAtMs: number | null; outAtMs: number | null; durationMs: number | null; valid: boolean; reason: string | null }[];
}

export function stateDocument({ header, stage, session, rows }: State): StateDocument {
  const present = [...rows.values()].filter((row) => row.present).sort((left, right) => left.position - right.position);
  const { title1, title2, status, track, remaining } = header;
  return {
    competition: {
      title1: title1 || null,
      title2: title2 || null,
      stage,
      status,
      track,
      remainingMs: remaining?.unit === 'millis' ? remaining.value : null,
      remainingLaps: remaining?.unit === 'laps' ? remaining.value : null,
      session,
    },
    rows: present.map(rowOf),
    lapList: present.flatMap(({ code, lapLedger }) => lapLedger.list.map(({ lap, timeMs, driver, atMs, valid, reason }) => ({ code, lap, timeMs, driver, atMs, valid, reason }))),
    stopList: present.flatMap(({ code, stopLedger }) =>
      stopLedger.list.map(({ stop, inAtMs, outAtMs, durationMs, valid, reason }) => ({ code, stop, inAtMs, outAtMs, durationMs, valid, reason })),
    ),
  };
}

function rowOf(row: Row): StateDocument['rows'][number] {
  const { code, numberText, team, driver, laps, lastMs: lastLapMs, bestMs: bestLapMs, interval, stops, state } = row;
  return { code, position: row.classified ? row.position : null, number: numberText || null, team, driver, laps, lastLapMs, bestLapMs, gap: gapOf(row), interval, stops, state };
}
