import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, StartedApi } from '../started-api.js';

const DATES = { insert_date: expect.any(String) as unknown, update_date: expect.any(String) as unknown };
const NOTHING = { status: 400, body: { status_code: 400, message: 'No data was inserted or updated.', extra_data: {} } };
const ENTRY_KEYS = ['competition_id', 'driver_id', 'fixed_kart_status', 'has_pit_out', 'id', 'insert_date', 'kart_status', 'lap', 'pit_time', 'team_id', 'update_date'];
const EXIT_KEYS = ['competition_id', 'driver_id', 'fixed_kart_status', 'id', 'insert_date', 'kart_status', 'team_id', 'update_date'];

/** Entries into the pit lane and exits from it. */
export function describePits(api: () => StartedApi): void {
  describe('pits', () => {
    let id: number;
    let base: string;
    let team: number;
    let driver: number;

    beforeAll(async () => {
      id = await api().newCompetition('pits');
      base = `/v1/c/${id}/pits`;
      team = await newTeam('r1');
      driver = Number((await api().request('POST', `/v1/c/${id}/teams/${team}/drivers`, { participant_code: 'r1', name: 'ANNA', number: null })).body['id']);
    });

    const newTeam = async (code: string): Promise<number> => Number((await api().request('POST', `/v1/c/${id}/teams`, { participant_code: code, name: code, number: 1 })).body['id']);
    const entry = (fields: Json = {}): Json => ({ team_id: team, driver_id: driver, lap: 9, pit_time: null, kart_status: 'good', fixed_kart_status: null, ...fields });
    const exit = (fields: Json = {}): Json => ({ team_id: team, driver_id: driver, kart_status: 'medium', fixed_kart_status: 'bad', ...fields });
    const add = async (way: 'in' | 'out', body: Json): Promise<Json> => (await api().request('POST', `${base}/${way}`, body, 'batch-key')).body;

    it('makes entries and exits, shows them by number and in the lists', async () => {
      const made = await add('in', entry());
      expect(made).toEqual({ id: expect.any(Number) as unknown, competition_id: id, ...entry(), has_pit_out: false, ...DATES });
      expect(Object.keys(made).sort()).toEqual(ENTRY_KEYS);
      const left = await add('out', exit());
      expect(left).toEqual({ id: expect.any(Number) as unknown, competition_id: id, ...exit(), ...DATES });
      expect(Object.keys(left).sort()).toEqual(EXIT_KEYS);
      expect((await api().request('GET', `${base}/in/${String(made['id'])}`)).body).toEqual({ ...made, has_pit_out: true });
      expect((await api().request('GET', `${base}/out/${String(left['id'])}`)).body).toEqual(left);
      expect((await api().rows(`${base}/in`)).map((row) => row['id'])).toContain(made['id']);
      expect(await api().rows(`${base}/out`)).toContainEqual(left);
    });

    it('takes a stop without team or driver, and the same one twice', async () => {
      const nobody = entry({ team_id: null, driver_id: null, pit_time: 4_000, fixed_kart_status: 'medium' });
      const [first, second] = [await add('in', nobody), await add('in', nobody)];
      expect(first).toMatchObject({ team_id: null, driver_id: null, pit_time: 4_000, fixed_kart_status: 'medium' });
      expect(second['id']).not.toBe(first['id']);
    });

    it('lists the stops of a team, and the last one', async () => {
      const moths = await newTeam('r2');
      const first = await add('in', entry({ team_id: moths, lap: 20 }));
      const second = await add('in', entry({ team_id: moths, lap: 10 }));
      const left = await add('out', exit({ team_id: moths }));
      expect((await api().rows(`${base}/in/filter/team/${moths}`)).map((row) => [row['id'], row['has_pit_out']])).toEqual([[first['id'], false], [second['id'], true]]);
      expect((await api().request('GET', `${base}/in/filter/team/${moths}/last`)).body).toMatchObject({ id: second['id'], lap: 10 });
      expect(await api().rows(`${base}/out/filter/team/${moths}`)).toEqual([left]);
      expect((await api().request('GET', `${base}/out/filter/team/${moths}/last`)).body).toEqual(left);
    });

    it('links an exit to the last entry of its team only while that one is open', async () => {
      const foxes = await newTeam('r3');
      const lone = await add('out', exit({ team_id: foxes }));
      expect(lone).toMatchObject({ team_id: foxes });
      const first = await add('in', entry({ team_id: foxes }));
      expect(first['has_pit_out']).toBe(false);
      await add('out', exit({ team_id: foxes }));
      await add('out', exit({ team_id: foxes }));
      expect((await api().request('GET', `${base}/in/${String(first['id'])}`)).body).toMatchObject({ has_pit_out: true });
      const second = await add('in', entry({ team_id: foxes }));
      expect(second['has_pit_out']).toBe(false);
    });

    it('wants a team for an exit', async () => {
      expect(await api().request('POST', `${base}/out`, exit({ team_id: null }))).toMatchObject({ status: 400, body: { message: 'A team ID must be provided.' } });
    });

    it('changes an entry, whole or field by field, but neither its team nor, as a whole, its driver', async () => {
      const path = `${base}/in/${String((await add('in', entry()))['id'])}`;
      expect(await api().request('PUT', path, { lap: 10, pit_time: 90_000, kart_status: 'bad', fixed_kart_status: 'good', team_id: null, driver_id: null }, 'batch-key')).toMatchObject({ status: 200, body: { team_id: team, driver_id: driver, lap: 10, pit_time: 90_000, kart_status: 'bad', fixed_kart_status: 'good' } });
      for (const [field, body] of [['driver', { driver_id: null }], ['pit_time', { pit_time: null }], ['pit_time', { pit_time: 91_000 }], ['kart_status', { kart_status: 'unknown' }], ['fixed_kart_status', { fixed_kart_status: null }]] as const) {
        expect(await api().request('PUT', `${path}/${field}`, body, 'batch-key')).toMatchObject({ status: 200, body: { lap: 10, ...body } });
      }
    });

    it('changes an exit, whole or field by field', async () => {
      const path = `${base}/out/${String((await add('out', exit()))['id'])}`;
      expect(await api().request('PUT', path, { kart_status: 'good', fixed_kart_status: null }, 'batch-key')).toMatchObject({ status: 200, body: { team_id: team, driver_id: driver, kart_status: 'good', fixed_kart_status: null } });
      for (const [field, body] of [['driver', { driver_id: null }], ['kart_status', { kart_status: 'bad' }], ['fixed_kart_status', { fixed_kart_status: 'medium' }]] as const) {
        expect(await api().request('PUT', `${path}/${field}`, body, 'batch-key')).toMatchObject({ status: 200, body });
      }
      expect(await api().request('PUT', `${path}/pit_time`, { pit_time: 1 })).toEqual({ status: 404, body: { detail: 'Not Found' } });
    });

    it('answers for stops that do not exist as the original does', async () => {
      const made = String((await add('in', entry()))['id']);
      const left = String((await add('out', exit()))['id']);
      for (const path of [`${base}/in/2000000`, `/v1/c/2000000/pits/in/${made}`, `/v1/c/2000000/pits/out/${left}`, `${base}/in/filter/team/2000000/last`, `${base}/out/filter/team/2000000/last`]) expect(await api().request('GET', path)).toEqual({ status: 200, body: {} });
      for (const path of ['/v1/c/2000000/pits/in', '/v1/c/2000000/pits/out', `${base}/in/filter/team/2000000`, `${base}/out/filter/team/2000000`]) expect(await api().rows(path)).toEqual([]);
      for (const path of [`${base}/in/2000000`, `/v1/c/2000000/pits/in/${made}`]) {
        for (const [field, body] of [['', { lap: 1, pit_time: null, kart_status: 'bad', fixed_kart_status: null }], ['/driver', { driver_id: null }], ['/pit_time', { pit_time: 1 }], ['/kart_status', { kart_status: 'bad' }], ['/fixed_kart_status', { fixed_kart_status: null }]] as const) {
          expect(await api().request('PUT', `${path}${field}`, body)).toMatchObject({ status: 400, body: { message: 'The requested pit-in data does not exist.' } });
        }
      }
      for (const path of [`${base}/out/2000000`, `/v1/c/2000000/pits/out/${left}`]) {
        for (const [field, body] of [['', { kart_status: 'bad', fixed_kart_status: null }], ['/driver', { driver_id: null }], ['/kart_status', { kart_status: 'bad' }], ['/fixed_kart_status', { fixed_kart_status: null }]] as const) {
          expect(await api().request('PUT', `${path}${field}`, body)).toMatchObject({ status: 400, body: { message: 'The requested pit-out data does not exist.' } });
        }
      }
    });

    it('refuses what refers to nothing, and a fixed status that is unknown', async () => {
      const made = String((await add('in', entry()))['id']);
      const left = String((await add('out', exit()))['id']);
      for (const fields of [{ team_id: 2_000_000 }, { driver_id: 2_000_000 }, { fixed_kart_status: 'unknown' }]) {
        expect(await api().request('POST', `${base}/in`, entry(fields))).toEqual(NOTHING);
        expect(await api().request('POST', `${base}/out`, exit(fields))).toEqual(NOTHING);
      }
      expect(await api().request('POST', '/v1/c/2000000/pits/in', entry())).toEqual(NOTHING);
      expect(await api().request('POST', '/v1/c/2000000/pits/out', exit())).toEqual(NOTHING);
      for (const path of [`${base}/in/${made}`, `${base}/out/${left}`]) {
        expect(await api().request('PUT', `${path}/fixed_kart_status`, { fixed_kart_status: 'unknown' })).toEqual(NOTHING);
        expect(await api().request('PUT', `${path}/driver`, { driver_id: 2_000_000 })).toEqual(NOTHING);
      }
    });
  });
}
