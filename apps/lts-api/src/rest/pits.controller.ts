import { Body, Controller, Get, HttpCode, Inject, Param, ParseIntPipe, Post, Put } from '@nestjs/common';
import { and, desc, eq } from 'drizzle-orm';
import { type Sql } from '../database/connection.js';
import { pitsIn, pitsOut } from '../database/schema.js';
import type { Body as CheckedBody } from '../engine/body.js';
import { Rejection } from '../engine/rejection.js';
import { KART_STATUSES } from '../engine/vocabulary.js';
import { teamId } from './competition-reference.js';
import { DirectWrites, type Fields, needed } from './direct-writes.js';
import { RaceState } from './race-state.js';
import { pitInRows, pitOutRows } from './race-state.rows.js';

/** Fields of a single-field route and what each reads. */
const ONE_FIELD: Readonly<Record<string, (body: CheckedBody) => Partial<typeof pitsIn.$inferInsert>>> = {
  driver: (body) => ({ driverId: body.intOrNull('driver_id') }),
  pit_time: (body) => ({ pitTime: body.intOrNull('pit_time') }),
  kart_status: (body) => ({ kartStatus: body.oneOf('kart_status', KART_STATUSES) }),
  fixed_kart_status: (body) => ({ fixedKartStatus: body.oneOfOrNull('fixed_kart_status', KART_STATUSES) }),
};

const fieldName = (field: string): string => (field === 'driver' ? 'driver_id' : field);

/** The contract's stops, as entries into and exits from the pit lane. */
@Controller('v1/c/:competition/pits')
export class PitsController {
  constructor(
    @Inject(DirectWrites) private readonly writes: DirectWrites,
    @Inject(RaceState) private readonly state: RaceState,
  ) {}

