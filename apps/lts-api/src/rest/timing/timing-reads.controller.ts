import { Controller, Get, Inject, Param } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { timingCurrent, timingHistory } from '../../database/schema.js';
import { teamId } from '../competition-reference.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { timingRows } from '../race-state.rows.js';
import { InCompetition, OfTeam } from '../request/path.js';
import { PathId } from '../request/path.pipes.js';

/** The contract's timing, present and past; `team` and `driver` are the older spelling of the paths. */
@Controller(ofCompetition('timing'))
export class TimingReadsController {
  constructor(@Inject(RaceState) private readonly state: RaceState) {}

  @Get()
  timing(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => timingRows(tables, timingCurrent, eq(timingCurrent.competitionId, id)));
  }

  @Get('history')
  history(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => timingRows(tables, timingHistory, eq(timingHistory.competitionId, id)));
  }

  @Get(['teams/:team_id', 'team/:team_id'])
  ofTeam(@InCompetition() reference: string, @OfTeam() team: string): Promise<object> {
    return this.state.teamTiming(reference, team);
  }

  @Get(['teams/:team_id/history', 'team/:team_id/history'])
  historyOfTeam(@InCompetition() reference: string, @OfTeam() team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => timingRows(tables, timingHistory, and(eq(timingHistory.competitionId, id), eq(timingHistory.teamId, await teamId(tables, id, team)))));
  }

  @Get(['drivers/:driver_id', 'driver/:driver_id'])
  ofDriver(@InCompetition() reference: string, @Param('driver_id', PathId) driver: number): Promise<object> {
    return this.state.one(reference, (tables, id) => timingRows(tables, timingCurrent, and(eq(timingCurrent.competitionId, id), eq(timingCurrent.driverId, driver))));
  }

  @Get(['drivers/:driver_id/history', 'driver/:driver_id/history'])
  historyOfDriver(@InCompetition() reference: string, @Param('driver_id', PathId) driver: number): Promise<object[]> {
    return this.state.list(reference, (tables, id) => timingRows(tables, timingHistory, and(eq(timingHistory.competitionId, id), eq(timingHistory.driverId, driver))));
  }
}
