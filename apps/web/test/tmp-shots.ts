import { chromium } from 'playwright-core';
import { inventedRows } from './invented-race.js';
import { TimingPeer } from './timing-peer.js';
const peer = new TimingPeer(new URL('../dist', import.meta.url).pathname);
const url = await peer.listen();
const count = Number(process.argv[2] ?? 18);
for (const row of inventedRows(count, Date.now())) peer.rows.set(row.participant_code, row.state==='in-pit' ? {...row, pit_time: 83_000 } : row);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
for (const [name, width, height] of [['phone',390,844],['small',360,640],['tablet',820,1180],['narrow',1024,768],['laptop',1440,900],['wall',1920,1080],['wall4k',3840,2160]] as const) {
  const page = await browser.newPage({ viewport: { width, height } });
  page.on('console', (m) => console.log(name, m.text())); page.on('pageerror', (e) => console.log(name, e.message));
  await page.goto(url);
  await page.waitForSelector('tbody tr');
  await page.getByRole('button', { name: /Slipstream Society/ }).first().click();
  const rows = [...peer.rows.values()]; const a = rows[6]!, b = rows[7]!;
  peer.change([{ ...a, position: b.position }, { ...b, position: a.position }]);
  await page.waitForTimeout(700);
  console.log(name, await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth, getComputedStyle(document.querySelector('main')!).fontSize, document.querySelector('main')!.scrollHeight, document.querySelector('main')!.clientHeight]));
  await page.screenshot({ path: `/tmp/web-shots/${name}-${count}.png` });
  if (count === 18 && ['phone','laptop','wall'].includes(name)) {
    peer.lastFrameAtMs -= 12_000; peer.heartbeat(); await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/web-shots/${name}-late.png`, clip: {x:0,y:0,width,height:Math.min(height,260)} });
    peer.change([], { flag: 'safety-car' }); peer.lastFrameAtMs -= 47_000; peer.heartbeat(); await page.waitForTimeout(400);
    await page.screenshot({ path: `/tmp/web-shots/${name}-lost.png`, clip: {x:0,y:0,width,height:Math.min(height,260)} });
    peer.change([], { flag: 'chequered', status: 'finished' }); await page.waitForTimeout(300);
    await page.screenshot({ path: `/tmp/web-shots/${name}-chequered.png`, clip: {x:0,y:0,width,height:Math.min(height,260)} });
    peer.change([], { flag: 'green', status: 'ongoing' });
  }
  await page.close();
}
await browser.close(); await peer.close();
