import type { Browser, Page } from '@lts/testing';

export const SIZES = { phone: { width: 390, height: 844 }, laptop: { width: 1440, height: 900 }, wall: { width: 1920, height: 1080 } } as const;

/** A page, and all that its console complained of: errors of scripts, breaches of the content security policy. */
export interface WatchedPage {
  page: Page;
  complaints: string[];
}

/** Opens a page in a profile of its own. */
export async function watchedPage(browser: Browser, size: keyof typeof SIZES = 'laptop'): Promise<WatchedPage> {
  const page = await browser.newPage({ viewport: SIZES[size] });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // the browser itself reports each answer that is not 2xx and each cut stream; the API's are played on purpose
    const isPlayed = message.text().startsWith('Failed to load resource') && message.location().url.includes('/v1/');
    if ((message.type() === 'error' || message.type() === 'warning') && !isPlayed) complaints.push(message.text());
  });
  return { page, complaints };
}

/** Codes of the rows from top to bottom. */
export function codes(page: Page): Promise<(string | undefined)[]> {
  return page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => (row as HTMLElement).dataset['code']));
}

/** Waits until the rows stand in this order. */
export async function rowsInOrder(page: Page, wanted: readonly string[]): Promise<void> {
  await page.waitForFunction((text) => [...document.querySelectorAll<HTMLElement>('tbody tr')].map((row) => row.dataset['code']).join() === text, wanted.join());
}
