import { beforeAll, describe, expect, it } from '@jest/globals';
import type { StartedApi } from '../started-api.js';
import { OLDER_ROUTES, ROUTES } from './routes.js';

const REFUSED = '{"status_code":403,"message":"Invalid authentication.","extra_data":{}}';
const ALL = [...ROUTES, ...OLDER_ROUTES];

/** Who may do what, and what is said to those who may not. */
export function describeAccess(api: () => StartedApi): void {
  describe('access', () => {
    let viewer: string;

    beforeAll(async () => {
      viewer = `Bearer ${await api().bearer(await api().newKey('viewer'))}`;
    });

    it.each(ALL.filter(([, , role]) => role !== null))('%s %s is refused without a bearer and with an unknown one', async (method, path) => {
      for (const authorization of [undefined, 'Bearer unknown', 'bearer x', 'Bearer ']) {
        const { status, text } = await api().raw(method, `/v1/${path}`, authorization === undefined ? {} : { authorization });
        expect([status, text]).toEqual([403, REFUSED]);
      }
    });

    it.each(ALL.filter(([, , role]) => role === 'batch'))('%s %s is refused to a viewer', async (method, path) => {
      const { status, text } = await api().raw(method, `/v1/${path}`, { authorization: viewer, 'content-type': 'application/json' }, '{}');
      expect([status, JSON.parse(text)]).toEqual([403, { status_code: 403, message: 'This needs a key of the role batch.', extra_data: {} }]);
    });

    it.each(ALL.filter(([, , role]) => role === 'viewer'))('%s %s is open to a viewer', async (method, path) => {
      expect((await api().raw(method, `/v1/${path}`, { authorization: viewer })).status).toBe(200);
    });

    it.each(ALL)('%s %s exists in one spelling of methods only', async (method, path, role) => {
      const wrong = method === 'PATCH' ? 'GET' : 'PATCH';
      const answer = await api().raw(wrong, `/v1/${path}`, role === null ? {} : { authorization: viewer });
      expect([answer.status, answer.text]).toEqual([405, '{"detail":"Method Not Allowed"}']);
    });

    it('lets the batch role do all that clients of the original do, and no more', async () => {
      const statuses = await Promise.all(ROUTES.filter(([method, , role]) => role === 'batch' && method !== 'DELETE').map(async ([method, path]) => (await api().request(method, `/v1/${path}`, {}, 'batch-key')).status));
      expect(new Set(statuses)).toEqual(new Set([422]));
      for (const [method, path] of [['DELETE', '/v1/c/1'], ['GET', '/v1/admin/keys'], ['POST', '/v1/admin/keys'], ['DELETE', '/v1/admin/keys/1']] as const) {
        expect(await api().request(method, path, undefined, 'batch-key')).toEqual({ status: 403, body: { status_code: 403, message: 'This needs a key of the role admin.', extra_data: {} } });
      }
    });

    it('tells nobody without a key which paths there are', async () => {
      for (const path of ['/v1/nothing', '/v1/c/1/nothing', '/nothing', '/v1']) expect(await api().raw('GET', path)).toMatchObject({ status: 403, text: REFUSED });
      for (const path of ['/v1/nothing', '/v1/c/1/timing/teams/1/colour', '/nothing']) expect(await api().raw('GET', path, { authorization: viewer })).toMatchObject({ status: 404, text: '{"detail":"Not Found"}' });
    });

    it('is not deceived by an address written in another way', async () => {
      for (const path of ['/%76%31/c', '/v%31/tracks', '/v1/%63', '//v1/c', '/v1//c', '/V1/c']) expect((await api().raw('GET', path)).status).toBe(403);
      expect((await api().raw('POST', '/%76%31/tracks', { 'content-type': 'application/json' }, '{"name":"x"}')).status).toBe(403);
    });

    it('takes HEAD for a way of reading', async () => {
      expect(await api().raw('HEAD', '/v1/c', { authorization: viewer })).toMatchObject({ status: 200, text: '' });
      expect((await api().raw('HEAD', '/v1/c')).status).toBe(403);
    });

    it('answers the preflight of a browser before it asks for a key', async () => {
      const headers = { origin: 'https://example.org', 'access-control-request-method': 'PUT', 'access-control-request-headers': 'authorization, content-type' };
      const answer = await api().raw('OPTIONS', '/v1/c/1/timing/teams/1/lap', headers);
      expect([200, 204]).toContain(answer.status);
      expect(answer.headers.get('access-control-allow-origin')).toBe('https://example.org');
      expect(answer.headers.get('access-control-allow-methods')).toContain('PUT');
      expect(answer.headers.get('access-control-allow-headers')).toContain('authorization');
      expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
    });
  });
}
