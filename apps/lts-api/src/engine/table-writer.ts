import { type SQL, getTableColumns, getTableName, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Sql } from '../database/connection.js';

const MOST_ROWS = 2_000;
/** Set by the database. */
const OWN_DATES: ReadonlySet<string> = new Set(['insertDate', 'updateDate']);

interface Column {
  property: string;
  name: string;
  type: string;
}

/**
 * Writes rows of one table set-wise: each column travels as one array, whatever the number of rows.
 * `key` are the properties of the primary key (an existing row is changed), empty for rows that are only appended.
 */
export class TableWriter {
  private readonly columns: readonly Column[];
  private readonly head: SQL;
  private readonly tail: SQL;

  constructor(table: PgTable, key: readonly string[]) {
    const all = Object.entries(getTableColumns(table));
    this.columns = all
      .filter(([property]) => !OWN_DATES.has(property) && (property !== 'id' || key.includes('id')))
      .map(([property, column]) => ({ property, name: snakeCase(property), type: column.getSQLType().replace('serial', 'integer') }));
    const list = this.columns.map(({ name }) => `"${name}"`).join(', ');
    this.head = sql.raw(`insert into "${getTableName(table)}" (${list}) select * from unnest(`);
    this.tail = sql.raw(`)${this.conflict(key, all.some(([property]) => property === 'updateDate'))}`);
  }

  /** Rows by property name; two rows of the same key must not occur in one call. Statements are sent in the order of the calls. */
  async write(tables: Sql, rows: readonly object[]): Promise<void> {
    const sent: PromiseLike<unknown>[] = [];
    for (let start = 0; start < rows.length; start += MOST_ROWS) {
      const slice = rows.slice(start, start + MOST_ROWS);
      const arrays = this.columns.map(({ property, type }) => sql`${arrayLiteral(slice, property)}::text::${sql.raw(type)}[]`);
      sent.push(tables.execute(sql`${this.head}${sql.join(arrays, sql.raw(', '))}${this.tail}`));
    }
    await Promise.all(sent);
  }

  private conflict(key: readonly string[], hasDates: boolean): string {
    if (key.length === 0) return '';
    const changed = this.columns.filter(({ property }) => !key.includes(property)).map(({ name }) => `"${name}" = excluded."${name}"`);
    if (hasDates) changed.push(`"update_date" = (now() at time zone 'utc')`);
    return ` on conflict (${key.map((property) => `"${snakeCase(property)}"`).join(', ')}) do update set ${changed.join(', ')}`;
  }
}

/** A column of rows in PostgreSQL's text form of an array. */
function arrayLiteral(rows: readonly object[], property: string): string {
  return `{${rows.map((row) => element(Reflect.get(row, property))).join(',')}}`;
}

function element(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}

function snakeCase(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
