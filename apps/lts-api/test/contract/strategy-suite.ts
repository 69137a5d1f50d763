import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, StartedApi } from '../started-api.js';

const DATES = { insert_date: expect.any(String) as unknown, update_date: expect.any(String) as unknown };
const NOTHING = { status: 400, body: { status_code: 400, message: 'No data was inserted or updated.', extra_data: {} } };

/** Figures of stints and chances of karts. */
export function describeStrategy(api: () => StartedApi): void {
  describe('strategy', () => {
    let id: number;
    let base: string;

    beforeAll(async () => {
      id = await api().newCompetition('strategy');
      base = `/v1/c/${id}/strategy/pits`;
    });

    const stop = async (): Promise<number> => Number((await api().request('POST', `/v1/c/${id}/pits/in`, { team_id: null, driver_id: null, lap: 1, pit_time: null, kart_status: 'unknown', fixed_kart_status: null })).body['id']);
    const kart = (pit: number, step: number, status: string, probability: unknown): Json => ({ competition_id: id, pit_in_id: pit, step, kart_status: status, probability });
    const chances = (rows: readonly Json[]): unknown[] => rows.map((row) => [row['step'], row['kart_status'], row['probability']]);

    it('keeps the figures of a stint, of which the newest count', async () => {
      const pit = await stop();
      expect(await api().request('GET', `${base}/stats/${pit}`)).toEqual({ status: 200, body: {} });
      const first = await api().request('POST', `${base}/stats`, { pit_in_id: pit, best_time: 59_500, avg_time: 59_800 }, 'batch-key');
      expect(first).toEqual({ status: 200, body: { id: expect.any(Number) as unknown, pit_in_id: pit, best_time: 59_500, avg_time: 59_800, ...DATES } });
      const second = await api().request('POST', `${base}/stats`, { pit_in_id: pit, best_time: 59_400, avg_time: 59_700 });
      expect((await api().request('GET', `${base}/stats/${pit}`)).body).toEqual(second.body);
    });

    it('does not mind the competition of the path, but the stop must exist', async () => {
      const pit = await stop();
      const added = await api().request('POST', '/v1/c/2000000/strategy/pits/stats', { pit_in_id: pit, best_time: 1, avg_time: 2 });
      expect((await api().request('GET', `/v1/competitions/2000000/strategy/pits/stats/${pit}`)).body).toEqual(added.body);
      expect(await api().request('POST', `${base}/stats`, { pit_in_id: 2_000_000, best_time: 1, avg_time: 2 })).toEqual(NOTHING);
    });

    it('takes the chances of karts together and answers what now counts for the first stop', async () => {
      const [pit, other] = [await stop(), await stop()];
      const first = await api().request('POST', `${base}/karts`, [kart(pit, 1, 'good', 40.5), kart(pit, 1, 'bad', 59.5), kart(pit, 2, 'good', '12.25'), kart(other, 1, 'good', 1)], 'batch-key');
      expect(first.status).toBe(200);
      const rows = first.body as unknown as Json[];
      expect(rows[0]).toEqual({ id: expect.any(Number) as unknown, ...kart(pit, 1, 'good', 40.5), ...DATES });
      expect(chances(rows)).toEqual([[1, 'good', 40.5], [1, 'bad', 59.5], [2, 'good', 12.25]]);
      const second = await api().request('POST', `${base}/karts`, [kart(pit, 1, 'good', 75)]);
      expect(chances(second.body as unknown as Json[])).toEqual([[1, 'bad', 59.5], [2, 'good', 12.25], [1, 'good', 75]]);
      expect(await api().rows(`${base}/karts/${pit}`)).toEqual(second.body);
      expect(chances(await api().rows(`${base}/karts/${other}`))).toEqual([[1, 'good', 1]]);
      expect(await api().rows(`${base}/karts/2000000`)).toEqual([]);
    });

    it('stores all karts of a request or none', async () => {
      const pit = await stop();
      for (const wrong of [kart(2_000_000, 1, 'good', 1), { ...kart(pit, 1, 'good', 1), competition_id: 2_000_000 }, kart(pit, -1, 'good', 1)]) expect(await api().request('POST', `${base}/karts`, [kart(pit, 1, 'good', 1), wrong])).toEqual(NOTHING);
      expect(await api().request('POST', `${base}/karts`, [])).toEqual(NOTHING);
      expect(await api().rows(`${base}/karts/${pit}`)).toEqual([]);
    });

    it('says which kart of the list is wrong, and that it must be a list', async () => {
      const pit = await stop();
      expect(await api().request('POST', `${base}/karts`, [kart(pit, 1, 'good', 1), { ...kart(pit, 1, 'good', 1), kart_status: 'new' }])).toMatchObject({ status: 422, body: { detail: [{ type: 'enum', loc: ['body', 1, 'kart_status'] }] } });
      expect(await api().request('POST', `${base}/karts`, kart(pit, 1, 'good', 1))).toMatchObject({ status: 422, body: { detail: [{ type: 'list_type', loc: ['body'] }] } });
    });

    it('takes the competition of a kart from the kart, and shows it there only', async () => {
      const pit = await stop();
      expect(await api().request('POST', '/v1/c/2000000/strategy/pits/karts', [kart(pit, 1, 'good', 1)])).toEqual({ status: 200, body: [] });
      expect(chances(await api().rows(`${base}/karts/${pit}`))).toEqual([[1, 'good', 1]]);
    });
  });
}
