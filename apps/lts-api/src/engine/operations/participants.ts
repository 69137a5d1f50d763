import type { Body } from '../body.js';
import { NOTHING_WRITTEN, noDriver } from '../messages.js';
import { type OperationContext, naturalKey, nextId, recordTiming, teamIn, teamOf } from '../operation-context.js';
import { Rejection } from '../rejection.js';
import type { DriverRow, TeamRow } from '../rows.js';
import { MOST_TEXT } from '../vocabulary.js';
import { firstTiming, zeroTiming } from './timing.js';

/** Makes or changes a team, and gives it a row in the current timing. */
export function putTeam(context: OperationContext, reference: string, body: Body): void {
  const code = naturalKey(reference) ?? teamOf(context, reference).participantCode;
  const known = context.book.teamByCode(code);
  const name = body.text('name');
  const number = body.intOrNull('number');
  const team: TeamRow = {
    ...(known ?? newTeam(context, code)),
    name: freeName(context, { code, name, id: known?.id }),
    number,
    numberText: body.has('number_text') ? body.text('number_text') : String(number ?? ''),
    nameText: body.has('name_text') ? body.text('name_text') : name,
  };
  saveTeam(context, team);
  if (!context.book.timing.has(team.id)) recordTiming(context, zeroTiming(context, team.id));
}

/** Sets what the circuit says of a team beside its race. */
export function putTeamDetails(context: OperationContext, reference: string, body: Body): void {
  const team = teamOf(context, reference);
  const category = body.textOrNull('category');
  const nationality = body.textOrNull('nationality');
  if (team.category === category && team.nationality === nationality) return;
  saveTeam(context, { ...team, category, nationality });
}

/** Adds a team as the contract's POST does. @throws Rejection 400 when its code or name is taken */
export function addTeam(context: OperationContext, body: Body): TeamRow {
  const code = body.text('participant_code');
  const name = body.text('name');
  if (context.book.teamByCode(code) !== undefined) throw new Rejection(400, `The team "${code}" (competition=${context.book.competitionId}) already exists.`);
  if (context.book.ownerOfName(name) !== undefined) throw new Rejection(400, NOTHING_WRITTEN);
  const number = body.intOrNull('number');
  const team: TeamRow = { ...newTeam(context, code), name, number, numberText: String(number ?? ''), nameText: name };
  saveTeam(context, team);
  recordTiming(context, firstTiming(context, { teamId: team.id, driverId: null }));
  return team;
}

/**
 * Changes a team, given by its id or `~CODE`. A name that is another team's gets the code behind it, until it is free.
 *
 * @throws Rejection 400 when it does not exist or its code is another team's
 */
export function changeTeam(context: OperationContext, reference: string, body: Body): TeamRow {
  const known = teamOf(context, reference);
  const code = body.text('participant_code');
  const name = body.text('name');
  if ((context.book.teamByCode(code)?.id ?? known.id) !== known.id) throw new Rejection(400, NOTHING_WRITTEN);
  const number = body.intOrNull('number');
  const team = { ...known, participantCode: code, name: freeName(context, { code, name, id: known.id }), number, numberText: String(number ?? ''), nameText: name };
  saveTeam(context, team);
  return team;
}

/** Makes or changes a driver of a team. */
export function putDriver(context: OperationContext, reference: string, nameReference: string, body: Body): void {
  const team = teamOf(context, reference);
  const name = naturalKey(nameReference) ?? nameReference;
  const known = context.book.driverByName(team.id, name);
  const number = body.has('number') ? body.intOrNull('number') : (known?.number ?? team.number);
  if (known !== undefined && known.number === number) return;
  saveDriver(context, known === undefined ? newDriver(context, { teamId: team.id, participantCode: team.participantCode, name, number }) : { ...known, number });
}

/** Adds a driver to a team as the contract's POST does. @throws Rejection 400 when there is no such team, or the team has one of that name */
export function addDriver(context: OperationContext, teamReference: string, body: Body): DriverRow {
  const team = teamIn(context, teamReference);
  if (team === undefined) throw new Rejection(400, NOTHING_WRITTEN);
  const name = body.text('name');
  if (context.book.driverByName(team.id, name) !== undefined) throw driverExists(name, team.id);
  return addedDriver(context, team.id, body);
}

/** Adds a driver without a team, with a row of timing. @throws Rejection 400 when any driver of the competition has the name */
export function addSoloDriver(context: OperationContext, body: Body): DriverRow {
  const name = body.text('name');
  for (const driver of context.book.drivers) if (driver.name === name) throw driverExists(name, 'None');
  const driver = addedDriver(context, null, body);
  const row = firstTiming(context, { teamId: null, driverId: driver.id });
  context.changes.soloTiming.push(row);
  context.changes.timingHistory.push(row);
  return driver;
}

