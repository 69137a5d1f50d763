import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RecordedFeed } from './recorded-feed.js';

const START_MS = 1_700_000_000_000;
const FIRST_PAGE = 'init|p|\ngrid||<tbody></tbody>\nmsg||\n';
const SECOND_PAGE = 'init|r|\ngrid||<tbody></tbody>\nmsg||\n';

describe(RecordedFeed.name, () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recorded-feed-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function lines(texts: readonly string[]): string {
    return texts.map((text, index) => `${JSON.stringify({ receivedAtMs: START_MS + index * 1_000, text })}\n`).join('');
  }

  function recording(texts: readonly string[]): string {
    const path = join(folder, 'race.ndjson');
    writeFileSync(path, lines(texts));
    return path;
  }

  async function textsOf(feed: RecordedFeed): Promise<string[]> {
    const texts = [];
    for await (const { text } of feed.frames()) texts.push(text);
    return texts;
  }

  it('gives the frames with the moments of their reception', async () => {
    const feed = await RecordedFeed.open(recording([FIRST_PAGE, 'r1|#|1\n']));
    const frames = [];
    for await (const frame of feed.frames()) frames.push(frame);
    expect(frames).toEqual([
      { atMs: START_MS, text: FIRST_PAGE },
      { atMs: START_MS + 1_000, text: 'r1|#|1\n' },
    ]);
  });

  it('starts anew with each call', async () => {
    const feed = await RecordedFeed.open(recording([FIRST_PAGE, 'r1|#|1\n']));
    expect(await textsOf(feed)).toEqual([FIRST_PAGE, 'r1|#|1\n']);
    expect(await textsOf(feed)).toEqual([FIRST_PAGE, 'r1|#|1\n']);
  });

  it('has no page for who joins before one was sent, then the latest that was', async () => {
    const feed = await RecordedFeed.open(recording(['r1|#|1\n', FIRST_PAGE, 'r1|#|2\n', SECOND_PAGE, 'r1|#|3\n']));
    const pages = [];
    for await (const { text } of feed.frames()) pages.push([text, feed.page()?.text ?? null]);
    expect(pages).toEqual([
      ['r1|#|1\n', null],
      [FIRST_PAGE, null],
      ['r1|#|2\n', FIRST_PAGE],
      [SECOND_PAGE, FIRST_PAGE],
      ['r1|#|3\n', SECOND_PAGE],
    ]);
  });

  it('knows a page that follows updates in the same frame', async () => {
    const mixed = `r1|#|1\n${FIRST_PAGE}`;
    const feed = await RecordedFeed.open(recording([mixed, 'r1|#|2\n']));
    await textsOf(feed);
    expect(feed.page()).toEqual({ text: mixed, holdsTaken: false });
  });

  it('reads a folder of parts, packed ones too, in the order of their names', async () => {
    writeFileSync(join(folder, '2026-01-02-0001.ndjson'), lines(['r1|#|3\n']));
    writeFileSync(join(folder, '2026-01-01-0001.ndjson.gz'), gzipSync(lines([FIRST_PAGE, 'r1|#|2\n'])));
    expect(await textsOf(await RecordedFeed.open(folder))).toEqual([FIRST_PAGE, 'r1|#|2\n', 'r1|#|3\n']);
  });

  it('says at once that there is no such recording', async () => {
    await expect(RecordedFeed.open(join(folder, 'none.ndjson'))).rejects.toMatchObject({ code: 'LTS_RECORDING_UNREADABLE' });
  });
});
