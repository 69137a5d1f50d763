import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { drizzle } from 'drizzle-orm/pg-proxy';

/** Drizzle over one connection; inside `transaction` all statements share it. */
export type Sql = PgRemoteDatabase;

/** One statement sent to a database; rows as arrays of columns, or as objects by column name. */
export type Execute = (sql: string, params: readonly unknown[], rows: 'arrays' | 'objects') => Promise<unknown[]>;

/** A database that speaks PostgreSQL. */
export abstract class Database {
  /** What it is, for health: `pglite` or `postgres`. */
  abstract readonly kind: 'pglite' | 'postgres';

  /** Runs statements that only read. */
  abstract read<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;

  /**
   * Runs statements in one transaction: all or none. A statement may be sent before the one before it has been answered;
   * they run in the order of the calls, and after one that fails the others of the transaction fail, too.
   */
  abstract transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;

  /** Resolves when the database answers. @throws PipelineError `LTS_DATABASE_UNAVAILABLE` */
  abstract check(): Promise<void>;

  abstract close(): Promise<void>;
}

/** Drizzle on any connection that runs statements one after the other, in the order of the calls. */
export function sqlOn(execute: Execute): Sql {
  return drizzle(async (text, params: unknown[], method) => ({ rows: await execute(text, params, method === 'all' ? 'arrays' : 'objects') }), { casing: 'snake_case' });
}
