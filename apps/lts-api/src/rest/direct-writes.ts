import { Inject, Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { competitions } from '../database/schema.js';
import { References } from './competition-reference.js';
import { NOTHING_HAS_IT } from './request/path.pipes.js';

/** Writes of single things that go beside the engine. */
@Injectable()
export class DirectWrites {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  /** Id of the competition; one that nothing has when there is none. */
  async competition(reference: string): Promise<number> {
    return (await this.references.competition(reference)) ?? NOTHING_HAS_IT;
  }

  /** The change counter rises, so that no instance goes on with what it remembers of the competition. */
  write<Result>(competitionId: number, work: (tables: Sql) => Promise<Result>): Promise<Result> {
    return this.database.transaction(async (tables) => {
      await tables.update(competitions).set({ change: sql`${competitions.change} + 1`, updateDate: sql`${competitions.updateDate}` }).where(eq(competitions.id, competitionId));
      return work(tables);
    });
  }
}
