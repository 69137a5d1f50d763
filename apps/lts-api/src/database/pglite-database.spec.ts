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

  it('answers a statement that comes again as it did the first time, whatever its values hold', async () => {
    const database = await PgliteDatabase.open(null);
    const texts = ["O'Neil", 'a\\b', '$1 "x"', '', 'ñ🏁', '{"a":1}', '100%'];
    const statement = (text: string | null, number: number, isTrue: boolean) => sql`select ${text}::text as text, ${number}::double precision as number, ${isTrue}::boolean as truth, ${'{"a":[1]}'}::jsonb as json, ${'7'}::bigint as large, ${'2026-01-02 03:04:05'}::timestamp as time`;
    const answers = await database.transaction(async (tables) => {
      const rows: unknown[] = [];
      for (const text of [...texts, null]) rows.push(...(await tables.execute(statement(text, 1.5, true))));
      return rows;
    });
    expect(answers).toEqual([...texts, null].map((text) => ({ text, number: 1.5, truth: true, json: { a: [1] }, large: '7', time: '2026-01-02 03:04:05' })));
    await expect(database.read((tables) => tables.execute(statement('zero\0', 1, false)))).rejects.toThrow();
    await expect(database.read((tables) => tables.execute(statement('after', 1, false)))).resolves.toMatchObject([{ text: 'after' }]);
    await database.close();
  }, 60_000);

  it('goes on with its statements after one has failed, and after a table has changed', async () => {
    const database = await PgliteDatabase.open(null);
    await database.transaction(async (tables) => {
      await tables.execute(sql`create table karts (number integer primary key, team text not null)`);
    });
    const add = (number: number, team: string | null) => database.transaction((tables) => tables.execute(sql`insert into karts (number, team) values (${number}, ${team})`));
    const all = () => database.read((tables) => tables.execute(sql`select * from karts order by number`));
    for (const number of [1, 2, 3]) await add(number, 'North');
    await all();
    await expect(add(3, 'South')).rejects.toMatchObject({ cause: { code: '23505' } });
    await expect(add(4, null)).rejects.toMatchObject({ cause: { code: '23502' } });
    await add(4, 'East');
    expect(await all()).toHaveLength(4);
    await database.transaction(async (tables) => {
      await tables.execute(sql`alter table karts add column laps integer not null default 0`);
    });
    expect(await all()).toContainEqual({ number: 4, team: 'East', laps: 0 });
    await add(5, 'West');
    expect(await all()).toHaveLength(5);
    await database.close();
  }, 60_000);

  it('runs what is sent without waiting in order, and takes all of it back when one of it fails', async () => {
    const database = await PgliteDatabase.open(null);
    await database.transaction(async (tables) => {
      await tables.execute(sql`create table karts (number integer primary key)`);
    });
    const add = (numbers: number[]) => database.transaction((tables) => Promise.all(numbers.map((number) => tables.execute(sql`insert into karts values (${number})`))));
    await add([1, 2, 3]);
    await expect(add([4, 2, 5])).rejects.toMatchObject({ cause: { code: '23505' } });
    await add([6]);
    expect(await database.read((tables) => tables.execute(sql`select * from karts order by number`))).toEqual([1, 2, 3, 6].map((number) => ({ number })));
    await database.close();
  }, 60_000);
});
