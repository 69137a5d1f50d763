import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Json, type StartedApi, without } from '../started-api.js';

const DATE = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/) as unknown;
const DATES = { insert_date: DATE, update_date: DATE };
const NOTHING = { status_code: 400, message: 'No data was inserted or updated.', extra_data: {} };
const SETTINGS = { length: 350, length_unit: 'laps', pit_time: 120_000, min_number_pits: 5 };

/** Tracks, competitions and their settings. */
export function describeCompetitions(api: () => StartedApi): void {
  describe('tracks, competitions, settings', () => {
    let track: Json;
    let made: Json;

    const competition = (fields: object = {}): object => ({ track_id: track['id'], competition_code: 'summer-cup', name: 'Summer Cup', description: 'six hours', settings: SETTINGS, ...fields });

    beforeAll(async () => {
      track = (await api().request('POST', '/v1/tracks', { name: 'Hill Ring' }, 'batch-key')).body;
      made = (await api().request('POST', '/v1/c', competition(), 'batch-key')).body;
    });

    it('makes, lists and renames tracks', async () => {
      expect(track).toEqual({ id: expect.any(Number) as unknown, name: 'Hill Ring', ...DATES });
      expect(await api().rows('/v1/tracks')).toContainEqual(track);
      expect(await api().request('PUT', `/v1/tracks/${String(track['id'])}`, { name: 'Hill Ring North' })).toEqual({ status: 200, body: { id: track['id'], name: 'Hill Ring North', ...DATES } });
    });

    it('refuses a second track of a name, and to rename one that does not exist', async () => {
      const other = await api().request('POST', '/v1/tracks', { name: 'Lake Ring' });
      expect(await api().request('POST', '/v1/tracks', { name: 'Lake Ring' })).toEqual({ status: 400, body: NOTHING });
      expect(await api().request('PUT', `/v1/tracks/${String(track['id'])}`, { name: 'Lake Ring' })).toEqual({ status: 400, body: NOTHING });
      expect(await api().request('PUT', '/v1/tracks/2000000', { name: 'x' })).toMatchObject({ status: 400, body: { message: 'The track with ID=2000000 does not exist.' } });
      expect(other.status).toBe(200);
    });

    it('has neither a single track nor a way to remove one', async () => {
      for (const method of ['GET', 'DELETE']) expect(await api().request(method, `/v1/tracks/${String(track['id'])}`)).toEqual({ status: 405, body: { detail: 'Method Not Allowed' } });
    });

    it('makes a competition with its track, its settings and its first state', async () => {
      expect(made).toEqual({ id: expect.any(Number) as unknown, track: { id: track['id'], name: expect.any(String) as unknown, ...DATES }, competition_code: 'summer-cup', name: 'Summer Cup', description: 'six hours', ...DATES });
      const base = `/v1/c/${String(made['id'])}`;
      expect((await api().request('GET', `${base}/settings`)).body).toEqual({ ...SETTINGS, ...DATES });
      const first = { status: 'paused', stage: 'free-practice', remaining_length: 0, remaining_length_unit: 'laps' };
      expect((await api().request('GET', `${base}/metadata`)).body).toMatchObject(first);
      expect(await api().rows(`${base}/metadata/history`)).toMatchObject([first]);
    });

    it('shows it by number, by natural key, by code and in the list, also in the older spelling', async () => {
      const id = String(made['id']);
      for (const path of [`/v1/c/${id}`, '/v1/c/~summer-cup', '/v1/c/filter/code/summer-cup', `/v1/competitions/${id}`, '/v1/competitions/filter/code/summer-cup']) {
        expect((await api().request('GET', path)).body).toMatchObject({ id: made['id'], competition_code: 'summer-cup' });
      }
      for (const path of ['/v1/c', '/v1/competitions']) expect((await api().rows(path)).map((row) => row['id'])).toContain(made['id']);
    });

    it('finds a code whatever its case and its accents', async () => {
      expect((await api().request('GET', '/v1/c/filter/code/SÜMMER-Cup')).body).toMatchObject({ id: made['id'] });
    });

    it('answers {} for one that does not exist', async () => {
      for (const path of ['/v1/c/2000000', '/v1/c/99999999999', '/v1/c/-1', '/v1/c/~none', '/v1/c/filter/code/none', '/v1/c/2000000/settings', '/v1/c/2000000/metadata']) {
        expect(await api().request('GET', path)).toEqual({ status: 200, body: {} });
      }
    });

    it('refuses a code or a name that is taken, and a track that does not exist', async () => {
      expect((await api().request('POST', '/v1/c', competition())).body).toEqual({ status_code: 400, message: 'There is already a competition with the code "summer-cup".', extra_data: {} });
      expect(await api().request('POST', '/v1/c', competition({ competition_code: 'other' }))).toEqual({ status: 400, body: NOTHING });
      expect(await api().request('POST', '/v1/c', competition({ competition_code: 'other', name: 'Other', track_id: 2_000_000 }))).toEqual({ status: 400, body: NOTHING });
      expect((await api().request('GET', '/v1/c/filter/code/other')).body).toEqual({});
    });

    it('replaces all settings, of which the time of a stop may be null', async () => {
      const path = `/v1/c/${String(made['id'])}/settings`;
      const changed = { length: 3_600_000, length_unit: 'millis', pit_time: null, min_number_pits: 0 };
      expect(await api().request('PUT', path, changed, 'batch-key')).toEqual({ status: 200, body: { ...changed, ...DATES } });
      expect(await api().request('PUT', path, without(changed, 'pit_time'))).toMatchObject({ status: 422, body: { detail: [{ type: 'missing', loc: ['body', 'pit_time'] }] } });
      expect(await api().request('PUT', '/v1/c/2000000/settings', changed)).toMatchObject({ status: 400, body: { message: 'The competition with ID=2000000 does not exist.' } });
    });

    it('says where in the settings of a new competition the fault is', async () => {
      expect((await api().request('POST', '/v1/c', competition({ settings: { ...SETTINGS, length_unit: 'hours' } }))).body).toEqual({
        detail: [{ type: 'enum', loc: ['body', 'settings', 'length_unit'], msg: "Input should be 'laps' or 'millis'", input: 'hours', ctx: { expected: "'laps' or 'millis'" } }],
      });
    });
  });
}
