import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { pitsIn } from '../../database/schema.js';
import { NO_PIT_IN } from '../../engine/messages.js';
import { Rejection } from '../../engine/rejection.js';
import { teamId } from '../competition-reference.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { lastPitInRows, pitInRows } from '../race-state.rows.js';
import { InCompetition, OfTeam } from '../request/path.js';
import { NOTHING_HAS_IT, PathId } from '../request/path.pipes.js';
import { DriverBody, KartStatusBody, PitTimeBody } from '../single-field-bodies.js';
import { FixedKartStatusBody, PitInBody, PitInChangeBody } from './bodies.js';

/** Entries into the pit lane, as the contract has them. */
@Controller(ofCompetition('pits/in'))
export class PitsInController {
  constructor(
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get()
  entries(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => pitInRows(tables, eq(pitsIn.competitionId, id)));
  }

  @Get('filter/team/:team_id')
  ofTeam(@InCompetition() reference: string, @OfTeam() team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => pitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.teamId, await teamId(tables, id, team)))));
  }

  @Get('filter/team/:team_id/last')
  lastOfTeam(@InCompetition() reference: string, @OfTeam() team: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => lastPitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.teamId, await teamId(tables, id, team)))));
  }

  @Get(':pit_in_id')
  entry(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number): Promise<object> {
    return this.state.one(reference, (tables, id) => pitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.id, pit))));
  }

  @Post()
  @HttpCode(200)
  async add(@InCompetition() reference: string, @Body() body: PitInBody): Promise<object> {
    const competitionId = await this.writes.competition(reference);
    const values = { competitionId, teamId: body.team_id, driverId: body.driver_id, lap: body.lap, pitTime: body.pit_time, kartStatus: body.kart_status, fixedKartStatus: body.fixed_kart_status };
    const [row] = await this.writes.write(competitionId, (tables) => tables.insert(pitsIn).values(values).returning({ id: pitsIn.id }));
    return this.entry(reference, row?.id ?? NOTHING_HAS_IT);
  }

  @Put(':pit_in_id')
  change(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number, @Body() body: PitInChangeBody): Promise<object> {
    return this.put(reference, pit, { lap: body.lap, pitTime: body.pit_time, kartStatus: body.kart_status, fixedKartStatus: body.fixed_kart_status });
  }

  @Put(':pit_in_id/driver')
  driver(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number, @Body() body: DriverBody): Promise<object> {
    return this.put(reference, pit, { driverId: body.driver_id });
  }

  @Put(':pit_in_id/pit_time')
  pitTime(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number, @Body() body: PitTimeBody): Promise<object> {
    return this.put(reference, pit, { pitTime: body.pit_time });
  }

  @Put(':pit_in_id/kart_status')
  kartStatus(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number, @Body() body: KartStatusBody): Promise<object> {
    return this.put(reference, pit, { kartStatus: body.kart_status });
  }

  @Put(':pit_in_id/fixed_kart_status')
  fixedKartStatus(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number, @Body() body: FixedKartStatusBody): Promise<object> {
    return this.put(reference, pit, { fixedKartStatus: body.fixed_kart_status });
  }

  private async put(reference: string, pit: number, values: Partial<typeof pitsIn.$inferInsert>): Promise<object> {
    const id = await this.writes.competition(reference);
    const [row] = await this.writes.write(id, (tables) => tables.update(pitsIn).set(values).where(and(eq(pitsIn.competitionId, id), eq(pitsIn.id, pit))).returning({ id: pitsIn.id }));
    if (row === undefined) throw new Rejection(400, NO_PIT_IN);
    return this.entry(reference, pit);
  }
}
