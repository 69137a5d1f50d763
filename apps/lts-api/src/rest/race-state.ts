import { Inject, Injectable } from '@nestjs/common';
import { and, eq } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { drivers, metadataCurrent, parserSettings, teams, timingCurrent } from '../database/schema.js';
import { References, teamId } from './competition-reference.js';
import { driverRows, teamRows, timingRows } from './race-state.rows.js';
import { represent } from './representation.js';

/** Single things of a competition as the contract shows them; `{}` where there is none. Reads and answers to writes share it. */
@Injectable()
export class RaceState {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  metadata(reference: string): Promise<object> {
    return this.one(reference, async (tables, id) => (await tables.select().from(metadataCurrent).where(eq(metadataCurrent.competitionId, id))).map((row) => represent(row, ['competitionId'])));
  }

  parserSetting(reference: string, name: string): Promise<object> {
    const { competitionId, name: nameColumn } = parserSettings;
    return this.one(reference, async (tables, id) => (await tables.select().from(parserSettings).where(and(eq(competitionId, id), eq(nameColumn, name)))).map((row) => represent(row, ['id', 'competitionId'])));
  }

  team(reference: string, team: string): Promise<object> {
    return this.one(reference, async (tables, id) => teamRows(tables, and(eq(teams.competitionId, id), eq(teams.id, await teamId(tables, id, team)))));
  }

  driver(reference: string, driver: number): Promise<object> {
    return this.one(reference, (tables, id) => driverRows(tables, and(eq(drivers.competitionId, id), eq(drivers.id, driver))));
  }

  teamTiming(reference: string, team: string): Promise<object> {
    return this.one(reference, async (tables, id) => timingRows(tables, timingCurrent, and(eq(timingCurrent.competitionId, id), eq(timingCurrent.teamId, await teamId(tables, id, team)))));
  }

  /** What `read` finds in the competition; empty when there is no such competition. */
  async list(reference: string, read: (tables: Sql, competitionId: number) => Promise<object[]>): Promise<object[]> {
    const id = await this.references.competition(reference);
    return id === null ? [] : this.database.read((tables) => read(tables, id));
  }

  /** The first thing that `read` finds, `{}` when there is none. */
  async one(reference: string, read: (tables: Sql, competitionId: number) => Promise<object[]>): Promise<object> {
    return (await this.list(reference, read))[0] ?? {};
  }
}
