import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { drivers } from '../../database/schema.js';
import { Body as Fields } from '../../engine/body.js';
import { EngineService } from '../../engine/engine.service.js';
import { NOTHING_WRITTEN, noDriver } from '../../engine/messages.js';
import type { OperationContext } from '../../engine/operation-context.js';
import { addSoloDriver, changeDriver, putPartialDrivingTime, putTotalDrivingTime } from '../../engine/operations/participants.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { driverRows } from '../race-state.rows.js';
import { InCompetition } from '../request/path.js';
import { PathId } from '../request/path.pipes.js';
import { PartialDrivingTimeBody, ParticipantBody, TotalDrivingTimeBody } from './bodies.js';

/** The contract's drivers, with and without a team. */
@Controller(ofCompetition())
export class DriversController {
  constructor(
    @Inject(EngineService) private readonly engine: EngineService,
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get('drivers')
  drivers(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => driverRows(tables, eq(drivers.competitionId, id)));
  }

  /** The second path is the older spelling. */
  @Get(['drivers/:driver_id', 'teams/:team_id/drivers/:driver_id'])
  driver(@InCompetition() reference: string, @Param('driver_id', PathId) driver: number): Promise<object> {
    return this.state.driver(reference, driver);
  }

  @Post('drivers')
  @HttpCode(200)
  async add(@InCompetition() reference: string, @Body() body: ParticipantBody): Promise<object> {
    const asked = { competitionId: await this.writes.competition(reference), unknown: NOTHING_WRITTEN, wanted: ['drivers'] as const };
    const driver = await this.engine.change(asked, (context) => addSoloDriver(context, new Fields(body)));
    return this.state.driver(reference, driver.id);
  }

  @Put(['drivers/:driver_id', 'teams/:team_id/drivers/:driver_id'])
  change(@InCompetition() reference: string, @Param('driver_id', PathId) driver: number, @Body() body: ParticipantBody): Promise<object> {
    return this.put(reference, driver, (context) => changeDriver(context, driver, new Fields(body)));
  }

  @Put('drivers/:driver_id/partial_driving_time')
  partialDrivingTime(@InCompetition() reference: string, @Param('driver_id', PathId) driver: number, @Body() body: PartialDrivingTimeBody): Promise<object> {
    return this.put(reference, driver, (context) => putPartialDrivingTime(context, String(driver), new Fields(body)));
  }

  @Put('drivers/:driver_id/total_driving_time')
  totalDrivingTime(@InCompetition() reference: string, @Param('driver_id', PathId) driver: number, @Body() body: TotalDrivingTimeBody): Promise<object> {
    return this.put(reference, driver, (context) => putTotalDrivingTime(context, String(driver), new Fields(body)));
  }

  private async put(reference: string, driver: number, work: (context: OperationContext) => unknown): Promise<object> {
    await this.engine.change({ competitionId: await this.writes.competition(reference), unknown: noDriver(driver) }, work);
    return this.state.driver(reference, driver);
  }
}
