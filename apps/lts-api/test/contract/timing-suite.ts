import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, type StartedApi, without } from '../started-api.js';

const NO_TIMING = { status: 400, body: { status_code: 400, message: 'The requested timing data does not exist.', extra_data: {} } };
const ROW = {
  driver_id: null, position: 3, last_time: 61_000, best_time: 60_000, lap: 12, gap: 1_400, gap_unit: 'millis', interval: 1, interval_unit: 'laps',
  stage: 'race', pit_time: 35_000, kart_status: 'medium', fixed_kart_status: 'good', number_pits: 2,
};

/** What each single-field route takes, and what its row shows then. */
const FIELDS: readonly (readonly [field: string, body: Json])[] = [
  ['driver', { driver_id: null }],
  ['position', { position: 2, auto_other_positions: false }],
  ['last_time', { last_time: 60_500 }],
  ['best_time', { best_time: 59_000 }],
  ['lap', { lap: 13 }],
  ['gap', { gap: 2, gap_unit: 'laps' }],
  ['gap', { gap: null, gap_unit: null }],
  ['interval', { interval: 300, interval_unit: 'millis' }],
  ['interval', { interval: null, interval_unit: null }],
  ['stage', { stage: 'qualifying' }],
  ['pit_time', { pit_time: 41_000 }],
  ['pit_time', { pit_time: null }],
  ['kart_status', { kart_status: 'bad' }],
  ['fixed_kart_status', { fixed_kart_status: 'unknown' }],
  ['fixed_kart_status', { fixed_kart_status: null }],
  ['number_pits', { number_pits: 3 }],
];

/** Timing: the live hot path. */
export function describeTiming(api: () => StartedApi): void {
  describe('timing', () => {
    let base: string;
    let team: string;
    let driver: number;

    beforeAll(async () => {
      const id = await api().newCompetition('timing');
      base = `/v1/c/${id}`;
      team = String((await api().request('POST', `${base}/teams`, { participant_code: 'r1', name: 'OWLS', number: 1 })).body['id']);
      driver = Number((await api().request('POST', `${base}/teams/${team}/drivers`, { participant_code: 'r1', name: 'ANNA', number: null })).body['id']);
    });

    const history = (): Promise<Json[]> => api().rows(`${base}/timing/teams/${team}/history`);
    const shown = (body: Json): Json => Object.fromEntries(Object.entries(body).filter(([name]) => !name.startsWith('auto_')));

    it('takes a whole row, shows it everywhere, and keeps it', async () => {
      const before = (await history()).length;
      const row = { ...ROW, driver_id: driver };
      const wanted = { team_id: Number(team), participant_code: 'r1', ...row, insert_date: expect.any(String) as unknown, update_date: expect.any(String) as unknown };
      expect(await api().request('PUT', `${base}/timing/teams/${team}`, row, 'batch-key')).toMatchObject({ status: 200, body: wanted });
      for (const path of [`timing/teams/${team}`, `timing/team/${team}`, `timing/drivers/${driver}`, `timing/driver/${driver}`]) expect((await api().request('GET', `${base}/${path}`)).body).toMatchObject(wanted);
      expect(await api().rows(`${base}/timing`)).toMatchObject([wanted]);
      for (const path of ['timing/history', `timing/teams/${team}/history`, `timing/team/${team}/history`]) {
        const rows = await api().rows(`${base}/${path}`);
        expect(rows).toHaveLength(before + 1);
        expect(rows.at(-1)).toMatchObject(wanted);
      }
      for (const path of [`timing/drivers/${driver}/history`, `timing/driver/${driver}/history`]) expect(await api().rows(`${base}/${path}`)).toMatchObject([wanted]);
    });

    it('keeps the best time that a whole row gives, whatever its last time', async () => {
      const row = { ...ROW, last_time: 50_000, best_time: 60_000, auto_best_time: true };
      expect((await api().request('PUT', `${base}/timing/teams/${team}`, row)).body).toMatchObject({ last_time: 50_000, best_time: 60_000 });
    });

    it.each(FIELDS)('changes %s with %j alone, and keeps the whole row', async (field, body) => {
      await api().request('PUT', `${base}/timing/teams/${team}`, { ...ROW, auto_other_positions: false });
      const before = (await history()).length;
      const wanted = { ...ROW, ...shown(body) };
      expect(await api().request('PUT', `${base}/timing/teams/${team}/${field}`, body, 'batch-key')).toMatchObject({ status: 200, body: wanted });
      await api().request('PUT', `/v1/competitions/${base.slice(6)}/timing/team/${team}/${field}`, body);
      const rows = await history();
      expect(rows).toHaveLength(before + 2);
      expect(rows.slice(-2)).toMatchObject([wanted, wanted]);
    });

    it.each([...new Set(FIELDS.map(([field]) => field))])('wants a body for %s, and a row that exists', async (field) => {
      const body = FIELDS.find(([name]) => name === field)?.[1] ?? {};
      expect(await api().request('PUT', `${base}/timing/teams/${team}/${field}`, {})).toMatchObject({ status: 422, body: { detail: expect.arrayContaining([expect.objectContaining({ type: 'missing' })]) as unknown } });
      for (const path of [`${base}/timing/teams/2000000`, `/v1/c/2000000/timing/teams/${team}`]) expect(await api().request('PUT', `${path}/${field}`, body)).toEqual(NO_TIMING);
    });

    it('sets and takes away the driver', async () => {
      const path = `${base}/timing/teams/${team}/driver`;
      expect((await api().request('PUT', path, { driver_id: driver })).body).toMatchObject({ driver_id: driver });
      expect((await api().request('PUT', path, { driver_id: null })).body).toMatchObject({ driver_id: null });
      expect(await api().request('GET', `${base}/timing/drivers/${driver}`)).toEqual({ status: 200, body: {} });
    });

    it('makes a faster last time the best one, unless it is told not to', async () => {
      const path = `${base}/timing/teams/${team}`;
      await api().request('PUT', path, { ...ROW, best_time: 60_000 });
      expect((await api().request('PUT', `${path}/last_time`, { last_time: 59_999 })).body).toMatchObject({ last_time: 59_999, best_time: 59_999 });
      expect((await api().request('PUT', `${path}/last_time`, { last_time: 62_000 })).body).toMatchObject({ last_time: 62_000, best_time: 59_999 });
      expect((await api().request('PUT', `${path}/last_time`, { last_time: 50_000, auto_best_time: false })).body).toMatchObject({ last_time: 50_000, best_time: 59_999 });
    });

    it('has no row where there is none', async () => {
      for (const path of [`${base}/timing/teams/2000000`, `/v1/c/2000000/timing/teams/${team}`, `${base}/timing/drivers/2000000`]) expect(await api().request('GET', path)).toEqual({ status: 200, body: {} });
      for (const path of [`${base}/timing/teams/2000000/history`, '/v1/c/2000000/timing', '/v1/c/2000000/timing/history', `${base}/timing/drivers/2000000/history`]) expect(await api().rows(path)).toEqual([]);
      expect(await api().request('PUT', `${base}/timing/teams/2000000`, ROW)).toEqual(NO_TIMING);
    });

    it('wants every field of a whole row, of which some may be null', async () => {
      for (const field of Object.keys(ROW)) {
        expect(await api().request('PUT', `${base}/timing/teams/${team}`, without(ROW, field))).toMatchObject({ status: 422, body: { detail: [{ type: 'missing', loc: ['body', field] }] } });
      }
    });
  });
}
