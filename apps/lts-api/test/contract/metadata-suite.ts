import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StartedApi } from '../started-api.js';

const DATES = { insert_date: expect.any(String) as unknown, update_date: expect.any(String) as unknown };

/** State of a competition, and settings of its parser. */
export function describeMetadata(api: () => StartedApi): void {
  describe('metadata and parser settings', () => {
    let base: string;
    let id: number;

    beforeAll(async () => {
      id = await api().newCompetition('metadata');
      base = `/v1/c/${id}`;
    });

    it('changes all fields or one, and keeps each state whole', async () => {
      const first = { status: 'ongoing', stage: 'qualifying', remaining_length: 900_000, remaining_length_unit: 'millis' };
      expect(await api().request('PUT', `${base}/metadata`, first, 'batch-key')).toMatchObject({ status: 200, body: { ...first, ...DATES } });
      expect((await api().request('PUT', `${base}/metadata/status`, { status: 'paused' })).body).toMatchObject({ ...first, status: 'paused' });
      expect((await api().request('PUT', `${base}/metadata/stage`, { stage: 'race' })).body).toMatchObject({ status: 'paused', stage: 'race', remaining_length: 900_000 });
      const last = { status: 'paused', stage: 'race', remaining_length: 12, remaining_length_unit: 'laps' };
      expect((await api().request('PUT', `${base}/metadata/remaining_length`, { remaining_length: 12, remaining_length_unit: 'laps' })).body).toMatchObject(last);
      expect((await api().request('GET', `${base}/metadata`)).body).toMatchObject(last);
      const history = await api().rows(`${base}/metadata/history`);
      expect(history.map((row) => [row['status'], row['stage'], row['remaining_length']])).toEqual([['paused', 'free-practice', 0], ['ongoing', 'qualifying', 900_000], ['paused', 'qualifying', 900_000], ['paused', 'race', 900_000], ['paused', 'race', 12]]);
      expect(history.every((row) => !('id' in row) && !('competition_id' in row))).toBe(true);
    });

    it('keeps a state also when nothing changed', async () => {
      const before = (await api().rows(`${base}/metadata/history`)).length;
      for (let time = 0; time < 2; time += 1) await api().request('PUT', `${base}/metadata/status`, { status: 'ongoing' });
      expect(await api().rows(`${base}/metadata/history`)).toHaveLength(before + 2);
    });

    it('refuses a word it does not know, and a competition that does not exist', async () => {
      expect(await api().request('PUT', `${base}/metadata/status`, { status: 'over' })).toMatchObject({ status: 422, body: { detail: [{ type: 'enum', loc: ['body', 'status'], msg: "Input should be 'paused','ongoing' or 'finished'" }] } });
      for (const [path, body] of [
        ['metadata', { status: 'ongoing', stage: 'race', remaining_length: 1, remaining_length_unit: 'laps' }],
        ['metadata/status', { status: 'ongoing' }],
        ['metadata/stage', { stage: 'race' }],
        ['metadata/remaining_length', { remaining_length: 1, remaining_length_unit: 'laps' }],
      ] as const) {
        expect(await api().request('PUT', `/v1/c/2000000/${path}`, body)).toEqual({ status: 400, body: { status_code: 400, message: 'The competition with ID=2000000 does not exist.', extra_data: {} } });
      }
      expect(await api().rows('/v1/c/2000000/metadata/history')).toEqual([]);
    });

    it('adds, reads, changes and removes settings of the parser', async () => {
      const path = `${base}/parsers/settings`;
      expect(await api().request('POST', path, { name: 'timing-lap', value: 'c6' }, 'batch-key')).toMatchObject({ status: 200, body: { name: 'timing-lap', value: 'c6', ...DATES } });
      expect(await api().request('POST', path, { name: 'timing-lap', value: 'c7' })).toMatchObject({ status: 400, body: { message: `The setting "timing-lap" (competition=${id}) already exists.` } });
      expect((await api().request('PUT', `${path}/timing-lap`, { value: 'c8' })).body).toMatchObject({ name: 'timing-lap', value: 'c8' });
      expect((await api().request('GET', `${path}/timing-lap`)).body).toMatchObject({ value: 'c8' });
      await api().request('POST', path, { name: 'any name', value: '' });
      expect((await api().rows(path)).map((row) => [row['name'], row['value']])).toEqual([['timing-lap', 'c8'], ['any name', '']]);
      for (let time = 0; time < 2; time += 1) expect(await api().request('DELETE', path, undefined, 'batch-key')).toEqual({ status: 200, body: {} });
      expect(await api().rows(path)).toEqual([]);
    });

    it('answers for settings that do not exist as the original does', async () => {
      const path = `${base}/parsers/settings`;
      expect(await api().request('GET', `${path}/none`)).toEqual({ status: 200, body: {} });
      expect(await api().request('PUT', `${path}/none`, { value: 'x' })).toMatchObject({ status: 400, body: { message: 'No data was inserted or updated.' } });
      expect(await api().rows('/v1/c/2000000/parsers/settings')).toEqual([]);
      expect(await api().request('POST', '/v1/c/2000000/parsers/settings', { name: 'a', value: 'b' })).toMatchObject({ status: 400, body: { message: 'No data was inserted or updated.' } });
      expect(await api().request('DELETE', '/v1/c/2000000/parsers/settings')).toEqual({ status: 200, body: {} });
    });
  });
}
