import { sql } from 'drizzle-orm';
import { describe, expect, it } from '@jest/globals';
import type { StartedApi } from '../started-api.js';

const JSON_BODY = { 'content-type': 'application/json' };

/** Health, keys and bearers. */
export function describeAuth(api: () => StartedApi): void {
  describe('health and auth', () => {
    const signIn = async (key: string): Promise<Record<string, unknown>> => JSON.parse((await api().raw('POST', '/v1/auth', JSON_BODY, JSON.stringify({ key }))).text) as Record<string, unknown>;
    const validate = (authorization?: string): Promise<{ status: number; text: string }> => api().raw('GET', '/v1/auth/validate', authorization === undefined ? {} : { authorization });

    it('answers the health check byte for byte', async () => {
      expect(await api().raw('GET', '/v1/health')).toMatchObject({ status: 200, text: '{"status":"ok"}' });
    });

    it('changes a key into a bearer, which tells its name and role', async () => {
      const answer = await signIn('batch-key');
      expect(answer).toEqual({ bearer: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown, name: 'pipeline', role: 'batch' });
      expect(JSON.parse((await validate(`Bearer ${String(answer['bearer'])}`)).text)).toEqual({ name: 'pipeline', role: 'batch' });
    });

    it('gives all processes of a batch key the same bearer, others one of their own', async () => {
      expect((await signIn('batch-key'))['bearer']).toBe((await signIn('batch-key'))['bearer']);
      expect((await signIn('admin-key'))['bearer']).not.toBe((await signIn('admin-key'))['bearer']);
    });

    it('refuses a key that it does not know', async () => {
      expect(await api().raw('POST', '/v1/auth', JSON_BODY, '{"key":"wrong"}')).toMatchObject({ status: 401, text: '{"status_code":401,"message":"Invalid API key.","extra_data":{}}' });
    });

    it('says that the key, or the header, is missing', async () => {
      const answer = await api().raw('POST', '/v1/auth', JSON_BODY, '{}');
      expect([answer.status, JSON.parse(answer.text)]).toEqual([422, { detail: [{ type: 'missing', loc: ['body', 'key'], msg: 'Field required', input: {}, url: 'https://errors.pydantic.dev/2.4/v/missing' }] }]);
      const header = await validate();
      expect([header.status, JSON.parse(header.text)]).toEqual([422, { detail: [{ type: 'missing', loc: ['header', 'authorization'], msg: 'Field required', input: null, url: 'https://errors.pydantic.dev/2.4/v/missing' }] }]);
    });

    it('refuses a bearer that it does not know, or that is none', async () => {
      for (const header of ['Bearer unknown', 'Basic YTpi', 'bearer x']) expect(await validate(header)).toMatchObject({ status: 403, text: '{"status_code":403,"message":"Invalid authentication.","extra_data":{}}' });
    });

    it('makes keys whose text is told once, and lists them without it', async () => {
      const made = await api().request('POST', '/v1/admin/keys', { name: 'the pit wall', role: 'viewer' });
      expect(made).toMatchObject({ status: 200, body: { id: expect.any(Number) as unknown, name: 'the pit wall', role: 'viewer', key: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown } });
      const listed = (await api().rows('/v1/admin/keys')).find(({ id }) => id === made.body['id']);
      expect(Object.keys(listed ?? {}).sort()).toEqual(['id', 'insert_date', 'name', 'role', 'update_date']);
      expect((await api().request('POST', '/v1/admin/keys', { name: 'x', role: 'owner' })).status).toBe(422);
    });

    it('stores neither keys nor bearers as they are', async () => {
      const key = await api().newKey('batch');
      const { bearer } = await signIn(key);
      const stored = await api().database.read(async (tables) => JSON.stringify([await tables.execute(sql`select * from api_auth`), await tables.execute(sql`select * from bearers`)]));
      expect(stored).not.toContain(key);
      expect(stored).not.toContain(String(bearer));
    });

    it('ends a session by itself, all sessions of a key, and a key with its sessions', async () => {
      const made = await api().request('POST', '/v1/admin/keys', { name: 'guest', role: 'viewer' });
      const key = String(made.body['key']);
      const bearers = [await signIn(key), await signIn(key), await signIn(key)].map(({ bearer }) => `Bearer ${String(bearer)}`);
      const states = async (): Promise<number[]> => Promise.all(bearers.map(async (bearer) => (await validate(bearer)).status));
      expect(await states()).toEqual([200, 200, 200]);
      expect(await api().raw('DELETE', '/v1/auth', { authorization: bearers[0] ?? '' })).toMatchObject({ status: 200, text: '{}' });
      expect(await states()).toEqual([403, 200, 200]);
      await api().request('DELETE', `/v1/admin/keys/${String(made.body['id'])}/bearers`);
      expect(await states()).toEqual([403, 403, 403]);
      bearers.push(`Bearer ${String((await signIn(key))['bearer'])}`);
      expect(await states()).toEqual([403, 403, 403, 200]);
      await api().request('DELETE', `/v1/admin/keys/${String(made.body['id'])}`);
      expect(await states()).toEqual([403, 403, 403, 403]);
      expect((await api().raw('POST', '/v1/auth', JSON_BODY, JSON.stringify({ key }))).status).toBe(401);
    });

    it('ends the oldest session of a key beyond a hundred', async () => {
      const key = await api().newKey('viewer');
      const first = `Bearer ${String((await signIn(key))['bearer'])}`;
      for (let session = 2; session <= 100; session += 1) await signIn(key);
      expect((await validate(first)).status).toBe(200);
      const last = `Bearer ${String((await signIn(key))['bearer'])}`;
      api().forgetRemembered();
      expect([(await validate(first)).status, (await validate(last)).status]).toEqual([403, 200]);
    }, 60_000);

    it('lets a bearer expire', async () => {
      const { bearer } = await signIn(await api().newKey('viewer'));
      await api().database.transaction((tables) => tables.execute(sql`update bearers set until_ms = 0`));
      expect((await validate(`Bearer ${String(bearer)}`)).status).toBe(403);
      api().forgetBearers();
    });

    it('tells keys and bearers apart by case', async () => {
      const key = await api().newKey('viewer');
      expect((await api().raw('POST', '/v1/auth', JSON_BODY, JSON.stringify({ key: key.toUpperCase() }))).status).toBe(401);
      const { bearer } = await signIn(key);
      expect((await validate(`Bearer ${String(bearer).toUpperCase()}`)).status).toBe(403);
    });
  });
}
