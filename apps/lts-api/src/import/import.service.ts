import { Inject, Injectable } from '@nestjs/common';
import { type SQL, asc, getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { AuthService } from '../auth/auth.service.js';
import { Database, type Sql } from '../database/connection.js';
import * as schema from '../database/schema.js';
import { ChangeFeed } from '../engine/change-feed.js';
import { Rejection, isRefusal, refusalText } from '../engine/rejection.js';
import { References } from '../rest/competition-reference.js';
import { dateText } from '../rest/representation.js';
import { type GivenTables, ourRow } from './original-row.js';
import { ORIGINAL_TABLES, type OriginalTable } from './original-tables.js';
import { SPECIAL_TABLES } from './special-tables.js';

/** Rows written by one statement. */
const MOST_ROWS = 500;

/** Moves the original's data over: in its own table and column names, ids included. */
@Injectable()
export class ImportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuthService) private readonly auth: AuthService,
    @Inject(References) private readonly references: References,
    @Inject(ChangeFeed) private readonly feed: ChangeFeed,
  ) {}

  /**
   * Loads rows in one transaction, after emptying everything when `isAnew`; later ids follow on.
   *
   * @returns how many rows of each table were given
   * @throws Rejection 422 for a table, column or value that the original has not, 400 for rows that contradict others
   */
  async load(given: GivenTables, isAnew: boolean): Promise<Record<string, number>> {
    checkNames([...given.keys()]);
    await this.database.transaction(async (tables) => {
      if (isAnew) await empty(tables);
      for (const table of ORIGINAL_TABLES) await loadTable(tables, table, given.get(table.name) ?? []);
      for (const [name, special] of SPECIAL_TABLES) await named(name, () => special.load(tables, given.get(name) ?? [], this.auth));
      await followOn(tables);
      // above every counter so far: what any instance remembers of a competition no longer agrees
      await tables.execute(sql`update "competitions" set "change" = greatest("change" + 1, ${Date.now()})`);
    });
    await this.tellEverybody();
    return Object.fromEntries([...given].map(([name, rows]) => [name, rows.length]));
  }

  /** Columns of tables, row by row in the order of the primary key. @throws Rejection 422 for a name that the original has not */
  async rows(asked: ReadonlyMap<string, readonly string[]>): Promise<Record<string, unknown[][]>> {
    checkNames([...asked.keys()]);
    return this.database.read(async (tables) => {
      const found: Record<string, unknown[][]> = {};
      for (const [name, columns] of asked) found[name] = await readTable(tables, name, columns);
      return found;
    });
  }

  private async tellEverybody(): Promise<void> {
    this.auth.forget();
    this.references.forget();
    const competitions = await this.database.read((tables) => tables.select({ competitionId: schema.competitions.id, change: schema.competitions.change, session: schema.competitions.session }).from(schema.competitions));
    for (const competition of competitions) this.feed.emit({ ...competition, book: null, anew: true, metadata: true, teamIds: new Set(), removedTeamIds: new Set(), lastFrameAtMs: null });
  }
}

function checkNames(names: readonly string[]): void {
  const unknown = names.find((name) => !SPECIAL_TABLES.has(name) && ORIGINAL_TABLES.every((table) => table.name !== name));
  if (unknown !== undefined) throw new Rejection(422, `${unknown} is no table of the original.`);
}

async function empty(tables: Sql): Promise<void> {
  const names = Object.values(schema).filter((table) => is(table, PgTable)).map((table) => `"${getTableName(table)}"`);
  await tables.execute(sql.raw(`truncate table ${names.join(', ')} restart identity cascade`));
}

async function loadTable(tables: Sql, original: OriginalTable, rows: readonly Record<string, unknown>[]): Promise<void> {
  const ours = rows.map((row, index) => ourRow(original, row, index));
  for (let start = 0; start < ours.length; start += MOST_ROWS) {
    await named(original.name, () => tables.insert(original.table).values(ours.slice(start, start + MOST_ROWS)));
  }
}

/** Says in which table the database found something wrong. @throws Rejection 400 */
async function named(table: string, work: () => PromiseLike<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new Rejection(400, `${table}: ${refusalText(error)}`);
  }
}

/** The next id of each table is above all that it holds. */
async function followOn(tables: Sql): Promise<void> {
  for (const { table, key } of ORIGINAL_TABLES) if (key === 'id') await tables.execute(followOnOf(getTableName(table)));
  await tables.execute(followOnOf(getTableName(schema.apiAuth)));
}

function followOnOf(table: string): SQL {
  return sql.raw(`select setval('"${table}_id_seq"', greatest((select max("id") from "${table}"), (select "last_value" from "${table}_id_seq"))) where exists (select 1 from "${table}")`);
}

async function readTable(tables: Sql, name: string, columns: readonly string[]): Promise<unknown[][]> {
  const special = SPECIAL_TABLES.get(name);
  const original = ORIGINAL_TABLES.find((table) => table.name === name);
  const known = special?.columns ?? Object.keys(original?.columns ?? {});
  const unknown = columns.find((column) => !known.includes(column));
  if (unknown !== undefined) throw new Rejection(422, `${name}.${unknown} is no column of the original.`);
  if (special !== undefined) return (await special.read(tables)).map((row) => columns.map((column) => row[column] ?? null));
  return original === undefined ? [] : readOriginal(tables, original, columns);
}

async function readOriginal(tables: Sql, original: OriginalTable, columns: readonly string[]): Promise<unknown[][]> {
  const key = getTableColumns(original.table)[original.key];
  if (key === undefined) return [];
  const rows = await tables.select().from(original.table).orderBy(asc(key));
  return rows.map((row) => columns.map((column) => cell(row, original.columns[column])));
}

function cell(row: object, column: OriginalTable['columns'][string] | undefined): unknown {
  const value: unknown = typeof column?.property === 'string' ? Reflect.get(row, column.property) : null;
  return column?.kind === 'date' && typeof value === 'string' ? dateText(value) : (value ?? null);
}
