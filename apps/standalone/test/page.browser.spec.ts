import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { type Browser, type Page, describeWithBrowser } from '@lts/testing';
import { rowsOf } from './race-content.js';
import { recordRace } from './recorded-race.js';
import { StartedApp, newFolder } from './started-app.js';

const SIZE = { width: 1440, height: 900 };

describeWithBrowser('the page of the running pipeline', (browser) => {
  const running: StartedApp[] = [];
  afterEach(async () => {
    for (const app of running.splice(0)) await app.stop();
  });

  async function replay(folder: string, ...flags: string[]): Promise<{ app: StartedApp; url: string }> {
    const { path } = recordRace(folder, { seed: 5, minutes: 20, startMs: Date.UTC(2025, 4, 10, 20) });
    const app = new StartedApp(['--competition_code', 'night', '--replay', path, '--data_path', folder, '--api_port', '0', ...flags]);
    running.push(app);
    return { app, url: await app.url() };
  }

  it('shows the classification that the REST API tells', async () => {
    const { app, url } = await replay(newFolder(), '--speed', 'max');
    await app.said(/The replay is complete/);
    const { page, complaints } = await opened(browser(), url);
    await page.locator('tbody tr').first().waitFor();
    const timing = (await rowsOf(`${url}/v1/c/~night/timing`)).sort((left, right) => Number(left['position']) - Number(right['position']));
    expect(await page.locator('tbody tr').count()).toBe(timing.length);
    expect(await cells(page, 'pos')).toEqual(timing.map((row) => String(row['position'])));
    expect(await cells(page, 'laps')).toEqual(timing.map((row) => String(row['lap'])));
    expect(await cells(page, 'stops')).toEqual(timing.map((row) => String(row['number_pits'])));
    expect(await page.locator('header .recorded').innerText()).toContain('Recording of');
    expect(await cells(page, 'best')).toEqual(timing.map((row) => lapTime(Number(row['best_time']))));
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('follows a race that goes on', async () => {
    const { url } = await replay(newFolder(), '--speed', '30');
    const { page, complaints } = await opened(browser(), url);
    const leader = page.locator('tbody tr').first();
    await leader.locator('.laps', { hasText: /^[1-9]/ }).waitFor();
    const before = Number(await leader.locator('.laps').innerText());
    await leader.locator('.laps', { hasText: new RegExp(`^${before + 1}$`) }).waitFor();
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('asks for a key where others can reach it, and opens with the one of the data folder', async () => {
    const folder = newFolder();
    const { app, url } = await replay(folder, '--speed', 'max', '--host', '0.0.0.0');
    await app.said(/The replay is complete/);
    const { page } = await opened(browser(), url.replace('0.0.0.0', '127.0.0.1'));
    await page.getByLabel('API key').fill('not-the-key');
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('alert').filter({ hasText: 'does not know this key' }).waitFor();
    const { admin } = JSON.parse(readFileSync(join(folder, 'api-keys.json'), 'utf8')) as { admin: string };
    await page.getByLabel('API key').fill(admin);
    await page.getByRole('button', { name: 'Open' }).click();
    await page.locator('tbody tr').first().waitFor();
    await page.close();
  });
});

async function opened(browser: Browser, url: string): Promise<{ page: Page; complaints: string[] }> {
  const page = await browser.newPage({ viewport: SIZE });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => message.type() === 'error' && complaints.push(`${message.text()} ${message.location().url}`));
  await page.goto(url);
  return { page, complaints };
}

/** Texts of a column from top to bottom, without the arrows of recent moves. */
async function cells(page: Page, column: string): Promise<string[]> {
  return (await page.locator(`tbody .${column}`).allInnerTexts()).map((text) => text.replace(/[▲▼]/, '').trim());
}

function lapTime(ms: number): string {
  return `${Math.floor(ms / 60_000)}:${(ms % 60_000 / 1000).toFixed(3).padStart(6, '0')}`;
}
