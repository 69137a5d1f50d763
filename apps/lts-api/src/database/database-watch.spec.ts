import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { DatabaseWatch } from './database-watch.js';
import { PgliteDatabase } from './pglite-database.js';

describe(DatabaseWatch.name, () => {
  it('reports a database ready until it does not answer any more', async () => {
    const database = await PgliteDatabase.open(null);
    const watch = new DatabaseWatch(database);
    await pause(1_500);
    expect(watch.report()).toEqual({ ready: true, kind: 'pglite' });
    const worker: unknown = Reflect.get(database, 'worker');
    await (worker as { terminate: () => Promise<number> }).terminate();
    while (watch.report().ready) await pause(100);
    watch.end();
    await database.close();
  }, 60_000);

  it('does not take a transaction that has failed for a database that is away', async () => {
    const database = await PgliteDatabase.open(null);
    const failing = database.transaction(async (tables) => {
      await tables.execute('select * from nowhere').catch(() => undefined);
      await pause(200);
      throw new Error('enough');
    });
    await pause(50);
    await expect(database.check()).resolves.toBeUndefined();
    await expect(failing).rejects.toThrow('enough');
    await database.close();
  }, 60_000);
});
