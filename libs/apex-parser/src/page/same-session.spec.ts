import { describe, expect, it } from '@jest/globals';
import { InventedFeed, SPRINT, THREE_TEAMS, type InventedPage, type InventedRow, pageOf, payloads, typesOf } from '../../test/invented-feed.js';

const withLaps = (laps: number, time = '1:06.000'): InventedRow[] => THREE_TEAMS.map((row) => ({ ...row, cells: { ...row.cells, tlp: String(laps), llp: ['tn', time] } }));

/** A race in which every row has made four laps. */
function fourLaps(page: InventedPage = {}): InventedFeed {
  const feed = new InventedFeed(page);
  for (const lap of [1, 2, 3, 4]) feed.send(THREE_TEAMS.flatMap(({ code }) => feed.lap(code, lap, '1:06.000')), 66_000);
  return feed;
}

describe('a page that is sent again', () => {
  it.each([
    ['under green', 'lg'],
    ['after the flag', 'lf'],
  ])('keeps session and laps %s', (_name, light) => {
    const feed = fourLaps();
    const before = feed.state.view().lapList;
    const outcome = feed.send(pageOf({ rows: withLaps(4), light }));
    expect(typesOf(outcome)).toEqual(['initialize']);
    expect(outcome.session).toBe(1);
    expect(feed.state.view().lapList).toEqual(before);
  });

  it('changes nothing the second time within a second', () => {
    const feed = fourLaps();
    const first = feed.send(pageOf({ rows: withLaps(4) }));
    expect(feed.send(pageOf({ rows: withLaps(4) }), 0).actions).toEqual(first.actions);
  });

  it('tells the laps that were made unseen', () => {
    const feed = fourLaps();
    const outcome = feed.send(pageOf({ rows: withLaps(7, '1:05.500') }), 200_000);
    expect(typesOf(outcome)[0]).toBe('initialize');
    expect(payloads(outcome, 'add-lap').filter(({ participant_code }) => participant_code === 'r11')).toMatchObject([
      { ordinal: 5, lap: 5, time_ms: null, reason: 'given' },
      { ordinal: 6, lap: 6, time_ms: null, reason: 'given' },
      { ordinal: 7, lap: 7, time_ms: 65_500, reason: null },
    ]);
    expect(typesOf(outcome).filter((type) => type.startsWith('update-timing'))).toEqual([]);
  });

  it('tells the stops that were made unseen', () => {
    const feed = fourLaps();
    const rows = withLaps(4).map((row) => ({ ...row, cells: { ...row.cells, pit: '1' } }));
    expect(payloads(feed.send(pageOf({ rows })), 'add-pit-in')).toHaveLength(3);
    expect(feed.row('r11').stops).toBe(1);
  });

  it('keeps history over a page without live timing', () => {
    const feed = fourLaps();
    const before = feed.state.view().lapList;
    expect(payloads(feed.send('init|n|\nbest|hide|\ntrack||'), 'initialize')).toMatchObject([{ session: 1, participants: [] }]);
    expect(typesOf(feed.send(pageOf({ rows: withLaps(4) })))).toEqual(['initialize']);
    expect(feed.state.view().lapList).toEqual(before);
  });

  it('tells which row is gone, takes in a new one, and knows one that returns', () => {
    const feed = fourLaps();
    const [first, second, third] = withLaps(4);
    if (first === undefined || second === undefined || third === undefined) throw new Error('three rows');
    const gone = feed.send(pageOf({ rows: [first, second, { code: 'r14', cells: { dr: ['dr', 'LATE ONES'] } }] }));
    expect(payloads(gone, 'remove-participant')).toEqual([{ participant_code: 'r13' }]);
    expect(payloads(gone, 'initialize')[0]?.participants.map(({ participant_code }) => participant_code)).toEqual(['r11', 'r12', 'r14']);
    feed.send(pageOf({ rows: withLaps(4) }));
    expect(feed.laps('r13')).toHaveLength(4);
  });

  it('takes titles that come late, or are empty, for no change', () => {
    const feed = fourLaps({ title1: '', title2: '' });
    expect(feed.send(pageOf({ title1: 'WINTER CUP', title2: 'CARRERA', rows: withLaps(4) })).session).toBe(1);
    expect(feed.send(pageOf({ title1: '', title2: '', rows: withLaps(4) })).session).toBe(1);
  });
});

describe('a new session', () => {
  it.each<[string, InventedPage]>([
    ['other rows', { rows: [{ code: 'r91' }, { code: 'r92' }, { code: 'r93' }] }],
    ['another letter', { letter: 'p', rows: withLaps(4) }],
    ['another title', { title2: 'HEAT 2' }],
    ['empty counts', {}],
    ['far lower counts', { rows: withLaps(1) }],
  ])('begins with %s', (_name, page) => {
    const feed = fourLaps();
    const outcome = feed.send(pageOf(page));
    expect(typesOf(outcome).slice(0, 2)).toEqual(['start-session', 'initialize']);
    expect(payloads(outcome, 'start-session')).toMatchObject([{ session: 2 }]);
    expect(outcome.session).toBe(2);
    expect(feed.state.view().lapList).toEqual([]);
  });

  it('begins with empty last laps where the table counts none', () => {
    const feed = fourLaps({ columns: SPRINT });
    expect(feed.send(pageOf({ columns: SPRINT })).session).toBe(2);
  });

  it('does not begin with titles that flicker without a page', () => {
    const feed = fourLaps();
    feed.send('title2||ENTRENOS');
    feed.send('title2||CARRERA', 14_000);
    expect(feed.send(pageOf({ rows: withLaps(4) })).session).toBe(1);
    expect(feed.laps('r11')).toHaveLength(4);
  });

  it('gives ordinals from one again', () => {
    const feed = fourLaps();
    feed.send(pageOf({ title2: 'HEAT 2' }));
    expect(payloads(feed.send(feed.lap('r11', 1, '1:06.000'), 66_000), 'add-lap')).toMatchObject([{ ordinal: 1, lap: 1 }]);
  });
});
