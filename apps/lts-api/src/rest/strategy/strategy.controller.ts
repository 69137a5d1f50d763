import { Body, Controller, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { and, desc, eq } from 'drizzle-orm';
import { Database, type Sql } from '../../database/connection.js';
import { pitsKarts, pitsStats } from '../../database/schema.js';
import { NOTHING_WRITTEN } from '../../engine/messages.js';
import { Rejection } from '../../engine/rejection.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { represent } from '../representation.js';
import { readBodies } from '../request/fields.js';
import { InCompetition } from '../request/path.js';
import { PathId } from '../request/path.pipes.js';
import { PitKartBody, PitStatsBody } from './bodies.js';

/** What was worked out about a stop: figures of the stint it ended, chances of the karts to come. All is kept, the newest counts. */
@Controller(ofCompetition('strategy/pits'))
export class StrategyController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  /** An entry into the pit lane belongs to one competition, so the path's does not matter. */
  @Post('stats')
  @HttpCode(200)
  async addStats(@InCompetition() _reference: string, @Body() body: PitStatsBody): Promise<object> {
    const values = { pitInId: body.pit_in_id, bestTime: body.best_time, avgTime: body.avg_time };
    const [row] = await this.database.transaction((tables) => tables.insert(pitsStats).values(values).returning());
    return represent(row ?? {});
  }

  @Get('stats/:pit_in_id')
  async stats(@InCompetition() _reference: string, @Param('pit_in_id', PathId) pit: number): Promise<object> {
    const [row] = await this.database.read((tables) => tables.select().from(pitsStats).where(eq(pitsStats.pitInId, pit)).orderBy(desc(pitsStats.id)).limit(1));
    return row === undefined ? {} : represent(row);
  }

  /** All of them or none; the answer is what now counts for the first one's entry. */
  @Post('karts')
  @HttpCode(200)
  async addKarts(@InCompetition() reference: string, @Body() body: unknown): Promise<object[]> {
    const karts = readBodies(PitKartBody, body);
    const [first] = karts;
    if (first === undefined) throw new Rejection(400, NOTHING_WRITTEN);
    const values = karts.map((kart) => ({ competitionId: kart.competition_id, pitInId: kart.pit_in_id, step: kart.step, kartStatus: kart.kart_status, probability: kart.probability }));
    await this.database.transaction((tables) => tables.insert(pitsKarts).values(values));
    return this.karts(reference, first.pit_in_id);
  }

  @Get('karts/:pit_in_id')
  karts(@InCompetition() reference: string, @Param('pit_in_id', PathId) pit: number): Promise<object[]> {
    return this.state.list(reference, (tables, id) => newestKarts(tables, id, pit));
  }
}

/** The newest row of each step and status, oldest first. */
async function newestKarts(tables: Sql, competitionId: number, pit: number): Promise<object[]> {
  const newest = await tables
    .selectDistinctOn([pitsKarts.step, pitsKarts.kartStatus])
    .from(pitsKarts)
    .where(and(eq(pitsKarts.competitionId, competitionId), eq(pitsKarts.pitInId, pit)))
    .orderBy(pitsKarts.step, pitsKarts.kartStatus, desc(pitsKarts.id));
  return newest.sort((left, right) => left.id - right.id).map((row) => represent(row));
}
