import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PROVIDERS, providerOfAddress } from '@lts/timing-providers';
import { CompetitionLink, type CompetitionLinkParts } from '../src/link/competition-link.js';
import { Circuit } from './circuit.js';
import { FastClock } from './fast-clock.js';
import { until } from './surroundings.js';

const PAGE = 'init|r|\ntitle1||Night race\ngrid||<tbody></tbody>\nmsg||\n';
const LIMITS = { silenceMs: 0, pingMs: 20_000, pongLimitMs: 10_000, handshakeLimitMs: 5_000, maxFrameBytes: 64 * 1024 };
const FACTOR = 20;

jest.setTimeout(60_000);

describe('a circuit that is known by its public page', () => {
  let clock: FastClock;
  let circuit: Circuit;
  let texts: string[];
  let reports: { event: string; [detail: string]: unknown }[];
  const links: { link: CompetitionLink; run: Promise<void> }[] = [];

  beforeEach(async () => {
    clock = new FastClock(FACTOR);
    circuit = await Circuit.open(() => clock.now());
    texts = [];
    reports = [];
  });
  afterEach(async () => {
    for (const { link } of links) link.stop();
    await Promise.all(links.splice(0).map(({ run }) => run));
    await circuit.close();
  });

  function listen(limits: Partial<CompetitionLinkParts['limits']> = {}): CompetitionLink {
    const link = new CompetitionLink({
      target: { competition: 'c', uri: circuit.page, headers: {} },
      provider: providerOfAddress(new URL(circuit.page), PROVIDERS),
      limits: { ...LIMITS, ...limits },
      sink: { isFull: false, accept: (text) => Promise.resolve(void texts.push(text)) },
      clock,
      report: (event, details) => reports.push({ event, ...details }),
    });
    links.push({ link, run: link.run() });
    return link;
  }

  const lost = (words: string): boolean => reports.some(({ event, reason }) => event === 'link-lost' && String(reason).includes(words));
  /** An answer with what came after the index that was asked for; the page has index 1, each line one more. */
  const poll = (news: string[]) => ({ index }: { index: string }): string => `1@${news.length + 1}@${index === '0' ? PAGE : ''}${news.slice(Math.max(0, Number(index) - 1)).map((line) => `${line}\n`).join('')}`;

  it('is heard by the websocket that its configuration names, the encrypted one tried first', async () => {
    await circuit.openSocket((socket) => socket.send(PAGE));
    const link = listen();
    await until(() => texts.length === 1);
    expect(texts).toEqual([PAGE]);
    expect(reports.map(({ event, uri }) => [event, uri])).toEqual([
      ['circuit-found', circuit.page],
      ['link-lost', `wss://127.0.0.1:${circuit.basePort + 3}/`],
      ['link-open', `ws://127.0.0.1:${circuit.basePort + 2}/`],
    ]);
    expect(link.state()).toMatchObject({ isOpen: true, via: `ws://127.0.0.1:${circuit.basePort + 2}/` });
    expect(circuit.polls).toEqual([]);
  });

  it('is polled when no websocket can be opened, each answer going on from the last, no faster than the provider\'s page', async () => {
    const news = ['r1|#|1'];
    circuit.answer = poll(news);
    const link = listen();
    await until(() => texts.length === 1);
    news.push('r1|#|2', 'r1|#|3');
    await until(() => texts.length === 2);
    await until(() => circuit.polls.length === 4);
    expect(texts).toEqual([`${PAGE}r1|#|1\n`, 'r1|#|2\nr1|#|3\n']);
    expect(circuit.polls.map(({ init, index, port }) => [init, index, port])).toEqual([['0', '0'], ['1', '2'], ['1', '4'], ['1', '4']].map((given) => [...given, String(circuit.basePort + 4)]));
    const pauses = circuit.polls.slice(1).map(({ atMs }, before) => atMs - circuit.polls[before]!.atMs);
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(9_900);
    expect(link.state()).toMatchObject({ isOpen: true, frames: 2, via: expect.stringContaining('/live_ajax.php') });
  });

  it('is polled from a page on when its websocket closes at once, and the websocket is tried again each minute', async () => {
    const greeted: number[] = [];
    await circuit.openSocket((socket) => {
      greeted.push(clock.now());
      socket.send(PAGE, () => socket.terminate());
    });
    circuit.answer = poll(['r1|#|1']);
    listen();
    await until(() => greeted.length === 3);
    const between = greeted.slice(1).map((atMs, before) => atMs - greeted[before]!);
    expect(Math.min(...between)).toBeGreaterThanOrEqual(59_000);
    await until(() => circuit.polls.filter(({ index }) => index === '0').length === 3);
    expect(circuit.polls.filter(({ index }) => index === '2').length).toBeGreaterThan(3);
  });

  it('is heard by its websocket again when that comes back, and is polled no more', async () => {
    const news: string[] = [];
    circuit.answer = poll(news);
    const link = listen();
    await until(() => circuit.polls.length === 2);
    news.push('r1|#|1');
    await until(() => texts.length === 2);
    await circuit.openSocket((socket) => {
      socket.send(`${PAGE}r1|#|2\n`);
      news.push('r1|#|2');
    });
    await until(() => link.state().via?.startsWith('ws:') === true && texts.length === 3);
    const polled = circuit.polls.length;
    await clock.sleep(30_000);
    expect(circuit.polls).toHaveLength(polled);
    expect(texts).toEqual([PAGE, 'r1|#|1\n', `${PAGE}r1|#|2\n`]);
    await circuit.closeSocket();
    await until(() => circuit.polls.length > polled);
    expect(circuit.polls[polled]).toMatchObject({ init: '0', index: '0' });
  });

  it('takes no answer to a poll any more once the websocket is open: it is older than the page that comes over it', async () => {
    let release = (): void => undefined;
    circuit.answer = ({ index }) => (index === '0' ? `1@1@${PAGE}` : new Promise((resolve) => (release = () => resolve('1@2@r1|#|old\n'))));
    const link = listen();
    await until(() => circuit.polls.length === 2);
    await circuit.openSocket((socket) => socket.send(PAGE));
    await until(() => link.state().via?.startsWith('ws:') === true && texts.length === 2);
    release();
    await clock.sleep(5_000);
    expect(texts).toEqual([PAGE, PAGE]);
  });

  it('keeps the place in the poll while the websocket is tried in vain', async () => {
    const news = ['r1|#|1'];
    circuit.answer = poll(news);
    listen();
    await clock.sleep(70_000);
    news.push('r1|#|2');
    await until(() => texts.length === 2);
    expect(texts[1]).toBe('r1|#|2\n');
    expect(circuit.polls.filter(({ index }) => index === '0')).toHaveLength(1);
    expect(circuit.pageLoads).toBe(1);
  });

  it('has its page loaded again when the poll asks for it, then is polled from a page on', async () => {
    circuit.answer = ({ init, index }) => (index === '0' ? `${circuit.pageLoads}@1@${PAGE}` : `2@1@${init === '1' ? 'REFRESH_BROWSER' : ''}`);
    listen();
    await until(() => texts.length === 2);
    expect(circuit.pageLoads).toBe(2);
    expect(circuit.polls.map(({ init, index }) => `${init}@${index}`).slice(0, 3)).toEqual(['0@0', '1@1', '0@0']);
    expect(circuit.polls[2]!.atMs - circuit.polls[1]!.atMs).toBeGreaterThanOrEqual(9_900);
  });

  it('says that a page has no configuration, and finds the circuit when it has one', async () => {
    circuit.isCaptive = true;
    await circuit.openSocket((socket) => socket.send(PAGE));
    listen();
    await until(() => lost('is not the page of a circuit'));
    expect(String(reports[0]!['reason'])).toContain('copy its address');
    circuit.isCaptive = false;
    await until(() => texts.length === 1);
  });

  it('asks again for the same news after an answer that is none, and says why', async () => {
    const answers = [() => `1@7@${PAGE}`, () => 503, () => '<html>Log in to the Wi-Fi</html>', () => '1@8@r1|#|1\n'];
    circuit.answer = () => (answers.shift() ?? (() => ''))();
    const link = listen();
    await until(() => texts.length === 2);
    expect(circuit.polls.slice(0, 4).map(({ index }) => index)).toEqual(['0', '7', '7', '7']);
    expect(lost('answers with status')).toBe(true);
    expect(lost('something that is no feed')).toBe(true);
    expect(circuit.polls[2]!.atMs - circuit.polls[1]!.atMs).toBeGreaterThanOrEqual(24_500);
    expect(link.state()).toMatchObject({ isOpen: true });
  });

  it('takes a page in place of news that are too much for one frame', async () => {
    const answers = [`1@7@${PAGE}`, `1@8@${'r1|#|1\n'.repeat(20_000)}`, `1@8@${PAGE}`];
    circuit.answer = () => answers.shift() ?? '';
    listen();
    await until(() => texts.length === 2);
    expect(circuit.polls.slice(0, 3).map(({ index }) => index)).toEqual(['0', '7', '0']);
    expect(lost('is larger than 65536 bytes')).toBe(true);
  });

  it('is polled when its websocket opens but stays mute', async () => {
    await circuit.openSocket(() => undefined);
    circuit.answer = poll([]);
    listen({ silenceMs: 300 });
    await until(() => texts.length === 1);
    expect(lost('no data for 300 ms')).toBe(true);
  });

  it('ends at once when it is stopped, whatever it waits for', async () => {
    circuit.answer = () => new Promise(() => undefined);
    listen();
    await until(() => circuit.polls.length === 1);
    for (const { link } of links) link.stop();
    await Promise.all(links.map(({ run }) => run));
    expect(texts).toEqual([]);
  });
});
