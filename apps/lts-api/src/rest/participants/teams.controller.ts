import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { drivers, teams } from '../../database/schema.js';
import { Body as Fields } from '../../engine/body.js';
import { EngineService } from '../../engine/engine.service.js';
import { NOTHING_WRITTEN, noTeam } from '../../engine/messages.js';
import { addDriver, addTeam, changeTeam } from '../../engine/operations/participants.js';
import { teamId } from '../competition-reference.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { driverRows, teamRows } from '../race-state.rows.js';
import { alikeFirst } from '../same-letters.js';
import { OfTeam, InCompetition } from '../request/path.js';
import { ParticipantBody } from './bodies.js';

/** The contract's teams and their drivers. */
@Controller(ofCompetition('teams'))
export class TeamsController {
  constructor(
    @Inject(EngineService) private readonly engine: EngineService,
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get()
  teams(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => teamRows(tables, eq(teams.competitionId, id)));
  }

  @Get('filter/code/:code')
  teamByCode(@InCompetition() reference: string, @Param('code') code: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => alikeFirst(await teamRows(tables, eq(teams.competitionId, id)), 'participant_code', code));
  }

  @Get(':team_id')
  team(@InCompetition() reference: string, @OfTeam() team: string): Promise<object> {
    return this.state.team(reference, team);
  }

  @Post()
  @HttpCode(200)
  async add(@InCompetition() reference: string, @Body() body: ParticipantBody): Promise<object> {
    const asked = { competitionId: await this.writes.competition(reference), unknown: NOTHING_WRITTEN, wanted: ['teams'] as const };
    const team = await this.engine.change(asked, (context) => addTeam(context, new Fields(body)));
    return this.state.team(reference, String(team.id));
  }

  @Put(':team_id')
  async change(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: ParticipantBody): Promise<object> {
    const asked = { competitionId: await this.writes.competition(reference), unknown: noTeam(team) };
    const changed = await this.engine.change(asked, (context) => changeTeam(context, team, new Fields(body)));
    return this.state.team(reference, String(changed.id));
  }

  @Get(':team_id/drivers')
  drivers(@InCompetition() reference: string, @OfTeam() team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.teamId, await teamId(tables, id, team)))));
  }

  @Get(':team_id/drivers/filter/name/:name')
  driverByName(@InCompetition() reference: string, @OfTeam() team: string, @Param('name') name: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => alikeFirst(await driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.teamId, await teamId(tables, id, team)))), 'name', name));
  }

  @Post(':team_id/drivers')
  @HttpCode(200)
  async addDriver(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: ParticipantBody): Promise<object> {
    const asked = { competitionId: await this.writes.competition(reference), unknown: NOTHING_WRITTEN, wanted: ['drivers'] as const };
    const driver = await this.engine.change(asked, (context) => addDriver(context, team, new Fields(body)));
    return this.state.driver(reference, driver.id);
  }
}
