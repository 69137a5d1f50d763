import { Body, Controller, HttpCode, Inject, Param, ParseIntPipe, Post, Put } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import type { Sql } from '../database/connection.js';
import { drivers, teams } from '../database/schema.js';
import { Rejection } from '../engine/rejection.js';
import { teamId } from './competition-reference.js';
import { DirectWrites, type Fields, needed } from './direct-writes.js';
import { RaceState } from './race-state.js';

const FIELDS = ['participant_code', 'name', 'number'];

/** The contract's writes of drivers, with and without a team. */
@Controller('v1/c/:competition')
export class DriversController {
  constructor(
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Post('teams/:team/drivers')
  @HttpCode(200)
  async addToTeam(@Param('competition') reference: string, @Param('team') team: string, @Body() body: Fields): Promise<object> {
    const competition = await this.writes.competition(reference);
    const values = valuesOf(body);
    const id = await this.writes.write(competition, async (tables) => {
      const ofTeam = await teamId(tables, competition, team);
      const [known] = await tables.select().from(teams).where(and(eq(teams.competitionId, competition), eq(teams.id, ofTeam)));
      if (known === undefined) throw new Rejection(400, 'No data was inserted or updated.');
      return insert(tables, { competitionId: competition, teamId: ofTeam, ...values }, and(eq(drivers.teamId, ofTeam), eq(drivers.name, values.name)));
    });
    return this.state.driver(reference, String(id));
  }

  /** A driver without a team; refused when any driver of the competition has the name. */
  @Post('drivers')
  @HttpCode(200)
  async add(@Param('competition') reference: string, @Body() body: Fields): Promise<object> {
    const competition = await this.writes.competition(reference);
    const values = valuesOf(body);
    const id = await this.writes.write(competition, (tables) =>
      insert(tables, { competitionId: competition, teamId: null, ...values }, and(eq(drivers.competitionId, competition), eq(drivers.name, values.name))),
    );
    return this.state.driver(reference, String(id));
  }

  @Put('drivers/:driver')
  async change(@Param('competition') reference: string, @Param('driver', ParseIntPipe) driver: number, @Body() body: Fields): Promise<object> {
    const competition = await this.writes.competition(reference);
    const values = valuesOf(body);
    const [row] = await this.writes.write(competition, (tables) =>
      tables.update(drivers).set(values).where(and(eq(drivers.competitionId, competition), eq(drivers.id, driver))).returning({ id: drivers.id }),
    );
    if (row === undefined) throw new Rejection(400, `The driver with ID=${driver} does not exist.`);
    return this.state.driver(reference, String(driver));
  }
}

function valuesOf(body: Fields): Pick<typeof drivers.$inferInsert, 'participantCode' | 'name' | 'number'> {
  const fields = needed(body, FIELDS);
  return { participantCode: fields.text('participant_code'), name: fields.text('name'), number: fields.intOrNull('number') };
}

async function insert(tables: Sql, values: typeof drivers.$inferInsert, same: ReturnType<typeof and>): Promise<number> {
  const [taken] = await tables.select({ id: drivers.id }).from(drivers).where(same);
  if (taken !== undefined) throw new Rejection(400, `The driver "${values.name}" (team=${values.teamId ?? 'None'}) already exists.`);
  const [row] = await tables.insert(drivers).values(values).returning({ id: drivers.id });
  return row?.id ?? -1;
}
