import { describe, expect, it } from '@jest/globals';
import { InventedFeed, SPRINT, THREE_TEAMS, pageOf, payloads, typesOf } from '../invented-feed.js';

/** A circuit without a column of stops. */
const UNCOUNTED = ['sta', 'rk', 'no', 'dr', 'tlp', 'llp', 'otr'];

describe('stops', () => {
  it.each([['54.', 54_000], ['1:10.', 70_000], ['00.', 0], ['1:02:10.', 3_730_000], ['62:10.', 3_730_000]])('the pit clock %j is read', (text, ms) => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(`r11c11|to|${text}`);
    feed.send(feed.pitOut('r11'));
    expect(feed.stops('r11')).toMatchObject([{ durationMs: ms }]);
  });

  it.each(['sr', 'su', 'sd', ''])('a running icon "%s" in the frame of the entry does not end the stop', (icon) => {
    const feed = new InventedFeed();
    feed.send([feed.cell('r11', 'sta', [icon, '']), feed.cell('r11', 'pit', '1'), 'r11|*in|0'], 60_000);
    expect(feed.row('r11').state).toBe('in-pit');
    feed.send(feed.cell('r11', 'sta', ['si', '']), 200);
    feed.send(feed.pitOut('r11'), 60_000);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, outAtMs: feed.atMs, valid: true }]);
  });

  it('an icon that is reset in the frame of the entry does not end the stop', () => {
    const feed = new InventedFeed();
    feed.send([feed.cell('r11', 'sta', ['in', '']), feed.cell('r11', 'otr', ['to', '00.']), feed.cell('r11', 'pit', '1'), 'r11|*in|0'], 60_000);
    expect(feed.row('r11').state).toBe('in-pit');
    feed.send(feed.cell('r11', 'sta', ['si', '']), 200);
    feed.send(feed.cell('r11', 'otr', ['to', '58.']), 58_000);
    feed.send(feed.pitOut('r11'), 1_800);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, outAtMs: feed.atMs, durationMs: 58_000 }]);
  });

  it('a row that has taken the flag and drives into the pit lane has still finished', () => {
    const feed = new InventedFeed();
    feed.send('light|lf|\nr11c2|sf|\nr11|*||');
    feed.send('r11|*in|0', 40_000);
    expect(feed.row('r11').state).toBe('finished');
    feed.send('r11|*out|0', 5_000);
    expect(feed.row('r11').state).toBe('finished');
    feed.send('light|lg|\nr11c2|sr|', 5_000);
    expect(feed.row('r11').state).toBe('running');
  });

  it('the on-track clock in hours and minutes is no pit clock', () => {
    const feed = new InventedFeed();
    feed.send('r11c11|in|0:59');
    expect(feed.send('r11c11|in|1:00', 60_000).actions).toEqual([{ type: 'update-timing-stint-time', data: { participant_code: 'r11', stint_time: 3_600_000 } }]);
    expect(feed.stops('r11')).toEqual([]);
  });

  it('the time on the track is told in minutes, and not while the pit clock stands in its place', () => {
    const feed = new InventedFeed();
    feed.send('r11c11|in|0:54');
    expect(payloads(feed.send(feed.pitIn('r11', 1)), 'update-timing-stint-time')).toEqual([{ participant_code: 'r11', stint_time: null }]);
    expect(typesOf(feed.send(feed.pitOut('r11'), 60_000))).not.toContain('update-timing-stint-time');
    expect(payloads(feed.send('r11c11|in|0:00', 8_000), 'update-timing-stint-time')).toEqual([{ participant_code: 'r11', stint_time: 0 }]);
    expect(payloads(feed.send('init|r|'), 'initialize')[0]?.participants[0]).toMatchObject({ stint_time: 0 });
  });

  it('karts that wait in the pit lane before the start make no stop, however often the page is sent', () => {
    const page = { light: 'lr', rows: THREE_TEAMS.map((row) => ({ ...row, cells: { ...row.cells, sta: ['si', ''] as const } })) };
    const feed = new InventedFeed(page);
    expect(typesOf(feed.send(pageOf(page), 60_000))).toEqual(['initialize']);
    feed.send('', 10_000);
    expect(feed.state.view().stopList).toEqual([]);
    feed.send(feed.pitOut('r11'), 60_000);
    feed.send(feed.pitIn('r11', 1), 600_000);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, inAtMs: feed.atMs }]);
  });

  it('an entry that is told twice is one stop', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send('r11|*in|0', 4_000);
    feed.send('', 10_000);
    expect(feed.stops('r11')).toHaveLength(1);
    expect(feed.row('r11').stops).toBe(1);
  });

  it.each([['with', undefined], ['without', UNCOUNTED]])('an exit without an entry is no stop, %s a count of stops', (_name, columns) => {
    const feed = new InventedFeed(columns === undefined ? {} : { columns });
    feed.send('r11|*out|0');
    expect(typesOf(feed.send('', 10_000))).toEqual([]);
    expect(feed.stops('r11')).toEqual([]);
  });

  it('entry line, icon and count in different frames are one stop', () => {
    const feed = new InventedFeed();
    feed.send('r11|*in|0');
    feed.send('r11c2|si|', 300);
    feed.send('r11c12|in|1\nr11c11|to|00.', 300);
    expect(feed.stops('r11')).toHaveLength(1);
    expect(feed.stops('r11')[0]?.inAtMs).toBe(feed.atMs - 600);
  });

  it('a stop that runs when we join has begun as long ago as its clock shows', () => {
    const feed = new InventedFeed({ rows: [{ code: 'r11', cells: { sta: ['si', ''], otr: ['to', '34.'], pit: '2' } }] });
    expect(feed.stops('r11')).toMatchObject([{ stop: 2, inAtMs: feed.atMs - 34_000, outAtMs: null }]);
    feed.send(feed.pitOut('r11'), 26_000);
    expect(feed.row('r11').stops).toBe(2);
  });

  it('a count that rises without an entry is a stop without times', () => {
    const feed = new InventedFeed();
    feed.send('r11c12|in|1');
    feed.send('', 10_000);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, inAtMs: null, outAtMs: null, durationMs: null }]);
  });

  it('a count that is sent empty at the entry leaves our own count', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.pitOut('r11'), 60_000);
    feed.send('r11c2|si|\nr11c11|to|00.\nr11c12|in|\nr11|*in|0', 600_000);
    expect(feed.row('r11').stops).toBe(2);
  });

  it('a count that was sent empty at an entry says nothing until it shows a number again', () => {
    const feed = new InventedFeed();
    feed.send('r11c2|si|\nr11c12|in|\nr11|*in|0');
    feed.send(feed.pitOut('r11'), 60_000);
    feed.send(pageOf({ rows: THREE_TEAMS }), 60_000);
    feed.send('r11c12|in|', 60_000);
    expect(feed.row('r11').stops).toBe(1);
    feed.send(feed.pitIn('r11', 2), 600_000);
    feed.send(feed.pitOut('r11'), 60_000);
    feed.send('r11c12|in|', 60_000);
    expect(feed.row('r11').stops).toBe(0);
  });

  it('a count that race control empties takes the stops back, also the one that runs', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    const outcome = feed.send('r11c2|in|\nr11c11|in|0:00\nr11c12|in|\nr11|*||', 600_000);
    expect(payloads(outcome, 'withdraw-stop')).toMatchObject([{ stop: 1, number_pits: 0 }]);
    expect(feed.stops('r11')).toMatchObject([{ valid: false, outAtMs: null }]);
    feed.send(feed.pitIn('r11', 1), 600_000);
    expect(feed.stops('r11').map(({ stop, valid }) => [stop, valid])).toEqual([[1, false], [1, true]]);
  });

  it.each([
    ['in one frame', [['r11c1|in|', 'r11|*||']]],
    ['in two', [['r11c1|in|'], ['r11|*||']]],
  ])('where no column counts them, the one that runs is taken back when race control puts the kart on the track, %s', (_name, frames) => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(['r11c1|si|', 'r11|*in|0']);
    feed.send(['r11c1|so|', 'r11|*out|0'], 90_000);
    feed.send(['r11c1|si|', 'r11|*in|0'], 600_000);
    frames.forEach((lines, place) => feed.send(lines, place === 0 ? 900_000 : 0));
    expect(feed.stops('r11').map(({ stop, valid }) => [stop, valid])).toEqual([[1, true], [2, false]]);
    expect(feed.row('r11').stops).toBe(1);
  });

  it.each(['r11|*||', 'r11c1|so|\nr11|*out|0\nr11|*||', 'r11c1|in|\nr11|*|60000|'])('where no column counts them, one stays that %j says nothing of', (lines) => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(['r11c1|si|', 'r11|*in|0']);
    feed.send(lines, 60_000);
    expect(feed.stops('r11')).toMatchObject([{ valid: true }]);
  });

  it('an icon that is reset between the entry and its own icon ends no stop', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11|*in|0');
    feed.send('r11c1|in|', 0);
    feed.send('r11c1|si|', 200);
    feed.send(['r11c1|so|', 'r11|*out|0'], 40_000);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, inAtMs: feed.atMs - 40_200, outAtMs: feed.atMs }]);
  });

  it('a page that shows no stops where some were counted takes them back', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.pitOut('r11'), 60_000);
    feed.send(pageOf({ rows: THREE_TEAMS }), 60_000);
    expect(feed.row('r11').stops).toBe(0);
  });

  it('an entry right after a rollback, without its icon, is no new stop', () => {
    const codes = THREE_TEAMS.map(({ code }) => code);
    const feed = new InventedFeed();
    feed.send(codes.flatMap((code) => feed.lap(code, 3, '1:00.000')));
    feed.send(codes.flatMap((code) => [`${code}c6|in|2`, `${code}|*||`]), 60_000);
    feed.send(codes.map((code) => `${code}|*in|0`), 1_000);
    feed.send('', 10_000);
    expect(codes.map((code) => feed.row(code).stops)).toEqual([0, 0, 0]);
  });

  it.each(['sl', 'sn', 'xx', 'ss'])('the icon %j ends no stop', (icon) => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(`r11c2|${icon}|`);
    expect(feed.row('r11').state).toBe(icon === 'ss' ? 'stopped' : 'in-pit');
    expect(feed.stops('r11')).toMatchObject([{ outAtMs: null }]);
  });

  it.each(['sd', 'su', 'in'])('a kart is out of the pit lane at `so`, whatever icon follows: %j', (icon) => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send('r11c2|so|', 60_000);
    const leftAtMs = feed.atMs;
    feed.send(`r11c2|${icon}|`, 5_000);
    expect(feed.stops('r11')).toMatchObject([{ outAtMs: leftAtMs }]);
    expect(feed.row('r11').state).toBe('running');
  });

  it('where nothing counts stops each entry is one', () => {
    const feed = new InventedFeed({ columns: UNCOUNTED });
    for (const afterMs of [600_000, 900_000]) {
      feed.send('r11c1|si|\nr11|*in|0', afterMs);
      feed.send('r11c1|so|\nr11|*out|0', 60_000);
    }
    expect(feed.stops('r11').map(({ stop, durationMs }) => [stop, durationMs])).toEqual([[1, 60_000], [2, 60_000]]);
  });

  it('the last value of the clock after the exit is the time of the stop', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send('r11c11|to|2:59.', 179_000);
    feed.send(feed.pitOut('r11'), 1_200);
    feed.send('r11c11|to|3:00.', 200);
    expect(feed.stops('r11')).toMatchObject([{ durationMs: 180_000 }]);
  });
});
