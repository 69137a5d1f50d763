import { describe, expect, it } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { PgliteDatabase } from './pglite-database.js';

describe(PgliteDatabase.name, () => {
  it('answers with an error, at once and from then on, when its thread dies', async () => {
    const database = await PgliteDatabase.open(null);
    await expect(database.check()).resolves.toBeUndefined();
    const waiting = database.read((tables) => tables.execute(sql`select pg_sleep(30)`));
    const worker: unknown = Reflect.get(database, 'worker');
    await (worker as { terminate: () => Promise<number> }).terminate();
    await expect(waiting).rejects.toMatchObject({ code: 'LTS_DATABASE_UNAVAILABLE' });
    await expect(database.check()).rejects.toMatchObject({ code: 'LTS_DATABASE_UNAVAILABLE' });
    await expect(database.close()).resolves.toBeUndefined();
  }, 60_000);
});
