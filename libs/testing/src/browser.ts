import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { environmentValue } from '@lts/env';
import type { Browser } from 'playwright-core';

export type { Browser, Page } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const START_LIMIT_MS = 120_000;

/** Keeps the browser from what a test machine lacks (a sandbox for root, a graphics card) and from talking to its maker. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** The Chromium named by `CHROMIUM_PATH`, else one in a usual place, else null. */
function installedBrowser(): string | null {
  const named = environmentValue('CHROMIUM_PATH');
  return (named === undefined ? USUAL_PLACES : [named]).find((path) => existsSync(path)) ?? null;
}

/**
 * A suite that needs a Chromium, started before it and closed after it. Where none is installed it is skipped, visibly,
 * except where `CI` is set: there its absence fails the suite.
 */
export function describeWithBrowser(name: string, suite: (browser: () => Browser) => void): void {
  const executablePath = installedBrowser();
  if (executablePath === null) {
    if (environmentValue('CI') !== undefined) throw new Error(`${name}: no Chromium, install it or set CHROMIUM_PATH`);
    describe.skip(`${name} (no Chromium: install it, or set CHROMIUM_PATH)`, () => suite(unstarted));
    return;
  }
  describe(name, () => {
    const started: Browser[] = [];
    beforeAll(async () => {
      // loaded only here: most suites of this library need no browser
      const { chromium } = await import('playwright-core');
      started.push(await chromium.launch({ executablePath, args: FLAGS, timeout: START_LIMIT_MS }));
    }, START_LIMIT_MS);
    afterAll(async () => {
      for (const browser of started) await browser.close();
    }, START_LIMIT_MS);
    suite(() => started[0] ?? unstarted());
  });
}

function unstarted(): never {
  throw new Error('The browser has not been started yet.');
}
