import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SESSION, StartedApi, Writer } from './started-api.js';

const LIMIT_MS = 60_000;

/** The paths of the original's contract, the same on every database. */
export function describeContract(database: () => string | null): void {
  describe('the contract', () => {
    let api: StartedApi;
    let id: number;

    beforeAll(async () => {
      api = await StartedApi.start(database(), '--public_read', 'true');
      id = await api.newCompetition('cup');
      await new Writer(api, 'cup').send(['PUT sessions/~1', SESSION]);
    }, LIMIT_MS);
    afterAll(() => api.stop());

    it('answers the health check byte for byte', async () => {
      expect(await (await fetch(`${api.url}/v1/health`)).text()).toBe('{"status":"ok"}');
    });

    it('exchanges a key for a bearer, which names its role', async () => {
      const answer = await fetch(`${api.url}/v1/auth/validate`, { headers: { authorization: `Bearer ${await api.bearer('batch-key')}` } });
      expect(await answer.json()).toEqual({ name: 'pipeline', role: 'batch' });
      const refused = await fetch(`${api.url}/v1/auth`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"key":"wrong"}' });
      expect([refused.status, await refused.json()]).toEqual([401, { status_code: 401, message: 'Invalid API key.', extra_data: {} }]);
    });

    it('lets anybody read where reading is public, nobody with a wrong bearer, and nobody write', async () => {
      const status = async (method: string, authorization?: string): Promise<number> => (await fetch(`${api.url}/v1/c`, { method, headers: authorization === undefined ? {} : { authorization } })).status;
      expect([await status('GET'), await status('GET', 'Bearer wrong'), await status('POST')]).toEqual([200, 403, 403]);
    });

    it('keeps to roles: a batch key makes no rules', async () => {
      const settings = { length: 5, length_unit: 'laps', pit_time: null, min_number_pits: 1 };
      expect((await api.request('DELETE', '/v1/c/~cup', undefined, 'batch-key')).status).toBe(403);
      expect(await api.request('PUT', `/v1/c/${id}/settings`, settings)).toMatchObject({ status: 200, body: settings });
    });

    it('tells of a competition by number, by code and in the list', async () => {
      const [listed] = await api.rows('/v1/c');
      expect(listed).toMatchObject({ id, competition_code: 'cup', track: { name: 'Track of cup' } });
      expect(Object.keys(listed ?? {}).sort()).toEqual(['competition_code', 'description', 'id', 'insert_date', 'name', 'track', 'update_date']);
      for (const path of [`/v1/c/${id}`, '/v1/c/~cup', '/v1/c/filter/code/cup']) expect((await api.request('GET', path)).body).toEqual(listed);
      expect(String(listed?.['insert_date'])).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    });

    it('answers {} or [] where there is nothing', async () => {
      for (const path of ['/v1/c/999', '/v1/c/~none', '/v1/c/~none/settings', `/v1/c/${id}/teams/999`]) expect(await api.request('GET', path)).toEqual({ status: 200, body: {} });
      for (const path of ['/v1/c/999/teams', '/v1/c/~none/timing', '/v1/c/~none/laps']) expect(await api.request('GET', path)).toEqual({ status: 200, body: [] });
    });

    it('says which competition exists already, and which field is missing', async () => {
      const competition = { track_id: 1, competition_code: 'cup', name: 'x', description: '', settings: { length: 0, length_unit: 'laps', pit_time: null, min_number_pits: 0 } };
      expect(await api.request('POST', '/v1/c', competition)).toMatchObject({ status: 400, body: { message: 'There is already a competition with the code "cup".' } });
      expect((await api.request('POST', '/v1/c', { ...competition, settings: undefined })).status).toBe(422);
      expect((await api.request('PUT', `/v1/c/${id}/metadata`, { status: 'ongoing' })).status).toBe(422);
    });

    it('appends metadata to its history at every change', async () => {
      const before = (await api.rows(`/v1/c/${id}/metadata/history`)).length;
      expect((await api.request('PUT', `/v1/c/${id}/metadata/status`, { status: 'ongoing' })).body).toMatchObject({ status: 'ongoing' });
      expect((await api.request('PUT', `/v1/c/${id}/metadata/remaining_length`, { remaining_length: 60_000, remaining_length_unit: 'millis' })).body).toMatchObject({ remaining_length: 60_000 });
      expect(await api.rows(`/v1/c/${id}/metadata/history`)).toHaveLength(before + 2);
    });

    it('makes teams with their row of timing, and changes single fields of it', async () => {
      const team = await api.request('POST', `/v1/c/${id}/teams`, { participant_code: 'r10', name: 'OWLS', number: 10 });
      expect(team).toMatchObject({ status: 200, body: { participant_code: 'r10', name: 'OWLS', number: 10, competition_id: id } });
      const base = `/v1/c/${id}/timing/teams/${String(team.body['id'])}`;
      expect((await api.request('GET', base)).body).toMatchObject({ position: 0, last_time: 0, best_time: 0, lap: 0, gap: null, kart_status: 'unknown', number_pits: 0 });
      expect((await api.request('PUT', `${base}/last_time`, { last_time: 61_000 })).body).toMatchObject({ last_time: 61_000, best_time: 61_000 });
      expect((await api.request('PUT', `${base}/last_time`, { last_time: 60_000, auto_best_time: false })).body).toMatchObject({ last_time: 60_000, best_time: 61_000 });
      expect((await api.request('PUT', `${base}/gap`, { gap: 2, gap_unit: 'laps' })).body).toMatchObject({ gap: 2, gap_unit: 'laps' });
      expect((await api.request('POST', `/v1/c/${id}/teams`, { participant_code: 'r10', name: 'OTHER', number: 1 })).body).toMatchObject({ message: `The team "r10" (competition=${id}) already exists.` });
    });

    it('moves the others when a team changes its place', async () => {
      const code = 'order';
      const order = await api.newCompetition(code);
      for (const name of ['a', 'b', 'c']) {
        const team = await api.request('POST', `/v1/c/${order}/teams`, { participant_code: name, name, number: 1 });
        await api.request('PUT', `/v1/c/${order}/timing/teams/${String(team.body['id'])}/position`, { position: 1 });
      }
      const places = async (): Promise<unknown[]> => (await api.rows(`/v1/c/${order}/timing`)).map((row) => [row['participant_code'], row['position']]).sort();
      expect(await places()).toEqual([['a', 3], ['b', 2], ['c', 1]]);
      await api.request('PUT', `/v1/c/${order}/timing/teams/~c/position`, { position: 3 });
      expect(await places()).toEqual([['a', 2], ['b', 1], ['c', 3]]);
    });

    it('makes drivers of teams and without one, each name once', async () => {
      const team = await api.request('POST', `/v1/c/${id}/teams`, { participant_code: 'r20', name: 'MOTHS', number: 20 });
      const path = `/v1/c/${id}/teams/${String(team.body['id'])}/drivers`;
      const driver = await api.request('POST', path, { participant_code: 'r20', name: 'ANNA', number: null });
      expect(driver.body).toMatchObject({ team_id: team.body['id'], name: 'ANNA', total_driving_time: 0, partial_driving_time: 0 });
      expect((await api.request('POST', path, { participant_code: 'r20', name: 'ANNA', number: null })).status).toBe(400);
      expect((await api.request('POST', `/v1/c/${id}/drivers`, { participant_code: 's1', name: 'SOLO', number: 7 })).body).toMatchObject({ team_id: null, name: 'SOLO' });
      const base = `/v1/c/${id}/drivers/${String(driver.body['id'])}`;
      expect((await api.request('PUT', `${base}/partial_driving_time`, { partial_driving_time: 1_000 })).body).toMatchObject({ partial_driving_time: 1_000, total_driving_time: 1_000 });
      expect((await api.request('PUT', `${base}/total_driving_time`, { total_driving_time: 9_000 })).body).toMatchObject({ total_driving_time: 9_000 });
      expect((await api.request('PUT', base, { participant_code: 'r20', name: 'ANNE', number: 3 })).body).toMatchObject({ name: 'ANNE', total_driving_time: 9_000 });
      expect((await api.request('GET', `${path}/filter/name/ANNE`)).body).toMatchObject({ number: 3 });
    });

    it('links an exit to the last entry of its team', async () => {
      const team = await api.request('POST', `/v1/c/${id}/teams`, { participant_code: 'r30', name: 'FOXES', number: 30 });
      const team_id = team.body['id'];
      const entry = await api.request('POST', `/v1/c/${id}/pits/in`, { team_id, driver_id: null, lap: 9, pit_time: null, kart_status: 'good', fixed_kart_status: null });
      expect(entry.body).toMatchObject({ team_id, lap: 9, has_pit_out: false, kart_status: 'good' });
      expect((await api.request('POST', `/v1/c/${id}/pits/out`, { team_id: null, driver_id: null, kart_status: 'good', fixed_kart_status: null })).body).toMatchObject({ message: 'A team ID must be provided.' });
      const exit = await api.request('POST', `/v1/c/${id}/pits/out`, { team_id, driver_id: null, kart_status: 'unknown', fixed_kart_status: null });
      expect((await api.request('GET', `/v1/c/${id}/pits/in/filter/team/${String(team_id)}/last`)).body).toMatchObject({ id: entry.body['id'], has_pit_out: true });
      expect((await api.request('PUT', `/v1/c/${id}/pits/in/${String(entry.body['id'])}/pit_time`, { pit_time: 90_000 })).body).toMatchObject({ pit_time: 90_000 });
      expect((await api.request('PUT', `/v1/c/${id}/pits/out/${String(exit.body['id'])}/kart_status`, { kart_status: 'bad' })).body).toMatchObject({ kart_status: 'bad' });
      expect((await api.request('PUT', `/v1/c/${id}/pits/in/999/pit_time`, { pit_time: 1 })).body).toMatchObject({ message: 'The requested pit-in data does not exist.' });
    });

    it('removes a competition with all that belongs to it', async () => {
      await api.newCompetition('gone');
      await new Writer(api, 'gone').send(['PUT sessions/~1', SESSION], ['PUT teams/~r1', { participant_code: 'r1', name: 'x', number: 1 }]);
      expect((await api.request('DELETE', '/v1/c/~gone')).status).toBe(200);
      expect((await api.request('GET', '/v1/c/~gone')).body).toEqual({});
      expect(await api.rows('/v1/c/~gone/timing')).toEqual([]);
    });

    it('stores texts of the feed as they are, and refuses broken JSON in one sentence', async () => {
      const name = `<img src=x onerror=alert(1)> & "quotes" \u{1F3C1}`;
      const team = await api.request('POST', `/v1/c/${id}/teams`, { participant_code: 'r40', name, number: 40 });
      expect(team.body).toMatchObject({ name });
      const broken = await fetch(`${api.url}/v1/batch`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await api.bearer()}` }, body: '{"competition":' });
      expect(broken.status).toBe(422);
      expect(JSON.stringify(await broken.json())).not.toContain('node_modules');
    });
  });
}
