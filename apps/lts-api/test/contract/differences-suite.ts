import { describe, expect, it } from '@jest/globals';
import type { Json, StartedApi } from '../started-api.js';

/** What is deliberately not as in the original, one test for each entry of docs/api-differences.md that no other suite holds. */
export function describeDifferences(api: () => StartedApi): void {
  describe('differences', () => {
    let races = 0;

    async function race(...codes: string[]): Promise<{ id: number; base: string; teams: string[] }> {
      const id = await api().newCompetition(`differences-${(races += 1)}`);
      const base = `/v1/c/${id}`;
      const teams: string[] = [];
      for (const [index, code] of codes.entries()) teams.push(String((await api().request('POST', `${base}/teams`, { participant_code: code, name: `Team ${index + 1}`, number: 1 })).body['id']));
      return { id, base, teams };
    }

    it('makes the first last time the best one, and never a last time of 0', async () => {
      const { base, teams } = await race('r1');
      const path = `${base}/timing/teams/${String(teams[0])}/last_time`;
      expect((await api().request('PUT', path, { last_time: 61_000 })).body).toMatchObject({ best_time: 61_000 });
      expect((await api().request('PUT', path, { last_time: 0 })).body).toMatchObject({ last_time: 0, best_time: 61_000 });
    });

    it('adds to the total driving time what is new of a stint, and all of a new one', async () => {
      const { base, teams } = await race('r1');
      const driver = (await api().request('POST', `${base}/teams/${String(teams[0])}/drivers`, { participant_code: 'r1', name: 'ANNA', number: null })).body;
      const totals: unknown[] = [];
      for (const partial of [1_000, 2_000, 3_000, 3_000, 500, 700]) totals.push((await api().request('PUT', `${base}/drivers/${String(driver['id'])}/partial_driving_time`, { partial_driving_time: partial })).body['total_driving_time']);
      expect(totals).toEqual([1_000, 2_000, 3_000, 3_000, 3_500, 3_700]);
    });

    it('leaves the leader where he is when a newcomer takes a place behind him', async () => {
      const { base, teams } = await race('r1', 'r2');
      await api().request('PUT', `${base}/timing/teams/${String(teams[0])}/position`, { position: 1 });
      await api().request('PUT', `${base}/timing/teams/${String(teams[1])}/position`, { position: 2 });
      expect((await api().rows(`${base}/timing`)).map((row) => row['position'])).toEqual([1, 2]);
    });

    it('takes the same teams again in another order of rows, names and all', async () => {
      const { base, teams } = await race('r1', 'r2', 'r3');
      const put = async (index: number, name: string): Promise<unknown> => (await api().request('PUT', `${base}/teams/${String(teams[index])}`, { participant_code: `r${index + 1}`, name, number: 1 })).body['name'];
      expect([await put(0, 'Team 2'), await put(1, 'Team 3'), await put(2, 'Team 1')]).toEqual(['Team 2 (r1)', 'Team 3 (r2)', 'Team 1']);
      expect((await api().rows(`${base}/teams`)).map((row) => row['name'])).toEqual(['Team 2', 'Team 3', 'Team 1']);
    });

    it('answers 400, not 500, for a change that contradicts what is there', async () => {
      const { base, teams } = await race('r1', 'r2');
      const nothing = { status: 400, body: { status_code: 400, message: 'No data was inserted or updated.', extra_data: {} } };
      expect(await api().request('PUT', `${base}/teams/${String(teams[0])}`, { participant_code: 'r2', name: 'x', number: 1 })).toEqual(nothing);
      const drivers = `${base}/teams/${String(teams[0])}/drivers`;
      await api().request('POST', drivers, { participant_code: 'r1', name: 'ANNA', number: 1 });
      const ben = (await api().request('POST', drivers, { participant_code: 'r1', name: 'BEN', number: 1 })).body;
      expect(await api().request('PUT', `${base}/drivers/${String(ben['id'])}`, { participant_code: 'r1', name: 'ANNA', number: 1 })).toEqual(nothing);
      expect(await api().request('PUT', `${base}/timing/teams/${String(teams[0])}/pit_time`, { pit_time: -1 })).toEqual(nothing);
    });

    it('gives a team no driver of another competition', async () => {
      const [here, there] = [await race('r1'), await race('r1')];
      const driver = (await api().request('POST', `${there.base}/teams/${String(there.teams[0])}/drivers`, { participant_code: 'r1', name: 'ANNA', number: 1 })).body;
      expect(await api().request('PUT', `${here.base}/timing/teams/${String(here.teams[0])}/driver`, { driver_id: driver['id'] })).toMatchObject({ status: 400, body: { message: `The driver with ID=${String(driver['id'])} does not exist.` } });
    });

    it('tells codes and names apart by case where they must be unique', async () => {
      const { id, base } = await race('r1');
      expect((await api().request('POST', `${base}/teams`, { participant_code: 'R1', name: 'TEAM 1', number: 1 })).status).toBe(200);
      const competition = (code: string): Json => ({ track_id: 1, competition_code: code, name: code, description: '', settings: { length: 0, length_unit: 'laps', pit_time: null, min_number_pits: 0 } });
      expect((await api().request('POST', '/v1/c', competition(`DIFFERENCES-${races}`))).status).toBe(200);
      expect((await api().request('GET', `/v1/c/filter/code/differences-${races}`)).body).toMatchObject({ id });
    });

    it('tells dates in UTC', async () => {
      const { id } = await race();
      const before = Date.now();
      const made = (await api().request('PUT', `/v1/c/${id}/settings`, { length: 1, length_unit: 'laps', pit_time: null, min_number_pits: 0 })).body;
      const toldMs = Date.parse(`${String(made['update_date'])}Z`);
      expect(Math.abs(toldMs - before)).toBeLessThan(60_000);
    });

    it('lets several sessions of a key go on beside each other', async () => {
      const key = await api().newKey('viewer');
      const signIn = async (): Promise<string> => String((JSON.parse((await api().raw('POST', '/v1/auth', { 'content-type': 'application/json' }, JSON.stringify({ key }))).text) as Json)['bearer']);
      const bearers = [await signIn(), await signIn()];
      for (const bearer of bearers) expect((await api().raw('GET', '/v1/tracks', { authorization: `Bearer ${bearer}` })).status).toBe(200);
    });

    it('says what its errors are made of, also to those without a key', async () => {
      for (const path of ['/v1/c', '/v1/nothing']) expect((await api().raw('GET', path)).headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect((await api().raw('GET', '/v1/authXYZ')).status).toBe(404);
      expect((await api().raw('GET', '/v1/healthy')).status).toBe(404);
    });

    it('answers an address with a slash at its end like one without', async () => {
      const { id } = await race();
      expect((await api().request('GET', `/v1/c/${id}/`)).body).toMatchObject({ id });
    });

    it('removes a competition with all that belongs to it', async () => {
      const { id, base, teams } = await race('r1');
      await api().request('PUT', `${base}/timing/teams/${String(teams[0])}/lap`, { lap: 1 });
      expect(await api().request('DELETE', base)).toEqual({ status: 200, body: {} });
      expect((await api().request('GET', `/v1/c/${id}`)).body).toEqual({});
      for (const list of ['teams', 'timing', 'timing/history', 'metadata/history']) expect(await api().rows(`${base}/${list}`)).toEqual([]);
    });

    it('stores texts as they are', async () => {
      const { base } = await race();
      const name = `<img src=x onerror=alert(1)> & "quotes" \u{1F3C1}`;
      expect((await api().request('POST', `${base}/teams`, { participant_code: 'r40', name, number: 40 })).body).toMatchObject({ name });
    });
  });
}