/** Changes a driver by id; the driving times stay. @throws Rejection 400 when there is none, or the team has another one of that name */
export function changeDriver(context: OperationContext, driverId: number, body: Body): void {
  const known = context.book.driverById(driverId);
  if (known === undefined) throw new Rejection(400, noDriver(driverId));
  const name = body.text('name');
  const isTaken = known.teamId !== null && (context.book.driverByName(known.teamId, name)?.id ?? driverId) !== driverId;
  if (isTaken) throw new Rejection(400, NOTHING_WRITTEN);
  saveDriver(context, { ...known, participantCode: body.text('participant_code'), name, number: body.intOrNull('number') });
}

function addedDriver(context: OperationContext, teamId: number | null, body: Body): DriverRow {
  const driver = newDriver(context, { teamId, participantCode: body.text('participant_code'), name: body.text('name'), number: body.intOrNull('number') });
  saveDriver(context, driver);
  return driver;
}

function driverExists(name: string, team: number | 'None'): Rejection {
  return new Rejection(400, `The driver "${name}" (team=${team}) already exists.`);
}

/** Sets the total driving time of `~CODE:NAME` or of a driver by id, ms. */
export function putTotalDrivingTime(context: OperationContext, reference: string, body: Body): DriverRow {
  const driver = driverOfReference(context, reference);
  const changed = { ...driver, totalDrivingTime: body.int('total_driving_time') };
  saveDriver(context, changed);
  return changed;
}

/**
 * Sets the driving time of the running stint, ms. With `auto_compute_total` the total grows by what is new:
 * the difference within a stint, the whole value when the stint has begun anew.
 */
export function putPartialDrivingTime(context: OperationContext, reference: string, body: Body): DriverRow {
  const driver = driverOfReference(context, reference);
  const partial = body.int('partial_driving_time');
  const grown = partial >= driver.partialDrivingTime ? partial - driver.partialDrivingTime : partial;
  const total = body.yesNo('auto_compute_total', true) ? driver.totalDrivingTime + grown : driver.totalDrivingTime;
  const changed = { ...driver, partialDrivingTime: partial, totalDrivingTime: total };
  saveDriver(context, changed);
  return changed;
}

export function newDriver(context: OperationContext, parts: Pick<DriverRow, 'teamId' | 'participantCode' | 'name' | 'number'>): DriverRow {
  return { id: nextId(context, 'drivers'), competitionId: context.book.competitionId, totalDrivingTime: 0, partialDrivingTime: 0, ...parts };
}

export function saveDriver(context: OperationContext, driver: DriverRow): void {
  context.book.putDriver(driver);
  context.changes.drivers.set(driver.id, driver);
}

function newTeam(context: OperationContext, participantCode: string): TeamRow {
  return { id: nextId(context, 'teams'), competitionId: context.book.competitionId, participantCode, name: '', number: null, numberText: '', nameText: '', category: null, nationality: null };
}

function saveTeam(context: OperationContext, team: TeamRow): void {
  const before = context.book.teamById(team.id)?.name ?? team.name;
  context.book.putTeam(team);
  // written in the order of the last changes, so that a name is free before another team gets it
  context.changes.teams.delete(team.id);
  context.changes.teams.set(team.id, team);
  if (before !== team.name) giveName(context, before);
}

/** A name that has become free goes to the team that is called so and had to take another one. */
function giveName(context: OperationContext, name: string): void {
  for (const team of context.book.teams) {
    if (team.nameText !== name || team.name === name) continue;
    saveTeam(context, { ...team, name });
    return;
  }
}

function driverOfReference(context: OperationContext, reference: string): DriverRow {
  const key = naturalKey(reference);
  if (key === null) {
    const driver = context.book.driverById(Number(reference));
    if (driver === undefined) throw new Rejection(400, noDriver(reference));
    return driver;
  }
  const [code = '', ...name] = key.split(':');
  const driver = context.book.driverByName(teamOf(context, `~${code}`).id, name.join(':'));
  if (driver === undefined) throw new Rejection(400, `The driver with name "${name.join(':')}" does not exist.`);
  return driver;
}

/** Names are unique in a competition: an empty one, or another team's, gets the team's code behind it. */
function freeName(context: OperationContext, team: { code: string; name: string; id: number | undefined }): string {
  const name = team.name.slice(0, MOST_TEXT);
  const owner = context.book.ownerOfName(name);
  if (name !== '' && (owner === undefined || owner === team.id)) return name;
  return `${name.slice(0, MOST_TEXT - team.code.length - 3)} (${team.code})`.trim();
}
