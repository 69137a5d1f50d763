import { describe, expect, it } from '@jest/globals';
import { CompetitionState } from '../index.js';
import { InventedFeed, pageOf, payloads, typesOf } from '../../test/invented-feed.js';

describe('the flag panel', () => {
  it.each([
    ['lg', 'green', 'ongoing'],
    ['lr', 'red', 'paused'],
    ['lf', 'chequered', 'finished'],
    ['ly', 'yellow', 'ongoing'],
    ['lsc', 'safety-car', 'ongoing'],
    ['unknown_status', 'unknown', 'ongoing'],
  ])('shows %s as %s, and the status is then %s', (light, flag, status) => {
    const feed = new InventedFeed({ light: light === 'lg' ? 'lr' : 'lg' });
    const outcome = feed.send(`light|${light}|`);
    expect(payloads(outcome, 'update-flag')).toEqual([{ flag, text: light }]);
    expect(feed.state.view().competition.status).toBe(status);
    expect(payloads(outcome, 'update-competition-metadata-status')).toEqual(status === 'ongoing' && light !== 'lg' ? [] : [{ status }]);
  });

  it('tells a flag that is withdrawn', () => {
    const feed = new InventedFeed();
    const statuses = ['lf', 'lg', 'lf'].flatMap((light) => payloads(feed.send(`light|${light}|`), 'update-competition-metadata-status'));
    expect(statuses.map(({ status }) => status)).toEqual(['finished', 'ongoing', 'finished']);
  });

  it('tells a repeated light once', () => {
    const feed = new InventedFeed();
    feed.send('light|lf|');
    expect(feed.send('light|lf|').actions).toEqual([]);
    expect(feed.send('light|lf').actions).toEqual([]);
  });

  it('takes the status of a page from its light', () => {
    expect(payloads(new InventedFeed({ light: 'lr' }).opening, 'initialize')).toMatchObject([{ status: 'paused', flag: 'red' }]);
    expect(payloads(new InventedFeed({ light: 'lg' }).opening, 'initialize')).toMatchObject([{ status: 'ongoing', flag: 'green' }]);
  });
});

describe('the clock', () => {
  const millis = (value: number) => [{ remaining_length: { value, unit: 'millis' } }];
  it.each([
    ['dyn1|countdown|10761515', millis(10_761_515)],
    ['dyn1|countdown|90.5', millis(90_500)],
    ['dyn1|countdown_text|60000_x', millis(60_000)],
    ['dyn1|text|00:20:00', millis(1_200_000)],
    ['dyn1|text|05:00', millis(300_000)],
    ['dyn1|text|Lap 3/15', [{ remaining_length: { value: 12, unit: 'laps' } }]],
    ['dyn1|text|Vuelta 11/15', [{ remaining_length: { value: 4, unit: 'laps' } }]],
    ['dyn1|text|Lap 23/1', [{ remaining_length: { value: 0, unit: 'laps' } }]],
    ['dyn1|count|23245600', []],
    ['dyn1|unknown|', []],
    ['dyn1|text|Welcome', []],
    ['dyn1|text|', []],
  ])('reads %s', (line, told) => {
    const outcome = new InventedFeed().send(line);
    expect(payloads(outcome, 'update-competition-metadata-remaining')).toEqual(told);
    expect(outcome.counts.unknown).toBe(0);
  });

  it('has run out when the countdown is emptied under green', () => {
    const feed = new InventedFeed();
    feed.send('dyn1|countdown|4000');
    expect(payloads(feed.send('dyn1|countdown|'), 'update-competition-metadata-remaining')).toEqual(millis(0));
    expect(feed.state.view().competition).toMatchObject({ status: 'ongoing', remainingMs: 0, remainingLaps: null });
  });

  it('accepts a clock that jumps up, and tells nothing of one that stands', () => {
    const feed = new InventedFeed();
    feed.send('dyn1|countdown|4529611');
    expect(feed.send('dyn1|countdown|4529611', 600_000).actions).toEqual([]);
    expect(payloads(feed.send('dyn1|countdown|4971543'), 'update-competition-metadata-remaining')).toEqual(millis(4_971_543));
  });

  it('tells the first clock although the second one counts', () => {
    const feed = new InventedFeed();
    feed.send('dyn1|text|Lap 0/9\ndyn2|text|00:00');
    feed.send('dyn2|countdown|5000');
    expect(feed.state.view().competition).toMatchObject({ remainingLaps: 9, remainingMs: null });
  });
});

describe('titles and track', () => {
  it('tells another stage when a later title speaks of one', () => {
    const feed = new InventedFeed({ title2: '' });
    expect(payloads(feed.send('title2||ENTRENOS CRONO '), 'update-competition-metadata-stage')).toEqual([{ stage: 'qualifying', stage_text: 'ENTRENOS CRONO' }]);
    expect(feed.send('title2||ENTRENOS CRONO').actions).toEqual([]);
  });

  it('reads entities, strips tags, and cuts at its limit', () => {
    const feed = new InventedFeed({}, { limits: { textLength: 12 } });
    feed.send('title1||<b>Tom &amp; Co</b>\u00a0 Cup of all cups');
    expect(feed.state.view().competition.title1).toBe('Tom & Co Cup');
  });

  it.each([
    ['RING (1100m)', 'RING'],
    ['RING - 1.384 km', 'RING'],
    ['KARTING RING  - 1560.000 km', 'KARTING RING'],
    ['Piste 1200m', 'Piste 1200m'],
  ])('reads the track %j', (text, track) => {
    const feed = new InventedFeed();
    feed.send(`track||${text}`);
    expect(feed.state.view().competition.track).toBe(track);
  });

  it('keeps the track when a page without live timing leaves it out', () => {
    const feed = new InventedFeed();
    feed.send(['init|n|', 'best|hide|', 'track||']);
    expect(feed.state.view().competition.track).toBe('RING');
  });

  it('keeps what is said before any page for the first one', () => {
    const state = new CompetitionState();
    const early = state.apply({ atMs: 1, text: 'light|lg|\ntitle1||SUMMER CUP\nr11c5|in|4\nr11|*in|0\ndyn1|countdown|9000' });
    expect(early).toMatchObject({ session: 0, isInit: false, actions: [], counts: { lines: 5, unknown: 0 } });
    expect(state.view()).toMatchObject({ competition: { title1: 'SUMMER CUP', session: 0, status: 'ongoing', remainingMs: 9_000 }, rows: [] });
    const page = state.apply({ atMs: 2, text: pageOf().replace('title1||WINTER CUP\n', '').replace('light|lg|\n', '') });
    expect(typesOf(page)).toEqual(['start-session', 'initialize']);
    expect(payloads(page, 'initialize')).toMatchObject([{ title1: 'SUMMER CUP', status: 'ongoing', remaining_length: { value: 9_000, unit: 'millis' } }]);
  });
});
