import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { describeWithBrowser } from '@lts/testing';
import { inventedRows } from './invented-race.js';
import { type PeerRow, TimingPeer } from './timing-peer.js';
import { codes, rowsInOrder, watchedPage } from './watched-page.js';
import type { SIZES, WatchedPage } from './watched-page.js';

describeWithBrowser('the classification in the browser', (browser) => {
  let peer: TimingPeer;
  let url: string;
  let watched: WatchedPage;

  async function open(rows: readonly PeerRow[], size: keyof typeof SIZES = 'laptop'): Promise<WatchedPage['page']> {
    for (const row of rows) peer.rows.set(row.participant_code, row);
    watched = await watchedPage(browser(), size);
    await watched.page.goto(url);
    if (rows.length > 0) await watched.page.locator('tbody tr').first().waitFor();
    return watched.page;
  }

  beforeEach(async () => {
    peer = new TimingPeer(new URL('../dist', import.meta.url).pathname);
    url = await peer.listen();
  });
  afterEach(async () => {
    await watched.page.close();
    await peer.close();
    expect(watched.complaints).toEqual([]);
  });

  it('shows the rows by position, whatever order they come in', async () => {
    const rows = inventedRows(18, Date.now());
    const page = await open([...rows].reverse());
    expect(await codes(page)).toEqual(rows.map((row) => row.participant_code));
    const third = page.locator('tbody tr').nth(2);
    expect(await third.locator('.team bdi').first().innerText()).toBe('Los Relámpagos');
    expect(await third.locator('.category').innerText()).toBe('GENTLEMEN');
    expect(await page.locator('tr[data-code=r105] .category').count()).toBe(0);
    expect(await third.locator('.gap').innerText()).toBe('+34.634');
    expect(await page.locator('tbody tr').first().locator('.gap').innerText()).toBe('Leader');
    expect(await page.locator('tr[data-code=r103] .state').innerText()).toMatch(/^PIT \d+:\d\d$/);
  });

  it('draws again only the row that changed', async () => {
    const [first, second, third] = inventedRows(3, Date.now()) as [PeerRow, PeerRow, PeerRow];
    const page = await open([first, second, third]);
    await page.evaluate(() => {
      const touched = new Set<string>();
      const note = (records: MutationRecord[]): void => {
        for (const { target } of records) touched.add((target instanceof Element ? target : target.parentElement)?.closest('tr')?.dataset['code'] ?? 'table');
      };
      new MutationObserver(note).observe(document.querySelector('tbody')!, { subtree: true, childList: true, characterData: true, attributes: true });
      Object.assign(window, { touched });
    });
    peer.change([{ ...second, last_time: 71_234 }]);
    await page.locator('tr[data-code=r101] .last', { hasText: '1:11.234' }).waitFor();
    expect(await page.evaluate(() => [...(window as unknown as { touched: Set<string> }).touched])).toEqual(['r101']);
  });

  it('moves a row that gained a place, marks both, and takes a withdrawn row out', async () => {
    const [first, second, third] = inventedRows(3, Date.now()) as [PeerRow, PeerRow, PeerRow];
    const page = await open([first, second, third]);
    const marks = ['tr.up[data-code=r102] .arrow:text("▲")', 'tr.down[data-code=r101] .arrow:text("▼")'];
    const marked = Promise.all(marks.map((mark) => page.locator(mark).waitFor({ state: 'attached' })));
    peer.change([{ ...third, position: 2 }, { ...second, position: 3 }]);
    await marked;
    await rowsInOrder(page, ['r100', 'r102', 'r101']);
    peer.remove('r102');
    await rowsInOrder(page, ['r100', 'r101']);
  });

  it('shows markup in a name as text: no element is made of it and no script runs', async () => {
    const [row] = inventedRows(1, Date.now()) as [PeerRow];
    const name = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>';
    peer.metadata = { ...peer.metadata, title2: name };
    const page = await open([{ ...row, team_name: name, driver_name: name + name, category: name, number_text: '<b>7' }]);
    expect(await page.locator('tbody .team bdi').allInnerTexts()).toEqual([name, name]);
    expect(await page.locator('tbody .plate').innerText()).toBe('<b>7');
    expect(await page.locator('header .session').innerText()).toContain(name);
    expect(await page.locator('#app :is(img, script, b)').count()).toBe(0);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });

  it('is walked with the arrow keys; the focus stays with its row when that moves', async () => {
    const rows = inventedRows(5, Date.now());
    const page = await open(rows);
    const focused = (): Promise<string | undefined> => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['code']);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('r100');
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe('r100');
    await page.keyboard.press('End');
    expect(await focused()).toBe('r104');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe('r101');
    peer.change([{ ...rows[1]!, position: 5 }, { ...rows[4]!, position: 2 }]);
    await rowsInOrder(page, ['r100', 'r104', 'r102', 'r103', 'r101']);
    await page.waitForFunction(() => (document.activeElement as HTMLElement | null)?.dataset['code'] === 'r101');
    await page.keyboard.press('Enter');
    await page.locator('tr.ours[data-code=r101]').waitFor();
  });

  it('marks our team, remembers it over a reload, and repeats it above the table on a phone', async () => {
    const page = await open(inventedRows(18, Date.now()), 'phone');
    const ours = page.getByRole('button', { name: /Slipstream Society/ });
    await ours.click();
    await page.reload();
    await page.locator('tr.ours').waitFor();
    expect(await ours.getAttribute('aria-pressed')).toBe('true');
    const section = page.getByRole('region', { name: 'Our team' });
    expect(await section.innerText()).toMatch(/P12\s+Slipstream Society/);
    await ours.click();
    await section.waitFor({ state: 'detached' });
    await page.reload();
    await page.locator('tbody tr').first().waitFor();
    expect(await page.locator('tr.ours').count()).toBe(0);
  });

  it.each(['phone', 'laptop', 'wall'] as const)('fits a %s: nothing sticks out sideways and no figure is cut off', async (size) => {
    const page = await open(inventedRows(40, Date.now()), size);
    await page.getByRole('button', { name: /Unreasonably Long/ }).first().click();
    await page.locator('tr.ours').waitFor();
    const found = await page.evaluate(() => {
      const figures = [...document.querySelectorAll<HTMLElement>('tbody :is(.pos, .no, .laps, .last, .best, .gap, .interval, .stops, .state), header .value, header .flag, section dd')];
      const cut = figures.filter((element) => element.scrollWidth > element.clientWidth).map((element) => `${element.className}: ${element.innerText}`);
      const wide = [...document.querySelectorAll('html, body, main')].filter((element) => element.scrollWidth > element.clientWidth).map((element) => element.tagName);
      return { cut, wide, outside: figures.filter((element) => element.getBoundingClientRect().right > innerWidth).length };
    });
    expect(found).toEqual({ cut: [], wide: [], outside: 0 });
  });
});
