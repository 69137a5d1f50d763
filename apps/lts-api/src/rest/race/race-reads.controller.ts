import { Controller, Get, Inject, Query } from '@nestjs/common';
import { type SQL, and, asc, desc, eq } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { Database, type Sql } from '../../database/connection.js';
import { competitions, drivers, laps, messages, penalties, pitsIn, pitsOut, sessions, teams } from '../../database/schema.js';
import { References, teamId } from '../competition-reference.js';
import { ofCompetition } from '../paths.js';
import { represent } from '../representation.js';
import { InCompetition } from '../request/path.js';

const driversOut = alias(drivers, 'drivers_out');

/** What the contract of the original does not know: sessions, laps, stops, messages, penalties. Without `session`: the current one. */
@Controller(ofCompetition())
export class RaceReadsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  @Get('sessions')
  sessions(@InCompetition() reference: string): Promise<object[]> {
    return this.of(reference, async (tables, id) => {
      const rows = await tables.select().from(sessions).where(eq(sessions.competitionId, id)).orderBy(asc(sessions.number));
      return rows.map((row) => represent(row, ['id', 'competitionId']));
    });
  }

  @Get('laps')
  laps(@InCompetition() reference: string, @Query('session') session?: string, @Query('team') team?: string): Promise<object[]> {
    return this.of(reference, async (tables, id) => {
      const which = [eq(laps.competitionId, id), eq(laps.session, await sessionOf(tables, id, session)), ...(await ofTeam(tables, { id, team, column: laps.teamId }))];
      const rows = await tables.select({ lap: laps, code: teams.participantCode }).from(laps).innerJoin(teams, eq(teams.id, laps.teamId)).where(and(...which)).orderBy(asc(laps.teamId), asc(laps.ordinal));
      return rows.map(({ lap, code }) => ({ participant_code: code, ...represent(lap, ['competitionId', 'teamId']) }));
    });
  }

  @Get('stops')
  stops(@InCompetition() reference: string, @Query('session') session?: string, @Query('team') team?: string): Promise<object[]> {
    return this.of(reference, async (tables, id) => {
      const which = [eq(pitsIn.competitionId, id), eq(pitsIn.session, await sessionOf(tables, id, session)), ...(await ofTeam(tables, { id, team, column: pitsIn.teamId }))];
      const rows = await tables
        .select({ stop: pitsIn, code: teams.participantCode, driver: drivers.name, out: pitsOut.outAtMs, driverOut: driversOut.name })
        .from(pitsIn)
        .innerJoin(teams, eq(teams.id, pitsIn.teamId))
        .leftJoin(drivers, eq(drivers.id, pitsIn.driverId))
        .leftJoin(pitsOut, eq(pitsOut.pitInId, pitsIn.id))
        .leftJoin(driversOut, eq(driversOut.id, pitsOut.driverId))
        .where(and(...which))
        .orderBy(asc(pitsIn.teamId), asc(pitsIn.ordinal));
      return rows.map((row) => ({
        session: row.stop.session,
        participant_code: row.code,
        ordinal: row.stop.ordinal,
        stop: row.stop.stop,
        lap: row.stop.lap,
        driver_name: row.driver,
        driver_out_name: row.driverOut,
        in_at_ms: row.stop.inAtMs,
        out_at_ms: row.out,
        duration_ms: row.stop.pitTime,
        source: row.stop.source,
        valid: row.stop.valid,
        reason: row.stop.reason,
      }));
    });
  }

  @Get('messages')
  messages(@InCompetition() reference: string): Promise<object[]> {
    return this.of(reference, async (tables, id) => {
      const rows = await tables.select().from(messages).where(eq(messages.competitionId, id)).orderBy(desc(messages.action));
      return rows.map((row) => represent(row, ['competitionId']));
    });
  }

  @Get('penalties')
  penalties(@InCompetition() reference: string): Promise<object[]> {
    return this.of(reference, async (tables, id) => {
      const rows = await tables.select({ penalty: penalties, code: teams.participantCode }).from(penalties).leftJoin(teams, eq(teams.id, penalties.teamId)).where(eq(penalties.competitionId, id)).orderBy(desc(penalties.action));
      return rows.map(({ penalty, code }) => ({ participant_code: code, ...represent(penalty, ['competitionId', 'teamId']) }));
    });
  }

  private async of(reference: string, read: (tables: Sql, competitionId: number) => Promise<object[]>): Promise<object[]> {
    const id = await this.references.competition(reference);
    return id === null ? [] : this.database.read((tables) => read(tables, id));
  }
}

async function sessionOf(tables: Sql, id: number, asked: string | undefined): Promise<number> {
  if (asked !== undefined) return /^\d{1,6}$/.test(asked) ? Number(asked) : -1;
  const [row] = await tables.select({ session: competitions.session }).from(competitions).where(eq(competitions.id, id));
  return row?.session ?? 0;
}

async function ofTeam(tables: Sql, which: { id: number; team: string | undefined; column: typeof laps.teamId | typeof pitsIn.teamId }): Promise<SQL[]> {
  return which.team === undefined ? [] : [eq(which.column, await teamId(tables, which.id, which.team))];
}
