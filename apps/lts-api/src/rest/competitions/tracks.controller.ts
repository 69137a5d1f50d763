import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { asc, eq } from 'drizzle-orm';
import { Database } from '../../database/connection.js';
import { tracks } from '../../database/schema.js';
import { Rejection } from '../../engine/rejection.js';
import { represent } from '../representation.js';
import { PathId } from '../request/path.pipes.js';
import { TrackBody } from './bodies.js';

/** The circuits. */
@Controller('v1/tracks')
export class TracksController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @Get()
  async tracks(): Promise<object[]> {
    const rows = await this.database.read((tables) => tables.select().from(tracks).orderBy(asc(tracks.id)));
    return rows.map((row) => represent(row));
  }

  @Post()
  @HttpCode(200)
  async addTrack(@Body() { name }: TrackBody): Promise<object> {
    const [row] = await this.database.transaction((tables) => tables.insert(tracks).values({ name }).returning());
    return represent(row ?? {});
  }

  @Put(':track_id')
  async changeTrack(@Param('track_id', PathId) id: number, @Body() { name }: TrackBody): Promise<object> {
    const [row] = await this.database.transaction((tables) => tables.update(tracks).set({ name }).where(eq(tracks.id, id)).returning());
    if (row === undefined) throw new Rejection(400, `The track with ID=${id} does not exist.`);
    return represent(row);
  }
}
