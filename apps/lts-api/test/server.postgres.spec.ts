import { sql } from 'drizzle-orm';
import { expect, it } from '@jest/globals';
import { describeWithPostgres } from '@lts/testing';
import { PostgresDatabase } from '../src/database/postgres-database.js';
import { describeBatches } from './batch-suite.js';
import { describeLive } from './live-suite.js';
import { SESSION, StartedApi, Writer } from './started-api.js';

describeWithPostgres('lts-api on a PostgreSQL server', (server) => {
  describeBatches(() => server().newDatabase());
  describeLive(() => server().newDatabase());

  it('ends a key that the settings replace at the next start, with its bearers', async () => {
    const place = server().newDatabase();
    const first = await StartedApi.start(place);
    const bearer = await first.bearer();
    await first.stop();
    const second = await StartedApi.start(place, '--api_admin_key', 'another-key');
    const validate = await fetch(`${second.url}/v1/auth/validate`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(validate.status).toBe(403);
    expect((await second.request('GET', '/v1/c', undefined, 'another-key')).status).toBe(200);
    await second.stop();
  }, 60_000);

  it('is ready only while the server answers', async () => {
    const api = await StartedApi.start(server().newDatabase());
    const ready = async (): Promise<unknown> => {
      const { status, text } = await api.raw('GET', '/health/ready');
      return [status, (JSON.parse(text) as { database: unknown }).database];
    };
    const becomes = async (wanted: unknown): Promise<void> => {
      while (JSON.stringify(await ready()) !== JSON.stringify(wanted)) await new Promise((resume) => setTimeout(resume, 100));
    };
    await becomes([200, { ready: true, kind: 'postgres' }]);
    server().kill();
    try {
      await becomes([503, { ready: false, kind: 'postgres' }]);
      expect(await api.raw('GET', '/v1/health')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    } finally {
      server().startAgain();
    }
    await becomes([200, { ready: true, kind: 'postgres' }]);
    await api.stop();
  }, 60_000);

  it('shares its connections among requests', async () => {
    const place = server().newDatabase();
    const api = await StartedApi.start(place);
    await api.newCompetition('cup');
    await api.request('POST', '/v1/c/~cup/teams', { participant_code: 'r1', name: 'OWLS', number: 1 });
    const pids = async (): Promise<unknown[]> => (await api.database.read((tables) => tables.execute<{ pid: number }>(sql`select pid from pg_stat_activity where datname = current_database() and backend_type = 'client backend'`))).map(({ pid }) => pid);
    const before = await pids();
    for (let lap = 1; lap <= 20; lap += 1) expect((await api.request('PUT', '/v1/c/~cup/timing/teams/~r1/lap', { lap })).status).toBe(200);
    // one may have ended because it was idle; a request that opened its own would show as twenty
    expect((await pids()).filter((pid) => !before.includes(pid)).length).toBeLessThan(5);
    await api.stop();
  }, 60_000);

  it('says that the server is away, for as long as it is, and goes on when it is back', async () => {
    const api = await StartedApi.start(server().newDatabase());
    await api.newCompetition('cup');
    const writer = new Writer(api, 'cup');
    await writer.send(['PUT sessions/~1', SESSION]);
    const batch = writer.frame(['PUT metadata', { status: 'ongoing', remaining_length: 5, remaining_length_unit: 'laps', stage: 'race' }]);
    server().kill();
    try {
      const away = { status: 503, body: { message: expect.stringContaining('The PostgreSQL server does not answer') as unknown } };
      // idle connections are lost with the server: both the first use of one and a new one must say so
      for (let attempt = 0; attempt < 3; attempt += 1) expect(await writer.post(batch)).toMatchObject(away);
    } finally {
      server().startAgain();
    }
    expect(await writer.post(batch)).toMatchObject({ status: 200, body: { applied: 1, rejected: [] } });
    await api.stop();
  }, 60_000);

  it('says that the connection was lost in the middle of a statement', async () => {
    const database = new PostgresDatabase(server().newDatabase());
    const waiting = database.read((tables) => tables.execute(sql`select pg_sleep(30)`));
    const lost = expect(waiting).rejects.toMatchObject({ code: 'LTS_DATABASE_UNAVAILABLE' });
    const ended = (): Promise<unknown[]> => database.read((tables) => tables.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where query like '%pg_sleep(30)%' and pid <> pg_backend_pid()`));
    while ((await ended()).length === 0) await new Promise((resume) => setTimeout(resume, 50));
    await lost;
    await expect(database.check()).resolves.toBeUndefined();
    await database.close();
  }, 60_000);
});
