import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SESSION, StartedApi, Writer } from './started-api.js';

const LIMIT_MS = 60_000;

/** What a batch does, the same on every database. */
export function describeBatches(database: () => string | null): void {
  describe('batches', () => {
    let api: StartedApi;
    let competitions = 0;

    beforeAll(async () => {
      api = await StartedApi.start(database());
    }, LIMIT_MS);
    afterAll(() => api.stop());

    async function race(): Promise<{ writer: Writer; code: string }> {
      const code = `race-${(competitions += 1)}`;
      await api.newCompetition(code);
      const writer = new Writer(api, code);
      await writer.send(['PUT sessions/~1', SESSION], ['PUT teams/~r1', { participant_code: 'r1', name: 'FIRST', number: 1 }], ['PUT teams/~r2', { participant_code: 'r2', name: 'SECOND', number: 2 }]);
      return { writer, code };
    }

    const lap = (number: number, timeMs: number | null): object => ({ lap: number, lap_time: timeMs, driver_name: null, at_ms: 1_000 + number, sectors: [], in_lap: false, out_lap: false, valid: true, reason: null });

    it('applies the operations of frames in order and answers how many', async () => {
      const { writer, code } = await race();
      const answer = await writer.send(['PUT timing/teams/~r1/lap', { lap: 3 }], ['PUT timing/teams/~r1/lap', { lap: 4 }]);
      expect(answer).toMatchObject({ status: 200, body: { applied: 2, skipped: 0, rejected: [] } });
      expect((await api.request('GET', `/v1/c/~${code}/timing/teams/~r1`)).body).toMatchObject({ participant_code: 'r1', lap: 4 });
      expect((await api.rows(`/v1/c/~${code}/timing/teams/~r1/history`)).map((row) => row['lap'])).toEqual([0, 3, 4]);
    });

    it('skips what it has already, and says so', async () => {
      const { writer, code } = await race();
      const batch = writer.frame(['PUT sessions/~1/laps/~r1:1', lap(1, 60_000)]);
      const first = await writer.post(batch);
      const again = await writer.post(batch);
      expect(again.body).toEqual({ ...first.body, applied: 0, skipped: 1 });
      expect(await api.rows(`/v1/c/~${code}/laps`)).toHaveLength(1);
      expect((await api.request('GET', `/v1/c/~${code}/watermark`)).body).toEqual({ 'api-sender': batch['to'] });
    });

    it('rejects one operation without stopping the others, and remembers it', async () => {
      const { writer, code } = await race();
      const answer = await writer.send(['PUT timing/teams/~r9/lap', { lap: 1 }], ['PUT timing/teams/~r1/lap', { lap: 'many' }], ['PUT nothing/~x', {}], ['PUT timing/teams/~r2/lap', { lap: 7 }]);
      expect(answer.body).toMatchObject({ applied: 1, rejected: [{ index: 0, status_code: 400 }, { index: 1, status_code: 422 }, { index: 2, status_code: 404 }] });
      expect(await api.rows(`/v1/c/~${code}/rejected`)).toHaveLength(3);
      expect((await api.request('GET', `/v1/c/~${code}/timing/teams/~r2`)).body).toMatchObject({ lap: 7 });
    });

    it('leaves nothing of a rejected operation behind', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT timing/teams/~r1/kart_status', { kart_status: 'good' }]);
      const answer = await writer.send(['PUT sessions/~1/stops/~r1:1', { stop: 1, lap: 2, driver_id: '~NOBODY', in_at_ms: 5, source: 'message' }]);
      expect(answer.body).toMatchObject({ applied: 0 });
      expect(await api.rows(`/v1/c/~${code}/stops`)).toEqual([]);
      expect((await api.request('GET', `/v1/c/~${code}/timing/teams/~r1`)).body).toMatchObject({ kart_status: 'good' });
    });

    it('refuses a batch for a competition that it does not know', async () => {
      expect(await new Writer(api, 'nowhere').send(['PUT metadata/status', { status: 'ongoing' }])).toMatchObject({ status: 400, body: { message: expect.stringContaining('does not exist') as unknown } });
    });

    it('keeps a withdrawn lap with its reason and what it was', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT sessions/~1/laps/~r1:1', lap(1, 61_000)], ['PUT sessions/~1/laps/~r1:2', lap(2, 62_000)]);
      await writer.send(['PUT sessions/~1/laps/~r1:2', { valid: false, reason: 'rollback' }]);
      expect(await api.rows(`/v1/c/~${code}/laps?team=~r1`)).toMatchObject([{ lap: 1, valid: true, reason: null }, { lap: 2, lap_time: 62_000, valid: false, reason: 'rollback' }]);
    });

    it('joins a stop from its entry and its exit', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT teams/~r1/drivers/~ANNA', { participant_code: 'r1', name: 'ANNA' }], ['PUT sessions/~1/stops/~r1:1', { stop: 1, lap: 12, driver_id: '~ANNA', in_at_ms: 100_000, source: 'message' }]);
      await writer.send(['PUT sessions/~1/stops/~r1:1', { out_at_ms: 190_000, duration_ms: 90_000, driver_out_id: null }]);
      expect(await api.rows(`/v1/c/~${code}/stops`)).toMatchObject([{ participant_code: 'r1', stop: 1, lap: 12, driver_name: 'ANNA', in_at_ms: 100_000, out_at_ms: 190_000, duration_ms: 90_000, valid: true }]);
      expect(await api.rows(`/v1/c/~${code}/pits/in`)).toMatchObject([{ lap: 12, pit_time: 90_000, has_pit_out: true }]);
      expect(await api.rows(`/v1/c/~${code}/pits/out`)).toHaveLength(1);
    });

    it('gives a doubled or empty name its code, and keeps what the feed says', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT teams/~r3', { participant_code: 'r3', name: 'FIRST', number: null, number_text: '12A', name_text: 'FIRST' }], ['PUT teams/~r4', { participant_code: 'r4', name: '', number: 4, number_text: '4', name_text: '' }]);
      expect(await api.rows(`/v1/c/~${code}/teams`)).toMatchObject([{ name: 'FIRST' }, { name: 'SECOND' }, { name: 'FIRST (r3)', number: null, number_text: '12A', name_text: 'FIRST' }, { name: '(r4)' }]);
    });

    it('keeps category and nationality of a team through changes of its name', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT teams/~r1/details', { category: 'PRO', nationality: 'ESP' }], ['PUT teams/~r1', { participant_code: 'r1', name: 'RENAMED', number: 1 }]);
      expect(await api.rows(`/v1/c/~${code}/teams`)).toMatchObject([{ name: 'RENAMED', category: 'PRO', nationality: 'ESP' }, { name: 'SECOND', category: null, nationality: null }]);
      await writer.send(['PUT teams/~r1/details', { category: null, nationality: null }]);
      expect(await api.rows(`/v1/c/~${code}/teams`)).toMatchObject([{ category: null, nationality: null }, { name: 'SECOND' }]);
    });

    it('lets two teams exchange their names', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT teams/~r1', { participant_code: 'r1', name: 'THIRD', number: 1 }], ['PUT teams/~r2', { participant_code: 'r2', name: 'FIRST', number: 2 }], ['PUT teams/~r1', { participant_code: 'r1', name: 'SECOND', number: 1 }]);
      expect(await api.rows(`/v1/c/~${code}/teams`)).toMatchObject([{ participant_code: 'r1', name: 'SECOND' }, { participant_code: 'r2', name: 'FIRST' }]);
    });

    it('starts the timing anew with a new session and keeps the laps of the old one', async () => {
      const { writer, code } = await race();
      await writer.send(['PUT sessions/~1/laps/~r1:1', lap(1, 61_000)]);
      await writer.send(['PUT sessions/~2', { ...SESSION, title2: 'SECOND RACE' }]);
      expect(await api.rows(`/v1/c/~${code}/timing`)).toEqual([]);
      expect(await api.rows(`/v1/c/~${code}/laps`)).toEqual([]);
      expect(await api.rows(`/v1/c/~${code}/laps?session=1`)).toHaveLength(1);
    });

    it('never lets the feed replace a parser setting that a person made', async () => {
      const { writer, code } = await race();
      await api.request('POST', `/v1/c/~${code}/parsers/settings`, { name: 'timing-lap', value: 'c9' });
      await writer.send(['DELETE parsers/settings'], ['PUT parsers/settings/~timing-lap', { value: 'c6' }], ['PUT parsers/settings/~timing-gap', { value: 'c8' }]);
      expect(await api.rows(`/v1/c/~${code}/parsers/settings`)).toMatchObject([{ name: 'timing-lap', value: 'c9', source: 'user' }, { name: 'timing-gap', value: 'c8', source: 'feed' }]);
    });

    it('gives the same rows however the frames are cut into batches', async () => {
      const whole = await race();
      const single = await race();
      const operations = Array.from({ length: 30 }, (_, index): [string, object] => (index % 3 === 0 ? [`PUT sessions/~1/laps/~r1:${index + 1}`, lap(index, 60_000 + index)] : [`PUT timing/teams/~r${(index % 2) + 1}/lap`, { lap: index }]));
      for (const operation of operations) await single.writer.send(operation);
      await whole.writer.send(...operations);
      for (const part of ['laps', 'timing/history']) {
        const plain = async (code: string): Promise<unknown[]> => (await api.rows(`/v1/c/~${code}/${part}`)).map((row) => [row['participant_code'], row['lap'], row['lap_time'] ?? row['position']]);
        expect(await plain(whole.code)).toEqual(await plain(single.code));
      }
    });

    it('takes batches of two writers at once without doubling or losing any', async () => {
      const { writer, code } = await race();
      const frames = Array.from({ length: 20 }, (_, index) => writer.frame([`PUT sessions/~1/laps/~r1:${index + 1}`, lap(index + 1, 60_000)]));
      for (const frame of frames) await Promise.all([writer.post(frame), writer.post(frame)]);
      expect(await api.rows(`/v1/c/~${code}/laps`)).toHaveLength(20);
      expect(await api.rows(`/v1/c/~${code}/rejected`)).toEqual([]);
    });
  });
}
