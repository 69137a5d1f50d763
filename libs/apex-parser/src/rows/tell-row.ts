import type { Distance, Participant } from '@lts/race-actions';
import { parseCount, sameDistance } from '../durations.js';
import type { Row, Told } from '../state.js';
import type { Column } from '../columns.js';
import type { RowContext } from './context.js';
import { detailsOf, freeCellsOf, tellDetails } from './details.js';

/** The pit clock is told at the entry, then in steps of this many ms, and at the exit. */
const CLOCK_STEP_MS = 10_000;

const NO_GAP: Distance = { value: 0, unit: 'millis' };

/**
 * Gap of a row: nothing for the one that leads, whatever its cell shows; else the first of its gap columns that holds one.
 * Whoever has lost the lead still shows the lap of the race until his next crossing, which is no gap.
 */
export function gapOf(row: Row): Distance | null {
  if (leads(row)) return NO_GAP;
  return raceLapOf(row) === null ? (row.gap ?? row.otherGap) : null;
}

function raceLapOf({ raceLap, otherRaceLap }: Row): number | null {
  return raceLap ?? otherRaceLap;
}

/** First in the table, with something to show for it; before that an empty table has no leader. */
function leads(row: Row): boolean {
  const { position, classified, laps, bestMs } = row;
  return position === 1 && (raceLapOf(row) !== null || (classified && (laps > 0 || bestMs !== null)));
}

/** Time in the pit lane so far, in the steps in which it is told; null on the track. */
export function pitTimeOf({ stopLedger }: Row): number | null {
  if (!stopLedger.inPit) return null;
  return Math.floor((stopLedger.clockMs ?? 0) / CLOCK_STEP_MS) * CLOCK_STEP_MS;
}

/** Everything of the row, as a page tells it. */
export function participantOf(row: Row, columns: readonly Column[]): Participant {
  return {
    participant_code: row.code,
    position: row.position,
    kart_number: parseCount(row.numberText),
    number_text: row.numberText,
    team_name: row.team,
    driver_name: row.driver,
    laps: row.laps,
    last_time: row.lastMs,
    best_time: row.bestMs,
    gap: gapOf(row),
    interval: row.interval,
    number_pits: row.stops,
    pit_time: pitTimeOf(row),
    stint_time: row.stintMs,
    state: row.state,
    details: detailsOf(row),
    free_cells: freeCellsOf(row, columns),
  };
}

/** The row as it stands counts as told. */
export function markTold(row: Row): void {
  row.told = {
    position: row.position,
    team: row.team ?? '',
    number: row.numberText,
    driver: row.driver,
    laps: row.laps,
    lastMs: row.lastMs,
    bestMs: row.bestMs,
    gap: gapOf(row),
    interval: row.interval,
    stops: row.stops,
    pitMs: pitTimeOf(row),
    stintMs: row.stintMs,
    state: row.state,
    sectors: [...row.sectors],
    category: row.category,
    nationality: row.nationality,
    plate: row.plate,
    raceLap: raceLapOf(row),
  };
}

/** Tells what differs from what was told before; a row never told of is told whole. */
export function tellRow(row: Row, context: RowContext): void {
  const told = row.told;
  markTold(row);
  tellTeam(row, told, context);
  tellDetails(row, told, context);
  if (told === null && row.driver !== null) context.tell({ type: 'update-driver', data: { participant_code: row.code, name: row.driver, total_driving_time: null } });
  tellPlace(row, told, context);
  tellTimes(row, told, context);
  tellClocks(row, told, context);
  tellDistances(row, told, context);
  tellSectors(row, told, context);
  const lap = raceLapOf(row);
  if (lap !== null && told?.raceLap !== lap) context.tell({ type: 'update-race-lap', data: { participant_code: row.code, lap } });
}

function tellTeam(row: Row, told: Told | null, { tell }: RowContext): void {
  const name = row.team ?? '';
  if (told !== null && told.team === name && told.number === row.numberText) return;
  tell({ type: 'update-team', data: { participant_code: row.code, name, number: parseCount(row.numberText), number_text: row.numberText } });
}

function tellPlace(row: Row, told: Told | null, { tell }: RowContext): void {
  const { code: participant_code, position, state, laps, stops } = row;
  if (told?.state !== state) tell({ type: 'update-row-state', data: { participant_code, state } });
  if (told?.position !== position) tell({ type: 'update-timing-position', data: { participant_code, position } });
  if (told?.laps !== laps) tell({ type: 'update-timing-lap', data: { participant_code, lap: laps } });
  if (told?.stops !== stops) tell({ type: 'update-timing-number-pits', data: { participant_code, number_pits: stops } });
}

function tellTimes(row: Row, told: Told | null, { tell }: RowContext): void {
  const { code: participant_code, lastMs: last_time, bestMs: best_time } = row;
  if ((told?.lastMs ?? null) !== last_time) tell({ type: 'update-timing-last-time', data: { participant_code, last_time } });
  if ((told?.bestMs ?? null) !== best_time) tell({ type: 'update-timing-best-time', data: { participant_code, best_time } });
}

function tellClocks(row: Row, told: Told | null, { tell }: RowContext): void {
  const { code: participant_code, stintMs: stint_time } = row;
  const pit_time = pitTimeOf(row);
  if ((told?.pitMs ?? null) !== pit_time) tell({ type: 'update-timing-pit-time', data: { participant_code, pit_time } });
  if ((told?.stintMs ?? null) !== stint_time) tell({ type: 'update-timing-stint-time', data: { participant_code, stint_time } });
}

function tellDistances(row: Row, told: Told | null, { tell }: RowContext): void {
  const { code: participant_code, interval } = row;
  const gap = gapOf(row);
  if (!sameDistance(told?.gap ?? null, gap)) tell({ type: 'update-timing-gap', data: { participant_code, gap } });
  if (!sameDistance(told?.interval ?? null, interval)) tell({ type: 'update-timing-interval', data: { participant_code, interval } });
}

const SECTORS = [1, 2, 3] as const;

function tellSectors({ code: participant_code, sectors }: Row, told: Told | null, { tell }: RowContext): void {
  if (sectors.length === 0) return;
  for (const sector of SECTORS) {
    const time_ms = sectors[sector - 1] ?? null;
    if ((told?.sectors[sector - 1] ?? null) !== time_ms) tell({ type: 'update-timing-sector', data: { participant_code, sector, time_ms } });
  }
}
