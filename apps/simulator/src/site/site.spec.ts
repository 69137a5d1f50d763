import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StartedSimulators } from '../../test/circuits.js';
import { Visitor, until } from '../../test/visitor.js';
import type { SimulatorService } from '../simulator.service.js';
import { siteOf } from './site.js';

const START_MS = 1_700_000_000_000;
const PAGE = 'init|r|\ntitle1||Night race\ntitle2||ENDURANCE \ngrid||<tbody><tr data-id="r7"></tr></tbody>\nmsg||\n';

describe(siteOf.name, () => {
  const simulators = new StartedSimulators();
  const visitors: Visitor[] = [];
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'site-'));
  });
  afterEach(async () => {
    for (const visitor of visitors.splice(0)) visitor.leave();
    await simulators.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  function recording(texts: readonly string[]): string {
    const path = join(folder, 'race.ndjson');
    writeFileSync(path, texts.map((text, index) => `${JSON.stringify({ receivedAtMs: START_MS + index * 1_000, text })}\n`).join(''));
    return path;
  }

  const get = async (service: SimulatorService, path: string): Promise<{ status: number; text: string; type: string | null }> => {
    const response = await fetch(`http://127.0.0.1:${service.port}${path}`, { redirect: 'manual' });
    return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
  };

  /** The poll as the provider's own client does it: what the last answer said is given back. */
  function poller(service: SimulatorService, port = service.port + 2): () => Promise<string> {
    let told = { init: '', index: '' };
    return async () => {
      const query = new URLSearchParams({ version: '2.01.12', ...told, port: String(port), counter: '1', duration: '12', id: '77', ignored: '' });
      const { status, text } = await get(service, `/commonv2/functions/live_ajax.php?${query.toString()}`);
      expect(status).toBe(200);
      const [init = '', index = '', ...payload] = text.split('@');
      if (text !== '') told = { init, index };
      return payload.join('@');
    };
  }

  it('leads a client from the circuit page over its configuration to the websocket', async () => {
    const service = await simulators.start('--circuits', 'night-track', '--recording', recording([PAGE]));
    expect((await get(service, '/')).text).toContain('href="/night-track/"');
    expect((await get(service, '/night-track')).status).toBe(301);
    const page = await get(service, '/night-track/');
    expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
    expect(page.text).toContain('src="javascript/config.js"');
    const config = await get(service, '/night-track/javascript/config.js');
    const base = Number(/configPort = (\d+);/.exec(config.text)?.[1]);
    const host = /configHost = "(.*)";/.exec(config.text)?.[1];
    const visitor = await Visitor.join(`ws://${String(host)}:${base + 2}/`);
    visitors.push(visitor);
    expect(await visitor.hears(1)).toEqual([PAGE]);
    expect((await get(service, '/night-track/')).text).toContain('<table id="tgrid"><tbody><tr data-id="r7"></tr></tbody></table>');
  });

  it('answers the poll with the frames since the last answer, and with nothing when nothing is new', async () => {
    const service = await simulators.start('--recording', recording([PAGE, 'r7|#|1\n', 'com||mail a@b.example\n']));
    const poll = poller(service);
    let told = '';
    await until(async () => (told += await poll()).includes('mail'));
    expect(told).toBe(`${PAGE}r7|#|1\ncom||mail a@b.example\n`);
    expect(await poll()).toBe('');
  });

  it('starts the race for a client that only polls, and gives a late one the page and what follows', async () => {
    const service = await simulators.start('--hours', '0.1', '--teams', '4', '--speed', '20');
    const poll = poller(service);
    let first = '';
    await until(async () => (first = await poll()) !== '');
    expect(first).toMatch(/^init\|/);
    const late = poller(service);
    expect(await late()).toMatch(/^init\|/);
    let next = '';
    await until(async () => (next = await late()) !== '');
    expect(next).not.toContain('init|');
  });

  it('loses nothing for a client that polls at the highest speed', async () => {
    const flags = ['--hours', '1', '--teams', '20', '--client_buffer_kb', '64'];
    const poll = poller(await simulators.start(...flags));
    let told = '';
    await until(async () => (told += await poll()).includes('light|lf|'));
    const visitor = await Visitor.join((await simulators.start(...flags)).uri);
    visitors.push(visitor);
    await until(() => visitor.heard.some((text) => text.includes('light|lf|')));
    const end = told.indexOf('light|lf|');
    expect(end).toBeGreaterThan(128 * 1024);
    expect(visitor.heard.join('').slice(0, end)).toBe(told.slice(0, end));
  }, 60_000);

  it('tells a client of the race before to load the page again', async () => {
    const service = await simulators.start('--loop', '--result_seconds', '0', '--speed', '10000', '--recording', recording(Array.from({ length: 2_000 }, (_, place) => (place === 0 ? PAGE : `r7|#|${place}\n`))));
    const poll = poller(service);
    let told = '';
    await until(async () => (told += await poll()).includes('REFRESH_BROWSER'));
    expect(told).toMatch(/^init\|/);
  });

  it('answers history requests by the base port', async () => {
    const service = await simulators.start('--hours', '0.1', '--teams', '4', '--speed', 'max');
    const ask = async (port: number, request: string): Promise<{ status: number; text: string }> => {
      const response = await fetch(`http://127.0.0.1:${service.port}/live-timing/commonv2/functions/request.php`, { method: 'POST', body: new URLSearchParams({ port: String(port), request }) });
      return { status: response.status, text: await response.text() };
    };
    expect(await ask(service.port - 2, 'S#')).toEqual({ status: 200, text: '' });
    expect(await ask(service.port - 2, 'nonsense')).toEqual({ status: 200, text: 'error' });
    expect((await ask(service.port, 'S#')).text).toMatch(/^No circuit has this port/);
    expect((await ask(service.port - 2, 'D#'.padEnd(20_000, 'x'))).status).toBe(413);
  });

  it('says in one sentence what it does not have', async () => {
    const service = await simulators.start('--circuits', 'one,two', '--recording', recording([PAGE]));
    expect(await get(service, '/three/')).toMatchObject({ status: 404, text: 'There is no such circuit; there are one, two.\n' });
    expect((await get(service, '/one/other.js')).status).toBe(404);
    expect((await get(service, '/commonv2/functions/live_ajax.php?port=1')).text).toMatch(/^No circuit has this port; there are \d+ \(one\), \d+ \(two\)\.\n$/);
    expect((await fetch(`http://127.0.0.1:${service.port}/`, { method: 'POST' })).status).toBe(405);
  });
});
