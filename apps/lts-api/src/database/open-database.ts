import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/pg-proxy/migrator';
import { PipelineError } from '@lts/contracts';
import type { Database } from './connection.js';
import { PgliteDatabase } from './pglite-database.js';
import { PostgresDatabase } from './postgres-database.js';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const MIGRATION_LOCK = 7_221_953;

/** Where the database is: a PostgreSQL server, a folder, or memory (both null). */
export interface DatabasePlace {
  url: string | null;
  folder: string | null;
}

/**
 * Opens the database and brings its tables up to date.
 *
 * @throws PipelineError `LTS_DATABASE_BROKEN` for a folder that does not open or fails its check,
 * `LTS_DATABASE_UNAVAILABLE` while the server is away
 */
export async function openDatabase(place: DatabasePlace): Promise<Database> {
  const database = place.url === null ? await PgliteDatabase.open(place.folder) : new PostgresDatabase(place.url);
  try {
    await bringUpToDate(database);
    return database;
  } catch (error) {
    await database.close().catch(() => undefined);
    if (error instanceof PipelineError || database.kind === 'postgres') throw error;
    throw new PipelineError('LTS_DATABASE_BROKEN', `The database in ${place.folder ?? 'memory'} fails its check.`, { cause: error });
  }
}

/** Several instances may start at once on one server: one migrates, the others wait for it. */
async function bringUpToDate(database: Database): Promise<void> {
  await database.transaction(async (tables) => {
    if (database.kind === 'postgres') await tables.execute(sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await migrate(
      tables,
      async (queries) => {
        for (const query of queries) await tables.execute(sql.raw(query));
      },
      { migrationsFolder: MIGRATIONS },
    );
  });
}
