import { Controller, Get, Inject, Param } from '@nestjs/common';
import { and, asc, eq } from 'drizzle-orm';
import { drivers, metadataHistory, parserSettings, pitsIn, pitsOut, teams, timingCurrent, timingHistory } from '../database/schema.js';
import { teamId } from './competition-reference.js';
import { RaceState } from './race-state.js';
import { driverRows, numberOf, pitInRows, pitOutRows, teamRows, timingRows } from './race-state.rows.js';
import { represent } from './representation.js';


/** The contract's reads: metadata, parser settings, participants, timing, pits. A missing item is `{}`, a missing list `[]`. */
@Controller('v1/c/:competition')
export class RaceStateController {
  constructor(@Inject(RaceState) private readonly state: RaceState) {}

  @Get('metadata')
  metadata(@Param('competition') reference: string): Promise<object> {
    return this.state.metadata(reference);
  }

  @Get('metadata/history')
  metadataHistory(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => (await tables.select().from(metadataHistory).where(eq(metadataHistory.competitionId, id)).orderBy(asc(metadataHistory.id))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Get('parsers/settings')
  parserSettings(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => (await tables.select().from(parserSettings).where(eq(parserSettings.competitionId, id)).orderBy(asc(parserSettings.id))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Get('parsers/settings/:name')
  parserSetting(@Param('competition') reference: string, @Param('name') name: string): Promise<object> {
    return this.state.parserSetting(reference, name);
  }

  @Get('teams')
  teams(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => teamRows(tables, eq(teams.competitionId, id)));
  }

  @Get('teams/filter/code/:code')
  teamByCode(@Param('competition') reference: string, @Param('code') code: string): Promise<object> {
    return this.state.team(reference, `~${code}`);
  }

  @Get('teams/:team')
  team(@Param('competition') reference: string, @Param('team') team: string): Promise<object> {
    return this.state.team(reference, team);
  }

  @Get('teams/:team/drivers')
  teamDrivers(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.teamId, await teamId(tables, id, team)))));
  }

  @Get('teams/:team/drivers/filter/name/:name')
  driverByName(@Param('competition') reference: string, @Param('team') team: string, @Param('name') name: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.teamId, await teamId(tables, id, team)), eq(drivers.name, name))));
  }

  @Get('drivers')
  drivers(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => driverRows(tables, eq(drivers.competitionId, id)));
  }

  @Get('drivers/:driver')
  driver(@Param('competition') reference: string, @Param('driver') driver: string): Promise<object> {
    return this.state.driver(reference, driver);
  }

  @Get('timing')
  timing(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => timingRows(tables, timingCurrent, eq(timingCurrent.competitionId, id)));
  }

  @Get('timing/history')
  timingHistory(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => timingRows(tables, timingHistory, eq(timingHistory.competitionId, id)));
  }

  @Get('timing/teams/:team')
  teamTiming(@Param('competition') reference: string, @Param('team') team: string): Promise<object> {
    return this.state.teamTiming(reference, team);
  }

  @Get('timing/teams/:team/history')
  teamTimingHistory(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => timingRows(tables, timingHistory, and(eq(timingHistory.competitionId, id), eq(timingHistory.teamId, await teamId(tables, id, team)))));
  }

  @Get('timing/drivers/:driver')
  driverTiming(@Param('competition') reference: string, @Param('driver') driver: string): Promise<object> {
    return this.state.one(reference, (tables, id) => timingRows(tables, timingCurrent, and(eq(timingCurrent.competitionId, id), eq(timingCurrent.driverId, numberOf(driver)))));
  }

  @Get('timing/drivers/:driver/history')
  driverTimingHistory(@Param('competition') reference: string, @Param('driver') driver: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => timingRows(tables, timingHistory, and(eq(timingHistory.competitionId, id), eq(timingHistory.driverId, numberOf(driver)))));
  }

  @Get('pits/in')
  pitsIn(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => pitInRows(tables, eq(pitsIn.competitionId, id)));
  }

  @Get('pits/out')
  pitsOut(@Param('competition') reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => pitOutRows(tables, eq(pitsOut.competitionId, id)));
  }

  @Get('pits/in/filter/team/:team')
  pitsInOfTeam(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => pitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.teamId, await teamId(tables, id, team)))));
  }
}
