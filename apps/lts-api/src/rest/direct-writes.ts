import { Inject, Injectable } from '@nestjs/common';
import { eq, sql } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { competitions } from '../database/schema.js';
import { Body } from '../engine/body.js';
import { Rejection } from '../engine/rejection.js';
import { References } from './competition-reference.js';

/** Fields of a request's body, not checked yet. */
export type Fields = Record<string, unknown>;

/** Writes of single things that go beside the engine. */
@Injectable()
export class DirectWrites {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(References) private readonly references: References,
  ) {}

  /** @throws Rejection 400 when there is no such competition */
  async competition(reference: string): Promise<number> {
    const id = await this.references.competition(reference);
    if (id === null) throw new Rejection(400, `The competition with ID=${reference} does not exist.`);
    return id;
  }

  /** The change counter rises, so that no instance goes on with what it remembers of the competition. */
  write<Result>(competitionId: number, work: (tables: Sql) => Promise<Result>): Promise<Result> {
    return this.database.transaction(async (tables) => {
      await tables.update(competitions).set({ change: sql`${competitions.change} + 1` }).where(eq(competitions.id, competitionId));
      return work(tables);
    });
  }
}

/** The body, of which every field named must be there; it may be null. @throws Rejection 422 */
export function needed(body: Fields, names: readonly string[]): Body {
  const missing = names.find((name) => body[name] === undefined);
  if (missing !== undefined) throw new Rejection(422, `${missing} is required.`);
  return new Body(body);
}
