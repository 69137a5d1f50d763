import { Body, Controller, Delete, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { parserSettings } from '../database/schema.js';
import { EngineService } from '../engine/engine.service.js';
import { applyRouted, route } from '../engine/operation-table.js';
import { addTeam, changeTeam } from '../engine/operations/participants.js';
import { Rejection } from '../engine/rejection.js';
import { DirectWrites, type Fields, needed } from './direct-writes.js';
import { RaceState } from './race-state.js';

/** The contract's writes of single things; each goes through the engine like an operation of a batch. */
@Controller('v1/c/:competition')
export class RaceWritesController {
  constructor(
    @Inject(EngineService) private readonly engine: EngineService,
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Put('metadata')
  async metadata(@Param('competition') reference: string, @Body() body: Fields): Promise<object> {
    await this.apply(reference, 'metadata', body, ['status', 'stage', 'remaining_length', 'remaining_length_unit']);
    return this.state.metadata(reference);
  }

  @Put('metadata/:field')
  async metadataField(@Param('competition') reference: string, @Param('field') field: string, @Body() body: Fields): Promise<object> {
    await this.apply(reference, `metadata/${field}`, body, field === 'remaining_length' ? [field, 'remaining_length_unit'] : [field]);
    return this.state.metadata(reference);
  }

  @Post('teams')
  @HttpCode(200)
  async addTeam(@Param('competition') reference: string, @Body() body: Fields): Promise<object> {
    const required = needed(body, ['participant_code', 'name', 'number']);
    const team = await this.engine.change(await this.writes.competition(reference), ['teams'], (context) => addTeam(context, required));
    return this.state.team(reference, String(team.id));
  }

  @Put('teams/:team')
  async changeTeam(@Param('competition') reference: string, @Param('team') team: string, @Body() body: Fields): Promise<object> {
    const required = needed(body, ['participant_code', 'name', 'number']);
    const changed = await this.engine.change(await this.writes.competition(reference), [], (context) => changeTeam(context, Number(team), required));
    return this.state.team(reference, String(changed.id));
  }

  @Put('drivers/:driver/:field')
  async driverField(@Param('competition') reference: string, @Param('driver') driver: string, @Param('field') field: string, @Body() body: Fields): Promise<object> {
    await this.apply(reference, `drivers/${encodeURIComponent(driver)}/${field}`, body, [field]);
    return this.state.driver(reference, driver);
  }

  @Put('timing/teams/:team')
  async timing(@Param('competition') reference: string, @Param('team') team: string, @Body() body: Fields): Promise<object> {
    const fields = ['driver_id', 'position', 'last_time', 'best_time', 'lap', 'gap', 'gap_unit', 'interval', 'interval_unit', 'stage', 'pit_time', 'kart_status', 'fixed_kart_status', 'number_pits'];
    await this.apply(reference, `timing/teams/${encodeURIComponent(team)}`, body, fields);
    return this.state.teamTiming(reference, team);
  }

  @Put('timing/teams/:team/:field')
  async timingField(@Param('competition') reference: string, @Param('team') team: string, @Param('field') field: string, @Body() body: Fields): Promise<object> {
    const fields = field === 'driver' ? ['driver_id'] : field === 'gap' || field === 'interval' ? [field, `${field}_unit`] : [field];
    await this.apply(reference, `timing/teams/${encodeURIComponent(team)}/${field}`, body, fields);
    return this.state.teamTiming(reference, team);
  }

  /** A person's setting wins over what the feed says. @throws Rejection 400 when the name exists already */
  @Post('parsers/settings')
  @HttpCode(200)
  async addParserSetting(@Param('competition') reference: string, @Body() body: Fields): Promise<object> {
    const fields = needed(body, ['name', 'value']);
    const name = fields.text('name');
    const competitionId = await this.writes.competition(reference);
    const [row] = await this.writes.write(competitionId, (tables) => tables.insert(parserSettings).values({ competitionId, name, value: fields.text('value'), source: 'user' }).onConflictDoNothing().returning());
    if (row === undefined) throw new Rejection(400, `The setting "${name}" (competition=${competitionId}) already exists.`);
    return this.state.parserSetting(reference, name);
  }

  @Put('parsers/settings/:name')
  async changeParserSetting(@Param('competition') reference: string, @Param('name') name: string, @Body() body: Fields): Promise<object> {
    const value = needed(body, ['value']).text('value');
    const competitionId = await this.writes.competition(reference);
    const where = and(eq(parserSettings.competitionId, competitionId), eq(parserSettings.name, name));
    const [row] = await this.writes.write(competitionId, (tables) => tables.update(parserSettings).set({ value, source: 'user' }).where(where).returning());
    if (row === undefined) throw new Rejection(400, 'No data was inserted or updated.');
    return this.state.parserSetting(reference, name);
  }

  @Delete('parsers/settings')
  async removeParserSettings(@Param('competition') reference: string): Promise<object> {
    const id = await this.writes.competition(reference).catch(() => -1);
    await this.writes.write(id, (tables) => tables.delete(parserSettings).where(eq(parserSettings.competitionId, id)));
    return {};
  }

  private async apply(reference: string, path: string, body: Fields, fields: readonly string[]): Promise<void> {
    needed(body, fields);
    const routed = route({ id: '', method: 'PUT', path: `/v1/c/~/${path}`, body });
    await this.engine.change(await this.writes.competition(reference), [], (context) => applyRouted(context, routed));
  }
}
