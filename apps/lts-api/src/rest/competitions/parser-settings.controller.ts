import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { and, asc, eq } from 'drizzle-orm';
import { parserSettings } from '../../database/schema.js';
import { NOTHING_WRITTEN } from '../../engine/messages.js';
import { Rejection } from '../../engine/rejection.js';
import { DirectWrites } from '../direct-writes.js';
import { ofCompetition } from '../paths.js';
import { RaceState } from '../race-state.js';
import { represent } from '../representation.js';
import { InCompetition } from '../request/path.js';
import { ParserSettingBody, ParserSettingValueBody } from './bodies.js';

/** Settings of the parser. A person's setting wins over what the feed says. */
@Controller(ofCompetition('parsers/settings'))
export class ParserSettingsController {
  constructor(
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get()
  settings(@InCompetition() reference: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => (await tables.select().from(parserSettings).where(eq(parserSettings.competitionId, id)).orderBy(asc(parserSettings.id))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  @Get(':name')
  setting(@InCompetition() reference: string, @Param('name') name: string): Promise<object> {
    return this.state.parserSetting(reference, name);
  }

  /** @throws Rejection 400 when the name exists already */
  @Post()
  @HttpCode(200)
  async add(@InCompetition() reference: string, @Body() { name, value }: ParserSettingBody): Promise<object> {
    const competitionId = await this.writes.competition(reference);
    const [row] = await this.writes.write(competitionId, (tables) => tables.insert(parserSettings).values({ competitionId, name, value, source: 'user' }).onConflictDoNothing().returning({ id: parserSettings.id }));
    if (row === undefined) throw new Rejection(400, `The setting "${name}" (competition=${competitionId}) already exists.`);
    return this.state.parserSetting(reference, name);
  }

  @Put(':name')
  async change(@InCompetition() reference: string, @Param('name') name: string, @Body() { value }: ParserSettingValueBody): Promise<object> {
    const competitionId = await this.writes.competition(reference);
    const where = and(eq(parserSettings.competitionId, competitionId), eq(parserSettings.name, name));
    const [row] = await this.writes.write(competitionId, (tables) => tables.update(parserSettings).set({ value, source: 'user' }).where(where).returning({ id: parserSettings.id }));
    if (row === undefined) throw new Rejection(400, NOTHING_WRITTEN);
    return this.state.parserSetting(reference, name);
  }

  @Delete()
  async remove(@InCompetition() reference: string): Promise<object> {
    const id = await this.writes.competition(reference);
    await this.writes.write(id, (tables) => tables.delete(parserSettings).where(eq(parserSettings.competitionId, id)));
    return {};
  }
}
