import type { Body } from '../body.js';
import { lapKey, stopKey } from '../book.js';
import { type OperationContext, driverOf, naturalKey, nextId, recordTiming, teamOf } from '../operation-context.js';
import { Rejection } from '../rejection.js';
import type { LapRow, PitInRow, PitOutRow, TeamRow } from '../rows.js';
import { sessionNumber } from './session.js';
import { zeroTiming } from './timing.js';

/** What `~CODE:ORDINAL` names. */
export interface OrdinalKey {
  code: string;
  ordinal: number;
}

/** @throws Rejection 422 when the reference is not of the form `~CODE:ORDINAL` */
export function ordinalKey(reference: string): OrdinalKey {
  const key = naturalKey(reference) ?? '';
  const colon = key.lastIndexOf(':');
  const ordinal = Number(key.slice(colon + 1));
  if (colon < 1 || !Number.isSafeInteger(ordinal) || ordinal < 1) throw new Rejection(422, `"${reference}" must be ~CODE:NUMBER.`);
  return { code: key.slice(0, colon), ordinal };
}

/** Makes a lap, or changes the fields given. @throws Rejection 422 when a new lap lacks a field */
export function putLap(context: OperationContext, sessionReference: string, reference: string, body: Body): void {
  const session = sessionNumber(sessionReference);
  const { code, ordinal } = ordinalKey(reference);
  const team = teamOf(context, `~${code}`);
  const key = lapKey(session, team.id, ordinal);
  const known = context.book.laps.get(key);
  const take = <Value>(name: string, read: () => Value, before: Value | undefined): Value => (known !== undefined && !body.has(name) && before !== undefined ? before : read());
  const lap: LapRow = {
    competitionId: context.book.competitionId,
    session,
    teamId: team.id,
    ordinal,
    lap: take('lap', () => body.int('lap'), known?.lap),
    lapTime: take('lap_time', () => body.intOrNull('lap_time'), known?.lapTime),
    driverName: take('driver_name', () => body.textOrNull('driver_name'), known?.driverName),
    atMs: take('at_ms', () => body.instant('at_ms'), known?.atMs),
    sectors: take('sectors', () => body.intsOrNulls('sectors'), known?.sectors),
    inLap: take('in_lap', () => body.yesNo('in_lap', false), known?.inLap),
    outLap: take('out_lap', () => body.yesNo('out_lap', false), known?.outLap),
    valid: take('valid', () => body.yesNo('valid', true), known?.valid),
    reason: take('reason', () => (body.has('reason') ? body.textOrNull('reason') : null), known?.reason),
  };
  context.book.laps.set(key, lap);
  context.changes.laps.set(key, lap);
}

/** Makes a stop, or changes the fields given; `out_at_ms` makes its way out. Everything is read before anything is changed. */
export function putStop(context: OperationContext, sessionReference: string, reference: string, body: Body): void {
  const session = sessionNumber(sessionReference);
  const { code, ordinal } = ordinalKey(reference);
  const team = teamOf(context, `~${code}`);
  const key = stopKey(session, team.id, ordinal);
  const known = context.book.stops.get(key);
  const fields = fieldsOf(context, body, team);
  const wayOut = body.has('out_at_ms') ? { outAtMs: body.instantOrNull('out_at_ms'), driverId: driverOut(context, body, team) } : null;
  const stop = known === undefined ? { ...newStop(context, { team, session, ordinal }), ...fields } : { ...known, ...fields };
  context.book.stops.set(key, stop);
  context.changes.stops.set(stop.id, stop);
  if (wayOut !== null) putWayOut(context, stop, wayOut);
}

/** Kart statuses are those of the kart handed in; the team leaves with one that nobody knows. */
function newStop(context: OperationContext, { team, session, ordinal }: { team: TeamRow; session: number; ordinal: number }): PitInRow {
  const timing = context.book.timing.get(team.id) ?? zeroTiming(context, team.id);
  if (timing.kartStatus !== 'unknown' || timing.fixedKartStatus !== null) {
    recordTiming(context, { ...timing, kartStatus: 'unknown', fixedKartStatus: null });
  }
  return {
    id: nextId(context, 'pits_in'),
    competitionId: context.book.competitionId,
    teamId: team.id,
    driverId: timing.driverId,
    kartStatus: timing.kartStatus,
    fixedKartStatus: timing.fixedKartStatus,
    lap: timing.lap,
    pitTime: null,
    session,
    ordinal,
    stop: ordinal,
    inAtMs: null,
    source: 'inferred',
    valid: true,
    reason: null,
  };
}

/** The fields that the body gives. @throws Rejection 422 for one that cannot be read */
function fieldsOf(context: OperationContext, body: Body, team: TeamRow): Partial<PitInRow> {
  return {
    ...(body.has('stop') ? { stop: body.int('stop') } : {}),
    ...(body.has('lap') ? { lap: body.int('lap') } : {}),
    ...(body.has('driver_id') ? { driverId: driverOf(context, team, body.raw('driver_id'))?.id ?? null } : {}),
    ...(body.has('in_at_ms') ? { inAtMs: body.instantOrNull('in_at_ms') } : {}),
    ...(body.has('duration_ms') ? { pitTime: body.intOrNull('duration_ms') } : {}),
    ...(body.has('source') ? { source: body.text('source') } : {}),
    ...validity(body),
  };
}

function validity(body: Body): Partial<PitInRow> {
  return {
    ...(body.has('valid') ? { valid: body.yesNo('valid', true) } : {}),
    ...(body.has('reason') ? { reason: body.textOrNull('reason') } : {}),
  };
}

function driverOut(context: OperationContext, body: Body, team: TeamRow): number | null {
  if (!body.has('driver_out_id')) return context.book.timing.get(team.id)?.driverId ?? null;
  return driverOf(context, team, body.raw('driver_out_id'))?.id ?? null;
}

function putWayOut(context: OperationContext, stop: PitInRow, { outAtMs, driverId }: Pick<PitOutRow, 'outAtMs' | 'driverId'>): void {
  const timing = stop.teamId === null ? undefined : context.book.timing.get(stop.teamId);
  const out: PitOutRow = {
    id: context.book.stopsOut.get(stop.id)?.id ?? nextId(context, 'pits_out'),
    competitionId: context.book.competitionId,
    teamId: stop.teamId,
    driverId,
    kartStatus: timing?.kartStatus ?? 'unknown',
    fixedKartStatus: timing?.fixedKartStatus ?? null,
    pitInId: stop.id,
    outAtMs,
  };
  context.book.stopsOut.set(stop.id, out);
  context.changes.stopsOut.set(out.id, out);
}
