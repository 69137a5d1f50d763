import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/pg-proxy/migrator';
import { openDatabase } from './open-database.js';
import { PgliteDatabase } from './pglite-database.js';

const MIGRATIONS = fileURLToPath(new URL('../../drizzle', import.meta.url));
const JOURNAL = 'meta/_journal.json';
const LIMIT_MS = 120_000;

interface Journal {
  entries: { tag: string }[];
}

const journal = (folder: string): Journal => JSON.parse(readFileSync(join(folder, JOURNAL), 'utf8')) as Journal;
const VERSIONS = journal(MIGRATIONS).entries.map(({ tag }) => tag);

/** A database as it was when `version` was the last migration, with a track and the keys that the settings made then. */
async function databaseOf(version: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'lts-migrations-'));
  const migrations = join(folder, 'drizzle');
  cpSync(MIGRATIONS, migrations, { recursive: true });
  const present = journal(migrations);
  writeFileSync(join(migrations, JOURNAL), JSON.stringify({ ...present, entries: present.entries.slice(0, VERSIONS.indexOf(version) + 1) }));
  const database = await PgliteDatabase.open(join(folder, 'database'));
  await database.transaction(async (tables) => {
    const run = async (queries: string[]): Promise<void> => {
      for (const query of queries) await tables.execute(sql.raw(query));
    };
    await migrate(tables, run, { migrationsFolder: migrations });
    await tables.execute(sql`insert into tracks (name) values ('Hill Ring')`);
    await tables.execute(sql`insert into api_auth (key_hash, name, role) values ('a', 'admin', 'admin'), ('b', 'pipeline', 'batch')`);
  });
  await database.close();
  return join(folder, 'database');
}

describe(openDatabase.name, () => {
  it.each(VERSIONS)('brings a database of the version %s up to date, with what it holds', async (version) => {
    const folder = await databaseOf(version);
    const database = await openDatabase({ url: null, folder });
    const found = await database.read(async (tables) => [await tables.execute(sql`select name from tracks`), await tables.execute(sql`select count(*)::int as count from bearers`)]);
    expect(found).toEqual([[{ name: 'Hill Ring' }], [{ count: 0 }]]);
    await database.close();
  }, LIMIT_MS);

  it('keeps a made-up key of an administrator, and leaves the keys of the settings to the settings', async () => {
    const database = await openDatabase({ url: null, folder: await databaseOf('0001_changed_at') });
    expect(await database.read((tables) => tables.execute(sql`select name, role from api_auth`))).toEqual([{ name: 'first admin', role: 'admin' }]);
    await database.close();
  }, LIMIT_MS);
});
