import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StartedApi } from '../started-api.js';

const LIMIT_MS = 60_000;

/** Where the settings let anybody read. */
export function describePublicRead(database: () => string | null): void {
  describe('public reading', () => {
    let api: StartedApi;

    beforeAll(async () => {
      api = await StartedApi.start(database(), '--public_read', 'true');
      await api.newCompetition('cup');
    }, LIMIT_MS);
    afterAll(() => api.stop());

    it('lets anybody read who sends no Authorization header, and nobody with a wrong one', async () => {
      for (const path of ['/v1/c', '/v1/c/~cup/teams', '/v1/tracks']) {
        expect((await api.raw('GET', path)).status).toBe(200);
        for (const authorization of ['Bearer wrong', '']) expect((await api.raw('GET', path, { authorization })).status).toBe(403);
      }
      expect(await api.raw('GET', '/v1/nothing')).toMatchObject({ status: 404, text: '{"detail":"Not Found"}' });
    });

    it('lets nobody write or manage without a key', async () => {
      for (const [method, path] of [['POST', '/v1/tracks'], ['PUT', '/v1/c/~cup/settings'], ['DELETE', '/v1/c/~cup'], ['GET', '/v1/admin/keys'], ['POST', '/v1/nothing']] as const) {
        expect((await api.raw(method, path)).status).toBe(403);
      }
    });
  });
}
