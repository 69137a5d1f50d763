import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ORIGINAL } from './import-rows.js';
import { type Json, SESSION, StartedApi, Writer } from './started-api.js';

const LIMIT_MS = 60_000;
const JSON_BODY = { 'content-type': 'application/json' };

/** Moving an installation of the original over, the same on every database. */
export function describeImport(database: () => string | null): void {
  describe('the import of rows', () => {
    let api: StartedApi;

    beforeAll(async () => {
      api = await StartedApi.start(database(), '--api_import', 'true');
    }, LIMIT_MS);
    afterAll(() => api.stop());
    beforeEach(async () => {
      expect((await rows('reset', ORIGINAL)).status).toBe(200);
      api.forgetBearers();
    });

    async function rows(op: string, tables: object, headers: Record<string, string> = {}): Promise<{ status: number; body: Json }> {
      const { status, text } = await api.raw('POST', '/v1/admin/rows', { ...JSON_BODY, ...headers }, JSON.stringify({ op, tables }));
      return { status, body: JSON.parse(text) as Json };
    }
    const table = async (name: string, ...columns: string[]): Promise<unknown> => ((await rows('rows', { [name]: columns })).body['tables'] as Json)[name];
    const messageOf = ({ body }: { body: Json }): unknown => body['message'] ?? (body['detail'] as Json[])[0]?.['msg'];

    it('shows what was loaded through the contract', async () => {
      expect((await api.request('GET', '/v1/c/3')).body).toMatchObject({ id: 3, competition_code: 'winter-cup', track: { id: 7, name: 'Lake Ring' } });
      expect((await api.request('GET', '/v1/c/3/metadata')).body).toMatchObject({ status: 'ongoing', remaining_length: 90 });
      expect(await api.rows('/v1/c/3/metadata/history')).toHaveLength(2);
      expect((await api.request('GET', '/v1/c/3/settings')).body).toMatchObject({ pit_time: 90_000 });
      expect(await api.rows('/v1/c/3/teams')).toMatchObject([{ id: 11, name: 'OWLS' }, { id: 12, name: 'MOTHS', number: null }]);
      expect(await api.rows('/v1/c/3/drivers')).toMatchObject([{ id: 5, total_driving_time: 1_000 }, { id: 6, team_id: null, total_driving_time: 0 }]);
      expect(await api.rows('/v1/c/3/timing')).toMatchObject([{ participant_code: 'r1', position: 1 }, { participant_code: 'r2', position: 2 }, { participant_code: 's1', position: 3 }]);
      expect(await api.rows('/v1/c/3/timing/history')).toMatchObject([{ team_id: 11, insert_date: '2025-03-30T02:30:00' }]);
      expect(await api.rows('/v1/c/3/pits/in')).toMatchObject([{ id: 20, has_pit_out: true }, { id: 21, has_pit_out: false }]);
      expect((await api.request('GET', '/v1/c/3/strategy/pits/stats/20')).body).toMatchObject({ id: 1, avg_time: 59_500 });
      expect(await api.rows('/v1/c/3/strategy/pits/karts/20')).toMatchObject([{ step: 1, probability: 62.5 }]);
      expect(await api.rows('/v1/c/3/parsers/settings')).toMatchObject([{ name: 'timing-lap', value: 'c6' }]);
    });

    it('knows the keys and bearers that were loaded', async () => {
      const validate = await api.raw('GET', '/v1/auth/validate', { authorization: 'Bearer kept-batch-bearer' });
      expect(JSON.parse(validate.text)).toEqual({ name: 'Writer', role: 'batch' });
      expect(JSON.parse((await api.raw('POST', '/v1/auth', JSON_BODY, '{"key":"kept-batch-key"}')).text)).toEqual({ bearer: 'kept-batch-bearer', name: 'Writer', role: 'batch' });
      expect(JSON.parse((await api.raw('POST', '/v1/auth', JSON_BODY, '{"key":"kept-viewer-key"}')).text)).toMatchObject({ name: 'Reader', role: 'viewer' });
      expect((await api.raw('PUT', '/v1/c/3/timing/teams/11/lap', { ...JSON_BODY, authorization: 'Bearer kept-batch-bearer' }, '{"lap":5}')).status).toBe(200);
    });

    it('goes on above the ids that were given, and from 1 where none was', async () => {
      expect((await api.request('POST', '/v1/tracks', { name: 'Third' })).body).toMatchObject({ id: 8 });
      expect((await api.request('POST', '/v1/c/3/teams', { participant_code: 'r3', name: 'FOXES', number: 1 })).body).toMatchObject({ id: 13 });
      expect((await api.request('POST', '/v1/c/3/pits/in', { team_id: 12, driver_id: null, lap: 1, pit_time: null, kart_status: 'good', fixed_kart_status: null })).body).toMatchObject({ id: 22 });
      expect((await api.request('POST', '/v1/c/3/strategy/pits/stats', { pit_in_id: 21, best_time: 1, avg_time: 1 })).body).toMatchObject({ id: 2 });
      await rows('reset', {});
      api.forgetBearers();
      expect((await api.request('POST', '/v1/tracks', { name: 'First' })).body).toMatchObject({ id: 1 });
    });

    it('empties everything, and forgets what it remembered of it', async () => {
      const id = await api.newCompetition('other');
      await new Writer(api, 'other').send(['PUT sessions/~1', SESSION], ['PUT teams/~r1', { participant_code: 'r1', name: 'x', number: 1 }]);
      await api.request('PUT', `/v1/c/${id}/timing/teams/~r1/lap`, { lap: 1 });
      expect((await rows('reset', {})).body).toEqual({ tables: {} });
      api.forgetBearers();
      for (const list of ['/v1/c', '/v1/tracks', '/v1/c/~other/teams', `/v1/c/${id}/teams`, '/v1/admin/keys']) expect(await api.rows(list)).toEqual([]);
      expect((await api.raw('GET', '/v1/auth/validate', { authorization: 'Bearer kept-batch-bearer' })).status).toBe(403);
    });

    it('adds rows to those that are there, with the defaults of what is left out', async () => {
      const team = { id: 40, competition_id: 3, participant_code: 'r4', name: 'FOXES' };
      expect((await rows('load', { timing_current: [{ competition_id: 3, team_id: 40, position: 4, last_time: 0, best_time: 0, lap: 0, stage: 'race' }], participants_teams: [team] })).body).toEqual({ tables: { timing_current: 1, participants_teams: 1 } });
      expect((await api.request('GET', '/v1/c/3/timing/teams/40')).body).toMatchObject({ participant_code: 'r4', position: 4, gap: null, kart_status: 'unknown', fixed_kart_status: null, number_pits: 0 });
      expect((await api.request('PUT', '/v1/c/3/timing/teams/40/position', { position: 1 })).status).toBe(200);
      expect((await api.request('GET', '/v1/c/3/timing/teams/11')).body).toMatchObject({ position: 2 });
      expect((await api.request('POST', '/v1/c/3/teams', { participant_code: 'r5', name: 'BEES', number: 1 })).body).toMatchObject({ id: 41 });
    });

    it('is seen at once by what the engine remembers of a competition', async () => {
      await api.request('PUT', '/v1/c/3/timing/teams/11/lap', { lap: 5 });
      await rows('load', { participants_teams: [{ id: 50, competition_id: 3, participant_code: 'r9', name: 'LATE', number: 9 }], timing_current: [{ competition_id: 3, team_id: 50, stage: 'race' }] });
      expect((await api.request('PUT', '/v1/c/3/timing/teams/50/lap', { lap: 1 })).body).toMatchObject({ participant_code: 'r9', lap: 1 });
    });

    it('reads columns in the order of the primary key', async () => {
      expect(await table('tracks', 'name', 'id')).toEqual([['Hill Ring', 1], ['Lake Ring', 7]]);
      expect(await table('competitions_metadata_current', 'competition_id', 'reference_time', 'status')).toEqual([[3, null, 'ongoing']]);
      expect(await table('timing_history', 'id', 'team_id', 'gap', 'kart_status', 'insert_date')).toEqual([[1, 11, 0, 'good', '2025-03-30T02:30:00']]);
      expect(await table('timing_pits_in_out', 'id', 'pit_in_id', 'pit_out_id')).toEqual([[1, 20, 30]]);
      expect(await table('strategy_pits_karts', 'probability')).toEqual([[62.5]]);
      expect(await table('stats_health', 'name')).toEqual([]);
      await api.request('PUT', '/v1/c/3/timing/teams/11/lap', { lap: 6 });
      expect(await table('timing_history', 'id', 'lap')).toEqual([[1, 4], [2, 6]]);
    });

    it('tells neither keys nor bearers', async () => {
      expect(await table('api_auth', 'id', 'key', 'bearer', 'name', 'role')).toEqual([[1, null, null, 'Reader', 'viewer'], [2, null, null, 'Writer', 'batch']]);
    });

    it('loads everything or nothing, and says which row is wrong', async () => {
      const before = await table('tracks', 'id', 'name');
      for (const [tables, message] of [
        [{ tracks: [{ name: 'New' }], circuits: [] }, 'circuits is no table of the original.'],
        [{ tracks: [{ name: 'New', length: 4 }] }, 'tracks[0].length is no column of the original.'],
        [{ tracks: [{ name: 'New' }, { id: 'x', name: 'Other' }] }, 'tracks[1].id must be a whole number from 0 to 2147483647.'],
        [{ tracks: [{ name: 'New' }, {}] }, 'tracks[1].name is required.'],
        [{ tracks: [{ name: 'New' }], timing_history: [{ competition_id: 3, stage: 'race', kart_status: 'fast' }] }, 'timing_history[0].kart_status must be one of good, medium, bad, unknown.'],
        [{ tracks: [{ name: 'New' }], timing_pits_in_out: [{ pit_in_id: 20, pit_out_id: 999 }] }, 'timing_pits_in_out[0]: there is no pit-out with ID=999.'],
        [{ tracks: 'all' }, 'tracks must be a list of rows, each an object.'],
      ] as const) {
        expect(messageOf(await rows('load', tables))).toBe(message);
      }
      expect(messageOf(await rows('load', { tracks: [{ name: 'New' }, { name: 'Hill Ring' }] }))).toContain('tracks: duplicate key');
      expect(messageOf(await rows('load', { tracks: [{ name: 'New' }], participants_teams: [{ competition_id: 99, participant_code: 'x', name: 'x' }] }))).toContain('participants_teams: insert or update on table');
      expect(await table('tracks', 'id', 'name')).toEqual(before);
      expect(messageOf(await rows('drop', {}))).toBe('op must be one of reset, load, rows.');
      expect(messageOf(await rows('rows', { tracks: ['id', 'length'] }))).toBe('tracks.length is no column of the original.');
    });

    it('takes many rows at once', async () => {
      const history = Array.from({ length: 2_000 }, (_, index) => ({ competition_id: 3, team_id: 11, lap: index, stage: 'race' }));
      expect((await rows('load', { timing_history: history })).status).toBe(200);
      expect(((await table('timing_history', 'lap')) as unknown[]).length).toBe(2_001);
    });

    it('asks for an administrator when a proxy, a page or any bearer is in between', async () => {
      for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-proto', 'X-Forwarded-Host', 'origin']) expect((await rows('rows', {}, { [name]: 'x' })).status).toBe(403);
      for (const authorization of ['Bearer kept-batch-bearer', 'Bearer wrong', '']) expect((await rows('rows', {}, { authorization })).status).toBe(403);
      expect((await rows('rows', {}, { authorization: `Bearer ${await api.bearer()}`, 'x-forwarded-for': '10.0.0.1' })).status).toBe(200);
    });
  });

  describe('the import of rows, where it is not open to all', () => {
    const ask = async (api: StartedApi, headers: Record<string, string> = {}): Promise<number> => (await api.raw('POST', '/v1/admin/rows', { ...JSON_BODY, ...headers }, '{"op":"rows","tables":{}}')).status;

    it('does not exist unless the settings allow it', async () => {
      const api = await StartedApi.start(database());
      expect(await ask(api)).toBe(403);
      expect(await ask(api, { authorization: `Bearer ${await api.bearer()}` })).toBe(404);
      await api.stop();
    }, LIMIT_MS);

    it('needs an administrator when other machines reach the server', async () => {
      const api = await StartedApi.start(database(), '--api_import', 'true', '--api_host', '0.0.0.0');
      expect(await ask(api)).toBe(403);
      expect(await ask(api, { authorization: `Bearer ${await api.bearer('batch-key')}` })).toBe(403);
      expect(await ask(api, { authorization: `Bearer ${await api.bearer()}` })).toBe(200);
      await api.stop();
    }, LIMIT_MS);
  });
}
