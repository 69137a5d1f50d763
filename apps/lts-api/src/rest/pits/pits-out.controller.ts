import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { and, desc, eq } from 'drizzle-orm';
import type { Sql } from '../../database/connection.js';
import { pitsIn, pitsOut } from '../../database/schema.js';
import { NO_PIT_OUT } from '../../engine/messages.js';
import { Rejection } from '../../engine/rejection.js';
import { teamId } from '../competition-reference.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { lastPitOutRows, pitOutRows } from '../race-state.rows.js';
import { InCompetition, OfTeam } from '../request/path.js';
import { NOTHING_HAS_IT, PathId } from '../request/path.pipes.js';
import { DriverBody, KartStatusBody } from '../single-field-bodies.js';
import { FixedKartStatusBody, PitOutBody, PitOutChangeBody } from './bodies.js';

/** Exits from the pit lane, as the contract has them. */
@Controller(ofCompetition('pits/out'))
export class PitsOutController {
  constructor(
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get()
  exits(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, (tables, id) => pitOutRows(tables, eq(pitsOut.competitionId, id)));
  }

  @Get('filter/team/:team_id')
  ofTeam(@InCompetition() reference: string, @OfTeam() team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => pitOutRows(tables, and(eq(pitsOut.competitionId, id), eq(pitsOut.teamId, await teamId(tables, id, team)))));
  }

  @Get('filter/team/:team_id/last')
  lastOfTeam(@InCompetition() reference: string, @OfTeam() team: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => lastPitOutRows(tables, and(eq(pitsOut.competitionId, id), eq(pitsOut.teamId, await teamId(tables, id, team)))));
  }

  @Get(':pit_out_id')
  exit(@InCompetition() reference: string, @Param('pit_out_id', PathId) pit: number): Promise<object> {
    return this.state.one(reference, (tables, id) => pitOutRows(tables, and(eq(pitsOut.competitionId, id), eq(pitsOut.id, pit))));
  }

  /** Belongs to the team's last entry if that one has no exit yet. */
  @Post()
  @HttpCode(200)
  async add(@InCompetition() reference: string, @Body() body: PitOutBody): Promise<object> {
    const { team_id: team, driver_id: driverId } = body;
    if (team === null) throw new Rejection(400, 'A team ID must be provided.');
    const competitionId = await this.writes.competition(reference);
    const [row] = await this.writes.write(competitionId, async (tables) => {
      const pitInId = await openEntry(tables, team);
      const values = { competitionId, teamId: team, driverId, pitInId, kartStatus: body.kart_status, fixedKartStatus: body.fixed_kart_status };
      return tables.insert(pitsOut).values(values).returning({ id: pitsOut.id });
    });
    return this.exit(reference, row?.id ?? NOTHING_HAS_IT);
  }

  @Put(':pit_out_id')
  change(@InCompetition() reference: string, @Param('pit_out_id', PathId) pit: number, @Body() body: PitOutChangeBody): Promise<object> {
    return this.put(reference, pit, { kartStatus: body.kart_status, fixedKartStatus: body.fixed_kart_status });
  }

  @Put(':pit_out_id/driver')
  driver(@InCompetition() reference: string, @Param('pit_out_id', PathId) pit: number, @Body() body: DriverBody): Promise<object> {
    return this.put(reference, pit, { driverId: body.driver_id });
  }

  @Put(':pit_out_id/kart_status')
  kartStatus(@InCompetition() reference: string, @Param('pit_out_id', PathId) pit: number, @Body() body: KartStatusBody): Promise<object> {
    return this.put(reference, pit, { kartStatus: body.kart_status });
  }

  @Put(':pit_out_id/fixed_kart_status')
  fixedKartStatus(@InCompetition() reference: string, @Param('pit_out_id', PathId) pit: number, @Body() body: FixedKartStatusBody): Promise<object> {
    return this.put(reference, pit, { fixedKartStatus: body.fixed_kart_status });
  }

  private async put(reference: string, pit: number, values: Partial<typeof pitsOut.$inferInsert>): Promise<object> {
    const id = await this.writes.competition(reference);
    const [row] = await this.writes.write(id, (tables) => tables.update(pitsOut).set(values).where(and(eq(pitsOut.competitionId, id), eq(pitsOut.id, pit))).returning({ id: pitsOut.id }));
    if (row === undefined) throw new Rejection(400, NO_PIT_OUT);
    return this.exit(reference, pit);
  }
}

async function openEntry(tables: Sql, team: number): Promise<number | null> {
  const [last] = await tables.select({ id: pitsIn.id, out: pitsOut.id }).from(pitsIn).leftJoin(pitsOut, eq(pitsOut.pitInId, pitsIn.id)).where(eq(pitsIn.teamId, team)).orderBy(desc(pitsIn.id)).limit(1);
  return last?.out === null ? last.id : null;
}
