import type { Body } from '../body.js';
import { NO_TIMING } from '../messages.js';
import { type OperationContext, driverOf, naturalKey, recordTiming, teamIn, teamOf, timingOf } from '../operation-context.js';
import { Rejection } from '../rejection.js';
import type { TeamRow, TimingRow } from '../rows.js';
import { KART_STATUSES, LENGTH_UNITS, ROW_STATES, STAGES } from '../vocabulary.js';

/** The stage of a participant that a client has just made. */
const FIRST_STAGE = 'free-practice';

/** The row of a team, or of a driver without one, of which nobody knows anything yet; as a client makes it. */
export function firstTiming(context: OperationContext, of: { teamId: number | null; driverId: number | null }): TimingRow {
  return { ...zeroTiming(context, of.teamId), driverId: of.driverId, stage: FIRST_STAGE, pitTime: 0 };
}

/** The row of a team of which the feed has not said anything yet. */
export function zeroTiming(context: OperationContext, teamId: number | null): TimingRow {
  const { book } = context;
  return {
    competitionId: book.competitionId,
    session: book.session,
    teamId,
    driverId: null,
    position: 0,
    lastTime: 0,
    bestTime: 0,
    lap: 0,
    gap: null,
    gapUnit: null,
    interval: null,
    intervalUnit: null,
    stage: book.metadata.stage,
    pitTime: null,
    kartStatus: 'unknown',
    fixedKartStatus: null,
    numberPits: 0,
    state: 'unknown',
    sectors: [],
    atMs: context.atMs,
  };
}

type Change = (row: TimingRow, body: Body, context: OperationContext, team: TeamRow) => Partial<TimingRow>;

const one = (name: string, change: (body: Body, row: TimingRow) => Partial<TimingRow>): Change => (row, body) => (body.has(name) ? change(body, row) : {});

const gap: Change = one('gap', (body) => ({ gap: body.intOrNull('gap'), gapUnit: body.oneOfOrNull('gap_unit', LENGTH_UNITS) }));
const interval: Change = one('interval', (body) => ({ interval: body.intOrNull('interval'), intervalUnit: body.oneOfOrNull('interval_unit', LENGTH_UNITS) }));
const driver: Change = (_row, body, context, team) => (body.has('driver_id') ? { driverId: driverOf(context, team, body.raw('driver_id'))?.id ?? null } : {});
const bestTime: Change = one('best_time', (body) => ({ bestTime: body.int('best_time') }));
const lap: Change = one('lap', (body) => ({ lap: body.int('lap') }));
const stage: Change = one('stage', (body) => ({ stage: body.oneOf('stage', STAGES) }));
const pitTime: Change = one('pit_time', (body) => ({ pitTime: body.intOrNull('pit_time') }));
const kartStatus: Change = one('kart_status', (body) => ({ kartStatus: body.oneOf('kart_status', KART_STATUSES) }));
const fixedKartStatus: Change = one('fixed_kart_status', (body) => ({ fixedKartStatus: body.oneOfOrNull('fixed_kart_status', KART_STATUSES) }));
const numberPits: Change = one('number_pits', (body) => ({ numberPits: body.int('number_pits') }));
const state: Change = one('state', (body) => ({ state: body.oneOf('state', ROW_STATES) }));

/** A last time of 0 means "none" and never becomes a best time. */
const lastTime: Change = one('last_time', (body, row) => {
  const time = body.int('last_time');
  const isBest = body.yesNo('auto_best_time', true) && time > 0 && (row.bestTime === 0 || time < row.bestTime);
  return isBest ? { lastTime: time, bestTime: time } : { lastTime: time };
});

const sectors: Change = one('sector', (body, row) => {
  const times = [...row.sectors];
  const index = body.int('sector') - 1;
  while (times.length < index) times.push(null);
  times[index] = body.intOrNull('time');
  return { sectors: times };
});

/** The single-field routes `timing/teams/:/<field>` and what they change. */
export const TIMING_FIELDS: Record<string, Change> = {
  driver,
  last_time: lastTime,
  best_time: bestTime,
  lap,
  gap,
  interval,
  stage,
  pit_time: pitTime,
  kart_status: kartStatus,
  fixed_kart_status: fixedKartStatus,
  number_pits: numberPits,
  state,
  sectors,
};

const FULL: readonly Change[] = [
  driver,
  bestTime,
  lap,
  gap,
  interval,
  stage,
  pitTime,
  kartStatus,
  fixedKartStatus,
  numberPits,
  state,
  one('last_time', (body) => ({ lastTime: body.int('last_time') })),
  one('position', (body) => ({ position: body.int('position') })),
];

/** One field of a row. */
export function putTimingField(context: OperationContext, reference: string, field: string, body: Body): void {
  const team = timedTeam(context, reference);
  const row = timingOf(context, team);
  const change = TIMING_FIELDS[field];
  if (change !== undefined) recordTiming(context, { ...row, ...change(row, body, context, team) });
}

/** A whole row that a client gives. @throws Rejection 400 when the team has none yet */
export function changeTiming(context: OperationContext, reference: string, body: Body): void {
  timingOf(context, timedTeam(context, reference));
  putTiming(context, reference, body);
}

/** All fields given; a team without a row in this session gets one. */
export function putTiming(context: OperationContext, reference: string, body: Body): void {
  const team = teamOf(context, reference);
  const before = context.book.timing.get(team.id) ?? zeroTiming(context, team.id);
  const changed: TimingRow = { ...before };
  for (const change of FULL) Object.assign(changed, change(before, body, context, team));
  if (body.yesNo('auto_other_positions', true)) moveOthers(context, before, changed.position);
  recordTiming(context, changed);
}

/** A place; the others make room unless `auto_other_positions` is false. */
export function putPosition(context: OperationContext, reference: string, body: Body): void {
  const row = timingOf(context, timedTeam(context, reference));
  const position = body.int('position');
  if (body.yesNo('auto_other_positions', true)) moveOthers(context, row, position);
  recordTiming(context, { ...row, position });
}

/** A team whose timing is asked for; an id that no team has is missing timing. @throws Rejection 400 */
function timedTeam(context: OperationContext, reference: string): TeamRow {
  if (naturalKey(reference) === null && teamIn(context, reference) === undefined) throw new Rejection(400, NO_TIMING);
  return teamOf(context, reference);
}

/** Makes room at the new position; a newcomer (position 0) moves those at and behind it down by one. */
function moveOthers(context: OperationContext, row: TimingRow, position: number): void {
  const old = row.position;
  if (old === position) return;
  for (const other of [...context.book.timing.values()]) {
    if (other.teamId === row.teamId || other.position === 0) continue;
    const moved = other.position + shiftOf(other.position, old, position);
    if (moved !== other.position) recordTiming(context, { ...other, position: moved });
  }
}

/** By how many places a row at `place` moves when another goes from `old` (0: from nowhere) to `position`. */
function shiftOf(place: number, old: number, position: number): -1 | 0 | 1 {
  if (old !== 0 && place > old && place <= position) return -1;
  return place >= position && (old === 0 || place < old) ? 1 : 0;
}

/** Takes a team out of the current timing; its history stays. */
export function removeTiming(context: OperationContext, reference: string): void {
  const team = teamOf(context, reference);
  context.book.timing.delete(team.id);
  context.changes.timing.delete(team.id);
  context.changes.timingRemoved.add(team.id);
}
