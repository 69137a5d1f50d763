import { Inject, Injectable } from '@nestjs/common';
import { eq } from 'drizzle-orm';
import { Database, type Sql } from '../database/connection.js';
import { competitions, teams } from '../database/schema.js';
import { alikeFirst } from './same-letters.js';

const MOST_REMEMBERED = 1_000;

/** Finds competitions and teams by what stands in a path: a number, or `~code`. */
@Injectable()
export class References {
  private readonly ids = new Map<string, number>();

  constructor(@Inject(Database) private readonly database: Database) {}

  /** Id of the competition, null when there is none. */
  async competition(reference: string): Promise<number | null> {
    if (!reference.startsWith('~')) return /^\d{1,9}$/.test(reference) ? Number(reference) : null;
    const known = this.ids.get(reference);
    if (known !== undefined) return known;
    const [row] = await this.database.read((tables) => tables.select({ id: competitions.id }).from(competitions).where(eq(competitions.competitionCode, reference.slice(1))));
    if (row === undefined) return null;
    if (this.ids.size >= MOST_REMEMBERED) this.ids.clear();
    this.ids.set(reference, row.id);
    return row.id;
  }

  /** Id of the competition with that code, else of one whose code differs in case and accents only; null when there is none. */
  async competitionLike(code: string): Promise<number | null> {
    const exact = await this.competition(`~${code}`);
    if (exact !== null) return exact;
    const rows = await this.database.read((tables) => tables.select({ id: competitions.id, code: competitions.competitionCode }).from(competitions).orderBy(competitions.id));
    return alikeFirst(rows, 'code', code)[0]?.id ?? null;
  }

  /** Forgets where a competition stood, after it was removed. */
  forget(): void {
    this.ids.clear();
  }
}

/** Id of a team by `~code` or number; -1, which no team has, when there is none. */
export async function teamId(tables: Sql, competitionId: number, reference: string): Promise<number> {
  if (!reference.startsWith('~')) return /^\d{1,9}$/.test(reference) ? Number(reference) : -1;
  const rows = await tables.select({ id: teams.id, code: teams.participantCode }).from(teams).where(eq(teams.competitionId, competitionId));
  return rows.find(({ code }) => code === reference.slice(1))?.id ?? -1;
}
