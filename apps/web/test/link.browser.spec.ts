import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeWithBrowser } from '@lts/testing';
import { inventedRows } from './invented-race.js';
import { TimingPeer } from './timing-peer.js';
import { type WatchedPage, watchedPage } from './watched-page.js';

describeWithBrowser('the link between page and API', (browser) => {
  let peer: TimingPeer;
  let url: string;
  let watched: WatchedPage;

  beforeEach(async () => {
    peer = new TimingPeer(new URL('../dist', import.meta.url).pathname);
    for (const row of inventedRows(6, Date.now())) peer.rows.set(row.participant_code, row);
    url = await peer.listen();
    watched = await watchedPage(browser());
  });
  afterEach(async () => {
    await watched.page.close();
    await peer.close();
    expect(watched.complaints).toEqual([]);
  });

  it('lets the age of the data grow, turns late, then lost, and recovers with the next frame', async () => {
    const { page } = watched;
    await page.goto(url);
    await page.locator('tbody tr').first().waitFor();
    const seconds = async (): Promise<number> => Number.parseInt(await page.getByTestId('age').innerText(), 10);
    const before = await seconds();
    await page.waitForFunction((least) => Number.parseInt(document.querySelector('[data-testid=age]')?.textContent ?? '', 10) > least, before);
    peer.lastFrameAtMs = Date.now() - 12_000;
    peer.heartbeat();
    await page.locator('header.late', { hasText: 'No data for' }).waitFor();
    expect(await seconds()).toBeGreaterThanOrEqual(12);
    peer.lastFrameAtMs = Date.now() - 40_000;
    peer.heartbeat();
    await page.locator('header.lost').waitFor();
    expect(await page.getByRole('status').innerText()).toContain('No data.');
    peer.change([]);
    await page.locator('header.fresh', { hasText: 'Data age' }).waitFor();
  });

  it('takes up a cut stream where it was', async () => {
    const { page } = watched;
    await page.goto(url);
    await page.locator('tbody tr').first().waitFor();
    const [row] = [...peer.rows.values()];
    peer.change([{ ...row!, last_time: 71_234 }]);
    await page.getByText('1:11.234').waitFor();
    peer.dropStreams();
    await expectSoon(() => peer.openings.length === 2);
    expect(peer.openings).toEqual(['', '1']);
    await page.locator('header:not(.cut)').waitFor();
    peer.change([{ ...row!, last_time: 72_345 }]);
    await page.getByText('1:12.345').waitFor();
    expect(await page.locator('tbody tr').count()).toBe(6);
  });

  it('asks for a key where reading needs one, says when it is wrong, and keeps the session over a reload', async () => {
    const { page } = watched;
    peer.key = 'pit-wall';
    await page.goto(url);
    await page.getByLabel('API key').fill('box-wall');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').filter({ hasText: 'The API does not know this key.' }).waitFor();
    expect(await page.locator('tbody tr').count()).toBe(0);
    await page.getByLabel('API key').fill('pit-wall');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.locator('tbody tr').first().waitFor();
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
    peer.key = 'another';
    peer.dropStreams();
    await page.getByRole('alert').filter({ hasText: 'The session has ended.' }).waitFor();
  });

  it('says that a competition is not known, and shows it once it is', async () => {
    const { page } = watched;
    await page.goto(`${url}/#/c/autumn-24h`);
    await page.getByText('The API does not know this competition (yet).').waitFor();
    peer.competitions = [{ competition_code: 'autumn-24h', name: 'Autumn 24 Hours' }];
    await page.locator('tbody tr').first().waitFor();
    expect(await page.title()).toBe('Autumn 24 Hours · Live timing');
  });

  it('offers a choice of competitions and puts the chosen one into the address', async () => {
    const { page } = watched;
    peer.competitions = [{ competition_code: 'spring-12h', name: 'Spring 12 Hours' }, { competition_code: 'autumn-24h', name: 'Autumn 24 Hours' }];
    await page.goto(url);
    const picker = page.getByLabel('Competition', { exact: true });
    expect(await picker.inputValue()).toBe('autumn-24h');
    await picker.selectOption('spring-12h');
    await page.waitForURL(/#\/c\/spring-12h$/);
    await page.locator('tbody tr').first().waitFor();
  });

  it.each([
    ['green', 'Green'],
    ['yellow', 'Yellow'],
    ['safety-car', 'Safety car'],
    ['red', 'Red flag'],
    ['chequered', 'Chequered'],
    [null, 'Ongoing'],
  ])('shows the flag %s in words and colour', async (flag, words) => {
    const { page } = watched;
    await page.goto(url);
    await page.locator('tbody tr').first().waitFor();
    peer.change([], { flag });
    await page.locator(`header.flag-${flag ?? 'unknown'} .flag`).getByText(words, { exact: true }).waitFor();
  });
});

async function expectSoon(isThere: () => boolean): Promise<void> {
  for (const limit = Date.now() + 30_000; !isThere(); ) {
    if (Date.now() > limit) throw new Error('It did not happen.');
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
