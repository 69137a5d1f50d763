import { type SQL, sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Json, StartedApi } from '../started-api.js';

const NOTHING = '{"status_code":400,"message":"No data was inserted or updated.","extra_data":{}}';
const EXPLAINED = 'https://errors.pydantic.dev/2.4/v/';
const TOO_LONG = 'x'.repeat(256);

const INT_PARSING = { type: 'int_parsing', msg: 'Input should be a valid integer, unable to parse string as an integer', url: `${EXPLAINED}int_parsing` };
const INT_TYPE = { type: 'int_type', msg: 'Input should be a valid integer', url: `${EXPLAINED}int_type` };
const INT_FROM_FLOAT = { type: 'int_from_float', msg: 'Input should be a valid integer, got a number with a fractional part', url: `${EXPLAINED}int_from_float` };
const BOOL_PARSING = { type: 'bool_parsing', msg: 'Input should be a valid boolean, unable to interpret input', url: `${EXPLAINED}bool_parsing` };

/** What a request may hold, how it is coerced, and what is said when it cannot be understood. */
export function describeRequests(api: () => StartedApi): void {
  describe('requests', () => {
    let base: string;
    let team: string;
    let bearer: string;

    beforeAll(async () => {
      base = `/v1/c/${await api().newCompetition('requests')}`;
      team = `${base}/timing/teams/${String((await api().request('POST', `${base}/teams`, { participant_code: 'r1', name: 'OWLS', number: 1 })).body['id'])}`;
      bearer = `Bearer ${await api().bearer()}`;
    });

    const raw = async (method: string, path: string, body: string, headers: Record<string, string> = { 'content-type': 'application/json' }): Promise<[number, Json]> => {
      const answer = await api().raw(method, path, { authorization: bearer, ...headers }, body);
      return [answer.status, JSON.parse(answer.text) as Json];
    };

    it.each([[12, 12], ['12', 12], [' 12 ', 12], ['+12', 12], [12.0, 12], ['12.0', 12], [true, 1], [false, 0], [0, 0], [2_147_483_647, 2_147_483_647]])('reads %j as the whole number %d', async (given, read) => {
      expect((await api().request('PUT', `${team}/lap`, { lap: given })).body).toMatchObject({ lap: read });
    });

    it.each([['many', INT_PARSING], ['12.5', INT_PARSING], ['', INT_PARSING], ['0x10', INT_PARSING], ['1e3', INT_PARSING], [12.5, INT_FROM_FLOAT], [null, INT_TYPE], [[1], INT_TYPE], [{}, INT_TYPE]])('reads %j as no whole number', async (given, fault) => {
      expect(await api().request('PUT', `${team}/lap`, { lap: given })).toEqual({ status: 422, body: { detail: [{ ...fault, loc: ['body', 'lap'], input: given }] } });
    });

    it.each([[true, 59_000], [1, 59_000], ['yes', 59_000], ['TRUE', 59_000], [false, 61_000], [0, 61_000], ['off', 61_000], ['f', 61_000]])('reads %j as yes or no', async (given, best) => {
      await api().request('PUT', `${team}/best_time`, { best_time: 61_000 });
      expect((await api().request('PUT', `${team}/last_time`, { last_time: 59_000, auto_best_time: given })).body).toMatchObject({ best_time: best });
    });

    it.each([['maybe', BOOL_PARSING], [2, BOOL_PARSING], [null, { type: 'bool_type', msg: 'Input should be a valid boolean', url: `${EXPLAINED}bool_type` }]])('reads %j as neither yes nor no', async (given, fault) => {
      expect(await api().request('PUT', `${team}/last_time`, { last_time: 1, auto_best_time: given })).toEqual({ status: 422, body: { detail: [{ ...fault, loc: ['body', 'auto_best_time'], input: given }] } });
    });

    it('does not make a text out of a number', async () => {
      expect(await api().request('POST', '/v1/tracks', { name: 12 })).toEqual({ status: 422, body: { detail: [{ type: 'string_type', loc: ['body', 'name'], msg: 'Input should be a valid string', input: 12, url: `${EXPLAINED}string_type` }] } });
    });

    it('tells every fault of a body at once, and ignores what it does not know', async () => {
      const { status, body } = await api().request('PUT', `${base}/metadata`, { status: 'over', remaining_length: 'x', other: 1 });
      expect([status, (body['detail'] as Json[]).map((fault) => [fault['type'], fault['loc']])]).toEqual([
        422,
        [['enum', ['body', 'status']], ['missing', ['body', 'stage']], ['int_parsing', ['body', 'remaining_length']], ['missing', ['body', 'remaining_length_unit']]],
      ]);
      expect((await api().request('PUT', `${team}/lap`, { lap: 4, other: 1 })).body).toMatchObject({ lap: 4 });
    });

    it('says that there is no body, that it is no JSON, or no object', async () => {
      expect(await raw('PUT', `${team}/lap`, '')).toEqual([422, { detail: [{ type: 'missing', loc: ['body'], msg: 'Field required', input: null, url: `${EXPLAINED}missing` }] }]);
      expect(await raw('PUT', `${team}/lap`, 'null')).toMatchObject([422, { detail: [{ type: 'missing', loc: ['body'] }] }]);
      expect(await raw('PUT', `${team}/lap`, '{"lap":')).toMatchObject([422, { detail: [{ type: 'json_invalid', loc: ['body', expect.any(Number) as unknown], msg: 'JSON decode error' }] }]);
      for (const body of ['[1]', '"x"', '7']) expect(await raw('PUT', `${team}/lap`, body)).toMatchObject([422, { detail: [{ type: 'model_attributes_type', loc: ['body'], msg: 'Input should be a valid dictionary or object to extract fields from' }] }]);
      expect(await raw('PUT', `${team}/lap`, 'lap=1', { 'content-type': 'text/plain' })).toMatchObject([422, { detail: [{ type: 'model_attributes_type' }] }]);
    });

    it('takes a DELETE that promises JSON and brings none', async () => {
      expect(await raw('DELETE', `${base}/parsers/settings`, '')).toEqual([200, {}]);
    });

    it.each(['c/x', 'c/x/teams', 'c/x/timing', 'c/x/pits/in', 'c/1.5/metadata'])('says that %s names no competition', async (path) => {
      expect(await api().request('GET', `/v1/${path}`)).toEqual({ status: 422, body: { detail: [{ ...INT_PARSING, loc: ['path', 'competition_id'], input: path.split('/')[1] }] } });
    });

    it.each([['teams/x', 'team_id'], ['drivers/x', 'driver_id'], ['timing/teams/x', 'team_id'], ['timing/drivers/x/history', 'driver_id'], ['pits/in/x', 'pit_in_id'], ['pits/out/x', 'pit_out_id'], ['pits/in/filter/team/x', 'team_id'], ['strategy/pits/stats/x', 'pit_in_id'], ['strategy/pits/karts/x', 'pit_in_id']])('says that %s names nothing', async (path, name) => {
      expect(await api().request('GET', `${base}/${path}`)).toEqual({ status: 422, body: { detail: [{ ...INT_PARSING, loc: ['path', name], input: 'x' }] } });
    });

    it.each([
      ['POST', '/v1/tracks', { name: TOO_LONG }],
      ['PUT', '/v1/tracks/1', { name: TOO_LONG }],
      ['PUT', 'lap', { lap: -1 }],
      ['PUT', 'lap', { lap: 2_147_483_648 }],
      ['PUT', 'lap', { lap: 99_999_999_999 }],
      ['PUT', 'gap', { gap: -5, gap_unit: 'millis' }],
    ])('does not store what no column holds: %s %s', async (method, path, body) => {
      const answer = await api().raw(method, path.startsWith('/') ? path : `${team}/${path}`, { authorization: bearer, 'content-type': 'application/json' }, JSON.stringify(body));
      expect([answer.status, answer.text]).toEqual([400, NOTHING]);
    });

    it('tells the client nothing of what goes wrong inside, wherever it asks', async () => {
      const wrong = { status: 500, text: '{"status_code":500,"message":"An error has occured.","extra_data":{}}' };
      const run = (statement: SQL): Promise<unknown> => api().database.transaction((tables) => tables.execute(statement));
      await run(sql`alter table tracks rename column name to other`);
      await run(sql`alter table bearers rename column sealed to other`);
      try {
        expect(await api().raw('GET', '/v1/tracks', { authorization: bearer })).toMatchObject(wrong);
        expect(await api().raw('POST', '/v1/auth', { 'content-type': 'application/json' }, '{"key":"batch-key"}')).toMatchObject(wrong);
      } finally {
        await run(sql`alter table tracks rename column other to name`);
        await run(sql`alter table bearers rename column other to sealed`);
      }
      expect((await api().raw('GET', '/v1/tracks', { authorization: bearer })).status).toBe(200);
    });

    it('moves the date of the last change, not that of the first, also when nothing changed', async () => {
      const path = `${base}/parsers/settings`;
      const made = (await api().request('POST', path, { name: 'n', value: 'a' })).body;
      while (new Date().toISOString().slice(0, 19) <= String(made['update_date'])) await new Promise((resume) => setTimeout(resume, 50));
      const changed = (await api().request('PUT', `${path}/n`, { value: 'a' })).body;
      expect(changed['insert_date']).toBe(made['insert_date']);
      expect(String(changed['update_date']) > String(made['update_date'])).toBe(true);
    });
  });
}
