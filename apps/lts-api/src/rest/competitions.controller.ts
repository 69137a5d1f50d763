import { Body, Controller, Delete, Get, HttpCode, HttpException, Inject, Param, ParseIntPipe, Post, Put } from '@nestjs/common';
import { asc, eq } from 'drizzle-orm';
import { Needs } from '../auth/roles.js';
import { Database } from '../database/connection.js';
import { competitions, metadataCurrent, metadataHistory, settings, timingHistory, tracks } from '../database/schema.js';
import { References } from './competition-reference.js';
import { CompetitionDto, SettingsDto, TrackDto } from './competitions.dto.js';
import { represent } from './representation.js';

const NOTHING_WRITTEN = 'No data was inserted or updated.';

/** Tracks, competitions and their settings. */
@Controller('v1')
export class CompetitionsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  @Get('tracks')
  async tracks(): Promise<object[]> {
    const rows = await this.database.read((tables) => tables.select().from(tracks).orderBy(asc(tracks.id)));
    return rows.map((row) => represent(row));
  }

  @Post('tracks')
  @HttpCode(200)
  async addTrack(@Body() { name }: TrackDto): Promise<object> {
    const [row] = await this.database.transaction((tables) => tables.insert(tracks).values({ name }).onConflictDoNothing().returning());
    if (row === undefined) throw new HttpException(NOTHING_WRITTEN, 400);
    return represent(row);
  }

  @Put('tracks/:id')
  async changeTrack(@Param('id', ParseIntPipe) id: number, @Body() { name }: TrackDto): Promise<object> {
    const [row] = await this.database.transaction((tables) => tables.update(tracks).set({ name }).where(eq(tracks.id, id)).returning());
    if (row === undefined) throw new HttpException(`The track with ID=${id} does not exist.`, 400);
    return represent(row);
  }

  @Get('c')
  async competitions(): Promise<object[]> {
    const rows = await this.database.read((tables) => tables.select().from(competitions).innerJoin(tracks, eq(competitions.trackId, tracks.id)).orderBy(asc(competitions.id)));
    return rows.map(shown);
  }

  @Post('c')
  @HttpCode(200)
  async addCompetition(@Body() body: CompetitionDto): Promise<object> {
    const id = await this.database.transaction(async (tables) => {
      const [same] = await tables.select().from(competitions).where(eq(competitions.competitionCode, body.competition_code));
      if (same !== undefined) throw new HttpException(`There is already a competition with the code "${body.competition_code}".`, 400);
      const [track] = await tables.select().from(tracks).where(eq(tracks.id, body.track_id));
      const values = { trackId: body.track_id, competitionCode: body.competition_code, name: body.name, description: body.description };
      const [row] = track === undefined ? [] : await tables.insert(competitions).values(values).onConflictDoNothing().returning();
      if (row === undefined) throw new HttpException(NOTHING_WRITTEN, 400);
      const first = { competitionId: row.id, status: 'paused', stage: 'free-practice', remainingLength: 0, remainingLengthUnit: 'laps' };
      await tables.insert(settings).values({ competitionId: row.id, ...settingsOf(body.settings) });
      await tables.insert(metadataCurrent).values(first);
      await tables.insert(metadataHistory).values(first);
      return row.id;
    });
    return this.competition(String(id));
  }

  @Get('c/filter/code/:code')
  competitionByCode(@Param('code') code: string): Promise<object> {
    return this.competition(`~${code}`);
  }

  @Get('c/:competition')
  async competition(@Param('competition') reference: string): Promise<object> {
    const id = (await this.references.competition(reference)) ?? -1;
    const [row] = await this.database.read((tables) => tables.select().from(competitions).innerJoin(tracks, eq(competitions.trackId, tracks.id)).where(eq(competitions.id, id)));
    return row === undefined ? {} : shown(row);
  }

  /** Removes a competition with all that belongs to it. */
  @Delete('c/:competition')
  @Needs('admin')
  async remove(@Param('competition') reference: string): Promise<object> {
    const id = (await this.references.competition(reference)) ?? -1;
    await this.database.transaction(async (tables) => {
      await tables.delete(timingHistory).where(eq(timingHistory.competitionId, id));
      await tables.delete(competitions).where(eq(competitions.id, id));
    });
    this.references.forget();
    return {};
  }

  @Get('c/:competition/settings')
  async settings(@Param('competition') reference: string): Promise<object> {
    const id = (await this.references.competition(reference)) ?? -1;
    const [row] = await this.database.read((tables) => tables.select().from(settings).where(eq(settings.competitionId, id)));
    return row === undefined ? {} : represent(row, ['competitionId']);
  }

  @Put('c/:competition/settings')
  async changeSettings(@Param('competition') reference: string, @Body() body: SettingsDto): Promise<object> {
    const id = (await this.references.competition(reference)) ?? -1;
    const [row] = await this.database.transaction((tables) => tables.update(settings).set(settingsOf(body)).where(eq(settings.competitionId, id)).returning());
    if (row === undefined) throw new HttpException(`The competition with ID=${reference} does not exist.`, 400);
    return represent(row, ['competitionId']);
  }
}

function settingsOf(body: SettingsDto): Pick<typeof settings.$inferInsert, 'length' | 'lengthUnit' | 'pitTime' | 'minNumberPits'> {
  return { length: body.length, lengthUnit: body.length_unit, pitTime: body.pit_time, minNumberPits: body.min_number_pits };
}

function shown(row: { competitions: typeof competitions.$inferSelect; tracks: typeof tracks.$inferSelect }): object {
  return { ...represent(row.competitions, ['trackId', 'change', 'changedAtMs', 'session']), track: represent(row.tracks) };
}
