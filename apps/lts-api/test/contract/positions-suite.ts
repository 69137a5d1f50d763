import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, StartedApi } from '../started-api.js';

/** What becomes of the others when one takes a place. */
export function describePositions(api: () => StartedApi): void {
  describe('positions', () => {
    let base: string;

    beforeAll(async () => {
      base = `/v1/c/${await api().newCompetition('positions')}`;
      for (const name of ['a', 'b', 'c', 'd']) await api().request('POST', `${base}/teams`, { participant_code: name, name, number: 1 });
    });

    const put = (team: string, body: Json): Promise<unknown> => api().request('PUT', `${base}/timing/teams/~${team}/position`, body);
    const set = async (places: Json): Promise<void> => {
      for (const [team, position] of Object.entries(places)) await put(team, { position, auto_other_positions: false });
    };
    const places = async (): Promise<Json> => Object.fromEntries((await api().rows(`${base}/timing`)).map((row) => [String(row['participant_code']), row['position']]));

    it('moves those between up when a team falls back, down when it gains', async () => {
      await set({ a: 1, b: 2, c: 3, d: 4 });
      await put('a', { position: 3 });
      expect(await places()).toEqual({ a: 3, b: 1, c: 2, d: 4 });
      await put('d', { position: 1 });
      expect(await places()).toEqual({ a: 4, b: 2, c: 3, d: 1 });
    });

    it('moves nobody when it is told not to, or the place is the same', async () => {
      await set({ a: 1, b: 2, c: 3, d: 4 });
      await put('a', { position: 4, auto_other_positions: false });
      expect(await places()).toEqual({ a: 4, b: 2, c: 3, d: 4 });
      await put('b', { position: 2 });
      expect(await places()).toEqual({ a: 4, b: 2, c: 3, d: 4 });
    });

    it('keeps a row for everybody who moved, and for nobody else', async () => {
      await set({ a: 1, b: 2, c: 3, d: 4 });
      const count = async (): Promise<number[]> => Promise.all(['a', 'b', 'c', 'd'].map(async (team) => (await api().rows(`${base}/timing/teams/~${team}/history`)).length));
      const before = await count();
      await put('b', { position: 3 });
      expect((await count()).map((rows, index) => rows - (before[index] ?? 0))).toEqual([0, 1, 1, 0]);
    });

    it('does the same when a whole row brings the place', async () => {
      await set({ a: 1, b: 2, c: 3, d: 4 });
      const row = { driver_id: null, last_time: 0, best_time: 0, lap: 0, gap: null, gap_unit: null, interval: null, interval_unit: null, stage: 'race', pit_time: null, kart_status: 'unknown', fixed_kart_status: null, number_pits: 0 };
      await api().request('PUT', `${base}/timing/teams/~d`, { ...row, position: 2 });
      expect(await places()).toEqual({ a: 1, b: 3, c: 4, d: 2 });
      await api().request('PUT', `${base}/timing/teams/~d`, { ...row, position: 4, auto_other_positions: false });
      expect(await places()).toEqual({ a: 1, b: 3, c: 4, d: 4 });
    });

    it('makes room for a newcomer behind the leader, who keeps his place', async () => {
      await set({ a: 1, b: 2, c: 3, d: 0 });
      await put('d', { position: 2 });
      expect(await places()).toEqual({ a: 1, b: 3, c: 4, d: 2 });
      await set({ a: 1, b: 2, c: 3, d: 0 });
      await put('d', { position: 4 });
      expect(await places()).toEqual({ a: 1, b: 2, c: 3, d: 4 });
    });
  });
}
