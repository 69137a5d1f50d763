import { describe, expect, it } from '@jest/globals';
import type { FeedPoll } from '../provider.js';
import { livePoll } from './live-poll.js';

const ADDRESS = new URL('https://live.example/commonv2/functions/live_ajax.php');
const START_MS = 1_700_000_000_000;

const started = (): FeedPoll => livePoll(ADDRESS, 8094).start(START_MS);
const queryOf = (poll: FeedPoll, atMs = START_MS): Record<string, string> => Object.fromEntries(poll.request(atMs).searchParams);

describe(livePoll.name, () => {
  it('asks as the provider\'s own page does, from the beginning', () => {
    const poll = started();
    expect(queryOf(poll)).toEqual({ version: '2.01.12', init: '0', index: '0', port: '8094', counter: '0', duration: '0', id: expect.stringMatching(/^\d+$/), ignored: '0' });
    expect(queryOf(poll, START_MS + 1_500)).toMatchObject({ counter: '1', duration: '1500' });
    expect(poll.request(START_MS).pathname).toBe('/commonv2/functions/live_ajax.php');
  });

  it('is no faster than the page: ten seconds after an answer, 25 after none', () => {
    expect(livePoll(ADDRESS, 8094)).toMatchObject({ pauseMs: 10_000, retryMs: 25_000, reloadMs: 8_000 });
  });

  it('gives back what the last answer said, also after an answer that was lost', () => {
    const poll = started();
    expect(poll.take('1@57@init|r|\nmsg||\n')).toEqual({ kind: 'frame', text: 'init|r|\nmsg||\n' });
    expect(queryOf(poll)).toMatchObject({ init: '1', index: '57' });
    expect(queryOf(poll)).toMatchObject({ init: '1', index: '57' });
    expect(poll.take('1@61@')).toEqual({ kind: 'nothing' });
    expect(queryOf(poll)).toMatchObject({ init: '1', index: '61' });
  });

  it('takes the text whole, at signs and bars in it included', () => {
    expect(started().take('1@3@com||mail a@b.example | c\n')).toEqual({ kind: 'frame', text: 'com||mail a@b.example | c\n' });
  });

  it('hears nothing in an empty answer', () => {
    for (const answer of ['', '\n', '1@0@']) expect(started().take(answer)).toEqual({ kind: 'nothing' });
  });

  it('is told to load the page again', () => {
    expect(started().take('2@57@REFRESH_BROWSER')).toEqual({ kind: 'reload' });
  });

  it('loads the page again when the answer is of another page, unless that page comes along', () => {
    const poll = started();
    poll.take('1@57@init|r|\nmsg||\n');
    expect(poll.take('2@58@r1|#|1\n')).toEqual({ kind: 'reload' });
    expect(queryOf(poll)).toMatchObject({ init: '1', index: '57' });
    expect(poll.take('2@58@init|p|\nmsg||\n')).toEqual({ kind: 'frame', text: 'init|p|\nmsg||\n' });
    expect(queryOf(poll)).toMatchObject({ init: '2', index: '58' });
  });

  it.each(['<!DOCTYPE html><html>Log in to the Wi-Fi</html>', 'error', '@@', '1@r1|#|1'])('knows that %j is no answer', (answer) => {
    expect(started().take(answer)).toEqual({ kind: 'foreign' });
  });
});
