import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { asc, eq } from 'drizzle-orm';
import { Needs } from '../../auth/roles.js';
import { Database, type Sql } from '../../database/connection.js';
import { competitions, metadataCurrent, metadataHistory, settings, timingHistory, tracks } from '../../database/schema.js';
import { NOTHING_WRITTEN, noCompetition } from '../../engine/messages.js';
import { Rejection } from '../../engine/rejection.js';
import { References } from '../competition-reference.js';
import { COMPETITIONS } from '../paths.js';
import { represent } from '../representation.js';
import { NOTHING_HAS_IT } from '../request/path.pipes.js';
import { InCompetition } from '../request/path.js';
import { CompetitionBody, SettingsBody } from './bodies.js';

/** Competitions and their settings. */
@Controller(COMPETITIONS)
export class CompetitionsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  @Get()
  async competitions(): Promise<object[]> {
    const rows = await this.database.read((tables) => tables.select().from(competitions).innerJoin(tracks, eq(competitions.trackId, tracks.id)).orderBy(asc(competitions.id)));
    return rows.map(shown);
  }

  @Post()
  @HttpCode(200)
  async addCompetition(@Body() body: CompetitionBody): Promise<object> {
    return this.competition(String(await this.database.transaction((tables) => insertCompetition(tables, body))));
  }

  @Get('filter/code/:code')
  async competitionByCode(@Param('code') code: string): Promise<object> {
    return this.byId(await this.references.competitionLike(code));
  }

  @Get(':competition_id')
  async competition(@InCompetition() reference: string): Promise<object> {
    return this.byId(await this.references.competition(reference));
  }

  /** Removes a competition with all that belongs to it. */
  @Delete(':competition_id')
  @Needs('admin')
  async remove(@InCompetition() reference: string): Promise<object> {
    const id = (await this.references.competition(reference)) ?? NOTHING_HAS_IT;
    await this.database.transaction(async (tables) => {
      await tables.delete(timingHistory).where(eq(timingHistory.competitionId, id));
      await tables.delete(competitions).where(eq(competitions.id, id));
    });
    this.references.forget();
    return {};
  }

  @Get(':competition_id/settings')
  async settings(@InCompetition() reference: string): Promise<object> {
    const id = (await this.references.competition(reference)) ?? NOTHING_HAS_IT;
    const [row] = await this.database.read((tables) => tables.select().from(settings).where(eq(settings.competitionId, id)));
    return row === undefined ? {} : represent(row, ['competitionId']);
  }

  @Put(':competition_id/settings')
  async changeSettings(@InCompetition() reference: string, @Body() body: SettingsBody): Promise<object> {
    const id = (await this.references.competition(reference)) ?? NOTHING_HAS_IT;
    const [row] = await this.database.transaction((tables) => tables.update(settings).set(settingsOf(body)).where(eq(settings.competitionId, id)).returning());
    if (row === undefined) throw new Rejection(400, noCompetition(reference));
    return represent(row, ['competitionId']);
  }

  private async byId(id: number | null): Promise<object> {
    if (id === null) return {};
    const [row] = await this.database.read((tables) => tables.select().from(competitions).innerJoin(tracks, eq(competitions.trackId, tracks.id)).where(eq(competitions.id, id)));
    return row === undefined ? {} : shown(row);
  }
}

/** The competition with its settings and its first state. @throws Rejection 400 when its code or name is taken, or there is no such track */
async function insertCompetition(tables: Sql, body: CompetitionBody): Promise<number> {
  const [same] = await tables.select().from(competitions).where(eq(competitions.competitionCode, body.competition_code));
  if (same !== undefined) throw new Rejection(400, `There is already a competition with the code "${body.competition_code}".`);
  const values = { trackId: body.track_id, competitionCode: body.competition_code, name: body.name, description: body.description };
  const [row] = await tables.insert(competitions).values(values).returning({ id: competitions.id });
  if (row === undefined) throw new Rejection(400, NOTHING_WRITTEN);
  const first = { competitionId: row.id, status: 'paused', stage: 'free-practice', remainingLength: 0, remainingLengthUnit: 'laps' };
  await tables.insert(settings).values({ competitionId: row.id, ...settingsOf(body.settings) });
  await tables.insert(metadataCurrent).values(first);
  await tables.insert(metadataHistory).values(first);
  return row.id;
}

function settingsOf(body: SettingsBody): Pick<typeof settings.$inferInsert, 'length' | 'lengthUnit' | 'pitTime' | 'minNumberPits'> {
  return { length: body.length, lengthUnit: body.length_unit, pitTime: body.pit_time, minNumberPits: body.min_number_pits };
}

function shown(row: { competitions: typeof competitions.$inferSelect; tracks: typeof tracks.$inferSelect }): object {
  return { ...represent(row.competitions, ['trackId', 'change', 'changedAtMs', 'session']), track: represent(row.tracks) };
}
