import { Controller, Get, Inject, Param } from '@nestjs/common';
import { type SQL, and, asc, desc, eq } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { drivers, metadataCurrent, metadataHistory, parserSettings, pitsIn, pitsOut, teams, timingCurrent, timingHistory } from '../database/schema.js';
import { References, teamId } from './competition-reference.js';
import { represent } from './representation.js';

const OWN = ['competitionId'];

/** The contract's reads: metadata, parser settings, participants, timing, pits. A missing item is `{}`, a missing list `[]`. */
@Controller('v1/c/:competition')
export class RaceStateController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  @Get('metadata')
  metadata(@Param('competition') reference: string): Promise<object> {
    return this.one(reference, async (tables, id) => (await tables.select().from(metadataCurrent).where(eq(metadataCurrent.competitionId, id))).map((row) => represent(row, OWN)));
  }

  @Get('metadata/history')
  metadataHistory(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, async (tables, id) => (await tables.select().from(metadataHistory).where(eq(metadataHistory.competitionId, id)).orderBy(asc(metadataHistory.id))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Get('parsers/settings')
  parserSettings(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, async (tables, id) => (await tables.select().from(parserSettings).where(eq(parserSettings.competitionId, id)).orderBy(asc(parserSettings.id))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Get('parsers/settings/:name')
  parserSetting(@Param('competition') reference: string, @Param('name') name: string): Promise<object> {
    const { competitionId, name: nameColumn } = parserSettings;
    return this.one(reference, async (tables, id) => (await tables.select().from(parserSettings).where(and(eq(competitionId, id), eq(nameColumn, name)))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Get('teams')
  teams(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, (tables, id) => teamRows(tables, eq(teams.competitionId, id)));
  }

  @Get('teams/filter/code/:code')
  teamByCode(@Param('competition') reference: string, @Param('code') code: string): Promise<object> {
    return this.team(reference, `~${code}`);
  }

  @Get('teams/:team')
  team(@Param('competition') reference: string, @Param('team') team: string): Promise<object> {
    return this.one(reference, async (tables, id) => teamRows(tables, and(eq(teams.competitionId, id), eq(teams.id, await teamId(tables, id, team)))));
  }

  @Get('teams/:team/drivers')
  teamDrivers(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.list(reference, async (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.teamId, await teamId(tables, id, team)))));
  }

  @Get('teams/:team/drivers/filter/name/:name')
  driverByName(@Param('competition') reference: string, @Param('team') team: string, @Param('name') name: string): Promise<object> {
    return this.one(reference, async (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.teamId, await teamId(tables, id, team)), eq(drivers.name, name))));
  }

  @Get('drivers')
  drivers(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, (tables, id) => driverRows(tables, eq(drivers.competitionId, id)));
  }

  @Get('drivers/:driver')
  driver(@Param('competition') reference: string, @Param('driver') driver: string): Promise<object> {
    return this.one(reference, (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.id, numberOf(driver)))));
  }

  @Get('timing')
  timing(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, (tables, id) => timingRows(tables, timingCurrent, eq(timingCurrent.competitionId, id)));
  }

  @Get('timing/history')
  timingHistory(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, (tables, id) => timingRows(tables, timingHistory, eq(timingHistory.competitionId, id)));
  }

  @Get('timing/teams/:team')
  teamTiming(@Param('competition') reference: string, @Param('team') team: string): Promise<object> {
    return this.one(reference, async (tables, id) => timingRows(tables, timingCurrent, and(eq(timingCurrent.competitionId, id), eq(timingCurrent.teamId, await teamId(tables, id, team)))));
  }

  @Get('timing/teams/:team/history')
  teamTimingHistory(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.list(reference, async (tables, id) => timingRows(tables, timingHistory, and(eq(timingHistory.competitionId, id), eq(timingHistory.teamId, await teamId(tables, id, team)))));
  }

  @Get('timing/drivers/:driver')
  driverTiming(@Param('competition') reference: string, @Param('driver') driver: string): Promise<object> {
    return this.one(reference, (tables, id) => timingRows(tables, timingCurrent, and(eq(timingCurrent.competitionId, id), eq(timingCurrent.driverId, numberOf(driver)))));
  }

  @Get('timing/drivers/:driver/history')
  driverTimingHistory(@Param('competition') reference: string, @Param('driver') driver: string): Promise<object[]> {
    return this.list(reference, (tables, id) => timingRows(tables, timingHistory, and(eq(timingHistory.competitionId, id), eq(timingHistory.driverId, numberOf(driver)))));
  }

  @Get('pits/in')
  pitsIn(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, (tables, id) => pitInRows(tables, eq(pitsIn.competitionId, id)));
  }

  @Get('pits/out')
  pitsOut(@Param('competition') reference: string): Promise<object[]> {
    return this.list(reference, async (tables, id) => (await tables.select().from(pitsOut).where(eq(pitsOut.competitionId, id)).orderBy(asc(pitsOut.id))).map((row) => represent(row, ['pitInId', 'outAtMs'])));
  }

  @Get('pits/in/filter/team/:team')
  pitsInOfTeam(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.list(reference, async (tables, id) => pitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.teamId, await teamId(tables, id, team)))));
  }

  private async list(reference: string, read: (tables: Sql, competitionId: number) => Promise<object[]>): Promise<object[]> {
    const id = await this.references.competition(reference);
    return id === null ? [] : this.database.read((tables) => read(tables, id));
  }

  private async one(reference: string, read: (tables: Sql, competitionId: number) => Promise<object[]>): Promise<object> {
    return (await this.list(reference, read))[0] ?? {};
  }
}

function numberOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}

async function teamRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  return (await tables.select().from(teams).where(where).orderBy(asc(teams.id))).map((row) => represent(row));
}

async function driverRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  return (await tables.select().from(drivers).where(where).orderBy(asc(drivers.id))).map((row) => represent(row));
}

async function timingRows(tables: Sql, table: typeof timingCurrent | typeof timingHistory, where: SQL | undefined): Promise<object[]> {
  const rows = await tables
    .select({ timing: table, teamCode: teams.participantCode, driverCode: drivers.participantCode })
    .from(table)
    .leftJoin(teams, eq(teams.id, table.teamId))
    .leftJoin(drivers, eq(drivers.id, table.driverId))
    .where(where)
    .orderBy(asc(table.id));
  return rows.map(({ timing, teamCode, driverCode }) => ({ participant_code: teamCode ?? driverCode, ...represent(timing, ['id', 'competitionId']) }));
}

async function pitInRows(tables: Sql, where: SQL | undefined): Promise<object[]> {
  const rows = await tables.select({ pitIn: pitsIn, out: pitsOut.id }).from(pitsIn).leftJoin(pitsOut, eq(pitsOut.pitInId, pitsIn.id)).where(where).orderBy(desc(pitsIn.id));
  return rows.reverse().map(({ pitIn, out }) => ({ ...represent(pitIn, ['session', 'ordinal', 'stop', 'inAtMs', 'source', 'valid', 'reason']), has_pit_out: out !== null }));
}
