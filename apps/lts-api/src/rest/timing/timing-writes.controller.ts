import { Body, Controller, Inject, Put } from '@nestjs/common';
import { Body as Fields } from '../../engine/body.js';
import { EngineService } from '../../engine/engine.service.js';
import { NO_TIMING } from '../../engine/messages.js';
import type { OperationContext } from '../../engine/operation-context.js';
import { changeTiming, putPosition, putTimingField } from '../../engine/operations/timing.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { InCompetition, OfTeam } from '../request/path.js';
import { DriverBody, KartStatusBody, PitTimeBody, StageBody } from '../single-field-bodies.js';
import { BestTimeBody, FixedKartStatusBody, GapBody, IntervalBody, LapBody, LastTimeBody, NumberPitsBody, PositionBody, TimingBody } from './bodies.js';

/** The contract's writes of a team's timing, whole or field by field: what a client sends while the race is on. */
@Controller([...ofCompetition('timing/teams/:team_id'), ...ofCompetition('timing/team/:team_id')])
export class TimingWritesController {
  constructor(
    @Inject(EngineService) private readonly engine: EngineService,
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Put()
  all(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: TimingBody): Promise<object> {
    return this.put(reference, team, (context) => changeTiming(context, team, new Fields(body)));
  }

  @Put('position')
  position(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: PositionBody): Promise<object> {
    return this.put(reference, team, (context) => putPosition(context, team, new Fields(body)));
  }

  @Put('driver')
  driver(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: DriverBody): Promise<object> {
    return this.field(reference, team, 'driver', body);
  }

  @Put('last_time')
  lastTime(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: LastTimeBody): Promise<object> {
    return this.field(reference, team, 'last_time', body);
  }

  @Put('best_time')
  bestTime(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: BestTimeBody): Promise<object> {
    return this.field(reference, team, 'best_time', body);
  }

  @Put('lap')
  lap(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: LapBody): Promise<object> {
    return this.field(reference, team, 'lap', body);
  }

  @Put('gap')
  gap(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: GapBody): Promise<object> {
    return this.field(reference, team, 'gap', body);
  }

  @Put('interval')
  interval(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: IntervalBody): Promise<object> {
    return this.field(reference, team, 'interval', body);
  }

  @Put('stage')
  stage(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: StageBody): Promise<object> {
    return this.field(reference, team, 'stage', body);
  }

  @Put('pit_time')
  pitTime(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: PitTimeBody): Promise<object> {
    return this.field(reference, team, 'pit_time', body);
  }

  @Put('kart_status')
  kartStatus(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: KartStatusBody): Promise<object> {
    return this.field(reference, team, 'kart_status', body);
  }

  @Put('fixed_kart_status')
  fixedKartStatus(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: FixedKartStatusBody): Promise<object> {
    return this.field(reference, team, 'fixed_kart_status', body);
  }

  @Put('number_pits')
  numberPits(@InCompetition() reference: string, @OfTeam() team: string, @Body() body: NumberPitsBody): Promise<object> {
    return this.field(reference, team, 'number_pits', body);
  }

  private field(reference: string, team: string, field: string, body: object): Promise<object> {
    return this.put(reference, team, (context) => putTimingField(context, team, field, new Fields(body)));
  }

  private async put(reference: string, team: string, work: (context: OperationContext) => void): Promise<object> {
    await this.engine.change({ competitionId: await this.writes.competition(reference), unknown: NO_TIMING }, work);
    return this.state.teamTiming(reference, team);
  }
}
