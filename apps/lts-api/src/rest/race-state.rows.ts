import { type SQL, asc, desc, eq } from 'drizzle-orm';
import type { Sql } from '../database/connection.js';
import { drivers, pitsIn, pitsOut, teams, type timingCurrent, type timingHistory } from '../database/schema.js';
import { represent } from './representation.js';

/** A row as the contract shows it. */
export type Shown = Record<string, unknown>;

/** Teams as the contract shows them. */
export async function teamRows(tables: Sql, where: SQL | undefined): Promise<Shown[]> {
  return (await tables.select().from(teams).where(where).orderBy(asc(teams.id))).map((row) => represent(row));
}

/** Drivers as the contract shows them. */
export async function driverRows(tables: Sql, where: SQL | undefined): Promise<Shown[]> {
  return (await tables.select().from(drivers).where(where).orderBy(asc(drivers.id))).map((row) => represent(row));
}

/** Timing, present or past, as the contract shows it. */
export async function timingRows(tables: Sql, table: typeof timingCurrent | typeof timingHistory, where: SQL | undefined): Promise<Shown[]> {
  const rows = await tables
    .select({ timing: table, teamCode: teams.participantCode, driverCode: drivers.participantCode })
    .from(table)
    .leftJoin(teams, eq(teams.id, table.teamId))
    .leftJoin(drivers, eq(drivers.id, table.driverId))
    .where(where)
    .orderBy(asc(table.id));
  return rows.map(({ timing, teamCode, driverCode }) => ({ participant_code: teamCode ?? driverCode, ...represent(timing, ['id', 'competitionId']) }));
}

/** Entries into the pit lane as the contract shows them, oldest first. */
export async function pitInRows(tables: Sql, where: SQL | undefined): Promise<Shown[]> {
  return (await pitsInWithOut(tables, where).orderBy(asc(pitsIn.id))).map(shownPitIn);
}

/** The newest of them, in a list of one. */
export async function lastPitInRows(tables: Sql, where: SQL | undefined): Promise<Shown[]> {
  return (await pitsInWithOut(tables, where).orderBy(desc(pitsIn.id)).limit(1)).map(shownPitIn);
}

/** Exits from the pit lane as the contract shows them, oldest first. */
export async function pitOutRows(tables: Sql, where: SQL | undefined): Promise<Shown[]> {
  return (await tables.select().from(pitsOut).where(where).orderBy(asc(pitsOut.id))).map(shownPitOut);
}

/** The newest of them, in a list of one. */
export async function lastPitOutRows(tables: Sql, where: SQL | undefined): Promise<Shown[]> {
  return (await tables.select().from(pitsOut).where(where).orderBy(desc(pitsOut.id)).limit(1)).map(shownPitOut);
}

function pitsInWithOut(tables: Sql, where: SQL | undefined) {
  return tables.select({ pitIn: pitsIn, out: pitsOut.id }).from(pitsIn).leftJoin(pitsOut, eq(pitsOut.pitInId, pitsIn.id)).where(where);
}

function shownPitIn({ pitIn, out }: { pitIn: typeof pitsIn.$inferSelect; out: number | null }): Shown {
  return { ...represent(pitIn, ['session', 'ordinal', 'stop', 'inAtMs', 'source', 'valid', 'reason']), has_pit_out: out !== null };
}

function shownPitOut(row: typeof pitsOut.$inferSelect): Shown {
  return represent(row, ['pitInId', 'outAtMs']);
}
