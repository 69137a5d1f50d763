import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, StartedApi } from '../started-api.js';

const DATES = { insert_date: expect.any(String) as unknown, update_date: expect.any(String) as unknown };
const NOTHING = { status: 400, body: { status_code: 400, message: 'No data was inserted or updated.', extra_data: {} } };
const ZERO_ROW = { position: 0, last_time: 0, best_time: 0, lap: 0, gap: null, gap_unit: null, interval: null, interval_unit: null, stage: 'free-practice', pit_time: 0, kart_status: 'unknown', fixed_kart_status: null, number_pits: 0 };

/** Teams and drivers. */
export function describeParticipants(api: () => StartedApi): void {
  describe('participants', () => {
    let base: string;
    let id: number;
    let owls: Json;
    let anna: Json;

    beforeAll(async () => {
      id = await api().newCompetition('participants');
      base = `/v1/c/${id}`;
      owls = (await api().request('POST', `${base}/teams`, { participant_code: 'r10', name: 'OWLS', number: 10 }, 'batch-key')).body;
      anna = (await api().request('POST', `${base}/teams/${String(owls['id'])}/drivers`, { participant_code: 'r10', name: 'ANNA', number: null }, 'batch-key')).body;
    });

    it('makes a team with its first row of timing, present and past', async () => {
      expect(owls).toMatchObject({ id: expect.any(Number) as unknown, competition_id: id, participant_code: 'r10', name: 'OWLS', number: 10, ...DATES });
      const row = { team_id: owls['id'], driver_id: null, participant_code: 'r10', ...ZERO_ROW };
      expect((await api().request('GET', `${base}/timing/teams/${String(owls['id'])}`)).body).toMatchObject(row);
      expect(await api().rows(`${base}/timing/teams/${String(owls['id'])}/history`)).toMatchObject([row]);
    });

    it('shows teams in the list, by number, and by code whatever its case', async () => {
      expect(await api().rows(`${base}/teams`)).toEqual([owls]);
      for (const path of [`${base}/teams/${String(owls['id'])}`, `${base}/teams/~r10`, `${base}/teams/filter/code/r10`, `${base}/teams/filter/code/R10`]) expect((await api().request('GET', path)).body).toEqual(owls);
      const other = await api().newCompetition('participants-elsewhere');
      for (const path of [`/v1/c/${other}/teams/${String(owls['id'])}`, `${base}/teams/2000000`, `${base}/teams/filter/code/none`]) expect(await api().request('GET', path)).toEqual({ status: 200, body: {} });
      expect(await api().rows('/v1/c/2000000/teams')).toEqual([]);
    });

    it('refuses a code of another team, and a new team with the name of one', async () => {
      expect((await api().request('POST', `${base}/teams`, { participant_code: 'r10', name: 'OTHER', number: 1 })).body).toEqual({ status_code: 400, message: `The team "r10" (competition=${id}) already exists.`, extra_data: {} });
      expect(await api().request('POST', `${base}/teams`, { participant_code: 'r11', name: 'OWLS', number: 1 })).toEqual(NOTHING);
      expect(await api().request('POST', '/v1/c/2000000/teams', { participant_code: 'r11', name: 'NEW', number: 1 })).toEqual(NOTHING);
      const moths = (await api().request('POST', `${base}/teams`, { participant_code: 'r12', name: 'MOTHS', number: null })).body;
      const path = `${base}/teams/${String(moths['id'])}`;
      expect(await api().request('PUT', path, { participant_code: 'r10', name: 'MOTHS', number: 1 })).toEqual(NOTHING);
      expect((await api().request('GET', path)).body).toEqual(moths);
    });

    it('changes a team as a whole', async () => {
      const foxes = (await api().request('POST', `${base}/teams`, { participant_code: 'r13', name: 'FOXES', number: 13 })).body;
      expect(await api().request('PUT', `${base}/teams/${String(foxes['id'])}`, { participant_code: 'r14', name: 'VIXENS', number: null })).toMatchObject({ status: 200, body: { id: foxes['id'], participant_code: 'r14', name: 'VIXENS', number: null } });
      expect(await api().request('PUT', `${base}/teams/2000000`, { participant_code: 'x', name: 'x', number: 1 })).toMatchObject({ status: 400, body: { message: 'The team with ID=2000000 does not exist.' } });
      expect(await api().request('PUT', `/v1/c/2000000/teams/${String(foxes['id'])}`, { participant_code: 'x', name: 'x', number: 1 })).toMatchObject({ status: 400, body: { message: `The team with ID=${String(foxes['id'])} does not exist.` } });
    });

    it('makes drivers of a team, without a row of timing, each name once', async () => {
      expect(anna).toMatchObject({ id: expect.any(Number) as unknown, competition_id: id, team_id: owls['id'], participant_code: 'r10', name: 'ANNA', number: null, total_driving_time: 0, partial_driving_time: 0, ...DATES });
      const path = `${base}/teams/${String(owls['id'])}/drivers`;
      expect((await api().request('POST', path, { participant_code: 'r10', name: 'ANNA', number: 1 })).body).toMatchObject({ message: `The driver "ANNA" (team=${String(owls['id'])}) already exists.` });
      expect(await api().request('POST', `${base}/teams/2000000/drivers`, { participant_code: 'r10', name: 'BEN', number: 1 })).toEqual(NOTHING);
      expect((await api().rows(`${base}/timing`)).map((row) => row['driver_id'])).not.toContain(anna['id']);
      expect(await api().rows(path)).toEqual([anna]);
    });

    it('finds a driver by number and by name, also in the older spelling', async () => {
      const team = String(owls['id']);
      for (const path of [`${base}/drivers/${String(anna['id'])}`, `/v1/competitions/${id}/teams/${team}/drivers/${String(anna['id'])}`, `${base}/teams/${team}/drivers/filter/name/ANNA`, `${base}/teams/${team}/drivers/filter/name/Anna`]) {
        expect((await api().request('GET', path)).body).toEqual(anna);
      }
      for (const path of [`${base}/drivers/2000000`, `/v1/c/2000000/drivers/${String(anna['id'])}`, `${base}/teams/${team}/drivers/filter/name/NOBODY`]) expect(await api().request('GET', path)).toEqual({ status: 200, body: {} });
      for (const path of [`${base}/teams/2000000/drivers`, '/v1/c/2000000/drivers']) expect(await api().rows(path)).toEqual([]);
    });

    it('finds a name with anything in it but a slash', async () => {
      const name = `JOSÉ "Ñ" <b> & % ? # \u{1F3C1}`;
      const path = `${base}/teams/${String(owls['id'])}/drivers`;
      const made = await api().request('POST', path, { participant_code: 'r10', name, number: 3 });
      expect((await api().request('GET', `${path}/filter/name/${encodeURIComponent(name)}`)).body).toEqual(made.body);
    });

    it('makes a driver without a team, with a row of timing, unless anybody has the name', async () => {
      const solo = await api().request('POST', `${base}/drivers`, { participant_code: 's1', name: 'SOLO', number: 7 });
      expect(solo).toMatchObject({ status: 200, body: { team_id: null, name: 'SOLO', number: 7 } });
      const row = { team_id: null, driver_id: solo.body['id'], participant_code: 's1', ...ZERO_ROW };
      expect((await api().request('GET', `${base}/timing/drivers/${String(solo.body['id'])}`)).body).toMatchObject(row);
      expect(await api().rows(`${base}/timing/drivers/${String(solo.body['id'])}/history`)).toMatchObject([row]);
      expect(await api().rows(`${base}/timing`)).toContainEqual(expect.objectContaining(row));
      for (const name of ['SOLO', 'ANNA']) expect((await api().request('POST', `${base}/drivers`, { participant_code: 's2', name, number: 1 })).body).toMatchObject({ message: `The driver "${name}" (team=None) already exists.` });
      expect(await api().request('POST', '/v1/c/2000000/drivers', { participant_code: 's2', name: 'NEW', number: 1 })).toEqual(NOTHING);
    });

    it('changes a driver and leaves the driving times', async () => {
      const path = `${base}/drivers/${String(anna['id'])}`;
      await api().request('PUT', `${path}/total_driving_time`, { total_driving_time: 9_000 });
      expect(await api().request('PUT', path, { participant_code: 'r10', name: 'ANNE', number: 3 })).toMatchObject({ status: 200, body: { name: 'ANNE', number: 3, total_driving_time: 9_000 } });
      expect(await api().request('PUT', `/v1/competitions/${id}/teams/${String(owls['id'])}/drivers/${String(anna['id'])}`, { participant_code: 'r10', name: 'ANNA', number: null })).toMatchObject({ status: 200, body: { name: 'ANNA', number: null } });
      for (const [field, body] of [['', { participant_code: 'x', name: 'x', number: 1 }], ['/partial_driving_time', { partial_driving_time: 1 }], ['/total_driving_time', { total_driving_time: 1 }]] as const) {
        expect(await api().request('PUT', `${base}/drivers/2000000${field}`, body)).toMatchObject({ status: 400, body: { message: 'The driver with ID=2000000 does not exist.' } });
        expect(await api().request('PUT', `/v1/c/2000000/drivers/${String(anna['id'])}${field}`, body)).toMatchObject({ status: 400, body: { message: `The driver with ID=${String(anna['id'])} does not exist.` } });
      }
    });

    it('leaves the total alone when it is not to be computed', async () => {
      const path = `${base}/drivers/${String(anna['id'])}`;
      await api().request('PUT', `${path}/total_driving_time`, { total_driving_time: 50 });
      expect((await api().request('PUT', `${path}/partial_driving_time`, { partial_driving_time: 70_000, auto_compute_total: false })).body).toMatchObject({ partial_driving_time: 70_000, total_driving_time: 50 });
    });
  });
}