  @Get('in/filter/team/:team/last')
  lastIn(@Param('competition') reference: string, @Param('team') team: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => (await pitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.teamId, await teamId(tables, id, team))))).reverse());
  }

  @Get('out/filter/team/:team/last')
  lastOut(@Param('competition') reference: string, @Param('team') team: string): Promise<object> {
    return this.state.one(reference, async (tables, id) => (await pitOutRows(tables, and(eq(pitsOut.competitionId, id), eq(pitsOut.teamId, await teamId(tables, id, team))))).reverse());
  }

  @Get('out/filter/team/:team')
  outOfTeam(@Param('competition') reference: string, @Param('team') team: string): Promise<object[]> {
    return this.state.list(reference, async (tables, id) => pitOutRows(tables, and(eq(pitsOut.competitionId, id), eq(pitsOut.teamId, await teamId(tables, id, team)))));
  }

  @Get('in/:pit')
  oneIn(@Param('competition') reference: string, @Param('pit', ParseIntPipe) pit: number): Promise<object> {
    return this.state.one(reference, (tables, id) => pitInRows(tables, and(eq(pitsIn.competitionId, id), eq(pitsIn.id, pit))));
  }

  @Get('out/:pit')
  oneOut(@Param('competition') reference: string, @Param('pit', ParseIntPipe) pit: number): Promise<object> {
    return this.state.one(reference, (tables, id) => pitOutRows(tables, and(eq(pitsOut.competitionId, id), eq(pitsOut.id, pit))));
  }

  @Post('in')
  @HttpCode(200)
  async addIn(@Param('competition') reference: string, @Body() body: Fields): Promise<object> {
    const competitionId = await this.writes.competition(reference);
    const fields = needed(body, ['team_id', 'driver_id', 'lap', 'pit_time', 'kart_status', 'fixed_kart_status']);
    const values = { competitionId, teamId: fields.intOrNull('team_id'), driverId: fields.intOrNull('driver_id'), lap: fields.int('lap'), pitTime: fields.intOrNull('pit_time'), ...kartOf(fields) };
    const [row] = await this.writes.write(competitionId, (tables) => tables.insert(pitsIn).values(values).returning({ id: pitsIn.id }));
    return this.oneIn(reference, row?.id ?? -1);
  }

  /** Belongs to the team's last entry if that one has no exit yet. */
  @Post('out')
  @HttpCode(200)
  async addOut(@Param('competition') reference: string, @Body() body: Fields): Promise<object> {
    const competitionId = await this.writes.competition(reference);
    const fields = needed(body, ['team_id', 'driver_id', 'kart_status', 'fixed_kart_status']);
    const ofTeam = fields.intOrNull('team_id');
    if (ofTeam === null) throw new Rejection(400, 'A team ID must be provided.');
    const [row] = await this.writes.write(competitionId, async (tables) => {
      const pitInId = await openEntry(tables, ofTeam);
      return tables.insert(pitsOut).values({ competitionId, teamId: ofTeam, driverId: fields.intOrNull('driver_id'), pitInId, ...kartOf(fields) }).returning({ id: pitsOut.id });
    });
    return this.oneOut(reference, row?.id ?? -1);
  }

  @Put('in/:pit')
  changeIn(@Param('competition') reference: string, @Param('pit', ParseIntPipe) pit: number, @Body() body: Fields): Promise<object> {
    const fields = needed(body, ['lap', 'pit_time', 'kart_status', 'fixed_kart_status']);
    return this.changeEntry(reference, pit, { lap: fields.int('lap'), pitTime: fields.intOrNull('pit_time'), ...kartOf(fields) });
  }

  @Put('in/:pit/:field')
  changeInField(@Param('competition') reference: string, @Param('pit', ParseIntPipe) pit: number, @Param('field') field: string, @Body() body: Fields): Promise<object> {
    return this.changeEntry(reference, pit, oneField(field, body));
  }

  @Put('out/:pit')
  changeOut(@Param('competition') reference: string, @Param('pit', ParseIntPipe) pit: number, @Body() body: Fields): Promise<object> {
    return this.changeExit(reference, pit, kartOf(needed(body, ['kart_status', 'fixed_kart_status'])));
  }

  @Put('out/:pit/:field')
  changeOutField(@Param('competition') reference: string, @Param('pit', ParseIntPipe) pit: number, @Param('field') field: string, @Body() body: Fields): Promise<object> {
    if (field === 'pit_time') throw new Rejection(404, 'An exit has no pit_time.');
    return this.changeExit(reference, pit, oneField(field, body));
  }

  private async changeEntry(reference: string, pit: number, values: Partial<typeof pitsIn.$inferInsert>): Promise<object> {
    const id = await this.writes.competition(reference);
    const [row] = await this.writes.write(id, (tables) => tables.update(pitsIn).set(values).where(and(eq(pitsIn.competitionId, id), eq(pitsIn.id, pit))).returning({ id: pitsIn.id }));
    if (row === undefined) throw new Rejection(400, 'The requested pit-in data does not exist.');
    return this.oneIn(reference, pit);
  }

  private async changeExit(reference: string, pit: number, values: Partial<typeof pitsOut.$inferInsert>): Promise<object> {
    const id = await this.writes.competition(reference);
    const [row] = await this.writes.write(id, (tables) => tables.update(pitsOut).set(values).where(and(eq(pitsOut.competitionId, id), eq(pitsOut.id, pit))).returning({ id: pitsOut.id }));
    if (row === undefined) throw new Rejection(400, 'The requested pit-out data does not exist.');
    return this.oneOut(reference, pit);
  }
}

function oneField(field: string, body: Fields): Partial<typeof pitsIn.$inferInsert> {
  const read = ONE_FIELD[field];
  if (read === undefined) throw new Rejection(404, `A stop has no field ${field}.`);
  return read(needed(body, [fieldName(field)]));
}

function kartOf(fields: CheckedBody): { kartStatus: string; fixedKartStatus: string | null } {
  return { kartStatus: fields.oneOf('kart_status', KART_STATUSES), fixedKartStatus: fields.oneOfOrNull('fixed_kart_status', KART_STATUSES) };
}

async function openEntry(tables: Sql, ofTeam: number): Promise<number | null> {
  const [last] = await tables.select({ id: pitsIn.id, out: pitsOut.id }).from(pitsIn).leftJoin(pitsOut, eq(pitsOut.pitInId, pitsIn.id)).where(eq(pitsIn.teamId, ofTeam)).orderBy(desc(pitsIn.id)).limit(1);
  return last?.out === null ? last.id : null;
}
