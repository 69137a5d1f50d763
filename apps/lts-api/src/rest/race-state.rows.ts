import { type SQL, asc, desc, eq } from 'drizzle-orm';
import type { Sql } from '../database/connection.js';
import { drivers, pitsIn, pitsOut, teams, type timingCurrent, type timingHistory } from '../database/schema.js';
import { represent } from './representation.js';

/** The id that stands in a path; -1, which nothing has, when it is no number. */
export function numberOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

/** Teams as the contract shows them. */
export async function teamRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  return (await tables.select().from(teams).where(where).orderBy(asc(teams.id))).map((row) => represent(row));
}

/** Drivers as the contract shows them. */
export async function driverRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  return (await tables.select().from(drivers).where(where).orderBy(asc(drivers.id))).map((row) => represent(row));
}

/** Timing, present or past, as the contract shows it. */
export async function timingRows(tables: Sql, table: typeof timingCurrent | typeof timingHistory, where: SQL | undefined): Promise<object[]> {
  const rows = await tables
    .select({ timing: table, teamCode: teams.participantCode, driverCode: drivers.participantCode })
    .from(table)
    .leftJoin(teams, eq(teams.id, table.teamId))
    .leftJoin(drivers, eq(drivers.id, table.driverId))
    .where(where)
    .orderBy(asc(table.id));
  return rows.map(({ timing, teamCode, driverCode }) => ({ participant_code: teamCode ?? driverCode, ...represent(timing, ['id', 'competitionId']) }));
}

/** Stops as the contract shows them, oldest first. */
export async function pitInRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  const rows = await tables.select({ pitIn: pitsIn, out: pitsOut.id }).from(pitsIn).leftJoin(pitsOut, eq(pitsOut.pitInId, pitsIn.id)).where(where).orderBy(desc(pitsIn.id));
  return rows.reverse().map(({ pitIn, out }) => ({ ...represent(pitIn, ['session', 'ordinal', 'stop', 'inAtMs', 'source', 'valid', 'reason']), has_pit_out: out !== null }));
}

/** Exits from the pit lane as the contract shows them, oldest first. */
export async function pitOutRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  return (await tables.select().from(pitsOut).where(where).orderBy(asc(pitsOut.id))).map((row) => represent(row, ['pitInId', 'outAtMs']));
}
