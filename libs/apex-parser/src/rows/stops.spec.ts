import { describe, expect, it } from '@jest/globals';
import { InventedFeed, RACE, SPRINT, type InventedRow, payloads, typesOf } from '../../test/invented-feed.js';

describe('stops of a table that counts them', () => {
  it('makes one stop of entry, status, clock and count, and closes it by the clock', () => {
    const feed = new InventedFeed();
    const entry = feed.send(feed.pitIn('r11', 1));
    const inAtMs = feed.atMs;
    expect(payloads(entry, 'add-pit-in')).toEqual([{ participant_code: 'r11', ordinal: 1, stop: 1, lap: 0, driver: null, at_ms: inAtMs, source: 'message' }]);
    expect(payloads(entry, 'update-timing-number-pits')).toEqual([{ participant_code: 'r11', number_pits: 1 }]);
    expect(payloads(entry, 'update-timing-pit-time')).toEqual([{ participant_code: 'r11', pit_time: 0 }]);
    expect(feed.row('r11').state).toBe('in-pit');
    feed.send(feed.cell('r11', 'otr', ['to', '2:59.']), 180_000);
    const exit = feed.send(feed.pitOut('r11'), 1_000);
    expect(payloads(exit, 'add-pit-out')).toEqual([{ participant_code: 'r11', ordinal: 1, stop: 1, driver: null, at_ms: feed.atMs, duration_ms: 179_000, source: 'column' }]);
    expect(payloads(exit, 'update-timing-pit-time')).toEqual([{ participant_code: 'r11', pit_time: null }]);
    expect(feed.stops('r11')).toEqual([{ code: 'r11', stop: 1, inAtMs, outAtMs: feed.atMs, durationMs: 179_000, valid: true, reason: null }]);
    expect(feed.row('r11').state).toBe('out-lap');
  });

  it('tells of a running pit clock every ten seconds only', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    const told: (number | null)[] = [];
    for (let second = 1; second <= 25; second += 1) {
      const outcome = feed.send(feed.cell('r11', 'otr', ['to', `${String(second).padStart(2, '0')}.`]));
      told.push(...payloads(outcome, 'update-timing-pit-time').map(({ pit_time }) => pit_time));
    }
    expect(told).toEqual([10_000, 20_000]);
  });

  it.each([
    ['the status first', 0],
    ['the passage first', 1],
    ['the count first', 2],
  ])('makes one stop of signals in different frames, %s', (_name, first) => {
    const feed = new InventedFeed();
    const signals = [feed.cell('r11', 'sta', ['si', '']), 'r11|*in|0', feed.cell('r11', 'pit', '1')];
    feed.send(signals[first] ?? '');
    for (const signal of signals.filter((_signal, index) => index !== first)) feed.send(signal, 300);
    feed.send('', 10_000);
    expect(feed.stops('r11')).toHaveLength(1);
    expect(feed.stops('r11')[0]?.inAtMs).not.toBeNull();
    expect(feed.row('r11').stops).toBe(1);
  });

  it('takes a second entry without an exit for the same stop', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send('r11|*in|0', 20_000);
    feed.send('', 10_000);
    expect(feed.stops('r11')).toHaveLength(1);
  });

  it('takes an exit without an entry for none', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(feed.pitOut('r11'));
    expect(typesOf(outcome)).toEqual(['update-row-state']);
    expect(feed.stops('r11')).toEqual([]);
  });

  it('lists a stop without times when only the count tells of it', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(feed.cell('r11', 'pit', '1'));
    expect(payloads(outcome, 'add-pit-in')).toMatchObject([{ ordinal: 1, stop: 1, at_ms: null, source: 'column' }]);
    feed.send('', 60_000);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, inAtMs: null, outAtMs: null, durationMs: null, valid: true }]);
  });

  it('withdraws the newest stop when the count falls, and takes its number for another one afterwards', () => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'pit', '2'));
    feed.send('', 10_000);
    const fallen = feed.send(feed.cell('r11', 'pit', '1'));
    expect(payloads(fallen, 'withdraw-stop')).toEqual([{ participant_code: 'r11', ordinal: 2, stop: 2, number_pits: 1, reason: 'withdrawn', at_ms: feed.atMs }]);
    feed.send(feed.pitIn('r11', 2), 60_000);
    expect(feed.stops('r11').map(({ stop, valid }) => [stop, valid])).toEqual([[1, true], [2, false], [2, true]]);
    expect(feed.row('r11').stops).toBe(2);
  });

  it('makes no stop of an entry that only restores what is shown after a rollback', () => {
    const feed = new InventedFeed();
    const codes = ['r11', 'r12', 'r13'];
    for (const code of codes) feed.send([...feed.lap(code, 1, '1:06.000'), ...feed.pitIn(code, 1)], 100);
    const back = feed.send(codes.flatMap((code) => [feed.cell(code, 'tlp', '0'), feed.cell(code, 'otr', '0:24'), feed.cell(code, 'pit', '0'), `${code}|*||`]), 60_000);
    expect(payloads(back, 'withdraw-stop')).toMatchObject(codes.map((participant_code) => ({ participant_code, number_pits: 0, reason: 'rollback' })));
    feed.send(codes.map((code) => `${code}|*in|0`));
    feed.send('', 60_000);
    for (const code of codes) {
      expect(feed.row(code).stops).toBe(0);
      expect(feed.stops(code).map(({ valid, reason }) => [valid, reason])).toEqual([[false, 'rollback']]);
    }
    expect(typesOf(feed.send(codes.flatMap((code) => feed.pitOut(code)), 600_000))).not.toContain('add-pit-out');
  });

  it('keeps its own count when the cell is emptied at the entry', () => {
    const feed = new InventedFeed();
    feed.send([feed.cell('r11', 'sta', ['si', '']), feed.cell('r11', 'pit', ''), 'r11|*in|0']);
    expect(feed.row('r11').stops).toBe(1);
    expect(feed.stops('r11')).toMatchObject([{ stop: 1, inAtMs: feed.atMs }]);
  });

  it('ends a stop when the time on track stands where the clock was', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.cell('r11', 'otr', ['to', '45.']), 45_000);
    const outcome = feed.send(feed.cell('r11', 'otr', '0:00'));
    expect(payloads(outcome, 'add-pit-out')).toMatchObject([{ stop: 1, duration_ms: 45_000 }]);
  });

  it('corrects the time of a stop by a last reading of the clock', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.cell('r11', 'otr', ['to', '59.']), 59_000);
    feed.send(feed.pitOut('r11'), 600);
    expect(payloads(feed.send(feed.cell('r11', 'otr', ['to', '1:00.']), 400), 'update-stop')).toMatchObject([{ ordinal: 1, stop: 1, duration_ms: 60_000 }]);
    expect(feed.stops('r11')).toMatchObject([{ durationMs: 60_000 }]);
  });

  it.each(['1:02:10.', '62:10.'])('reads a clock of more than an hour: %j', (clock) => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.cell('r11', 'otr', ['to', clock]), 3_730_000);
    expect(payloads(feed.send(feed.pitOut('r11'), 500), 'add-pit-out')).toMatchObject([{ duration_ms: 3_730_000 }]);
  });

  it('takes the hours on track for no pit clock', () => {
    const feed = new InventedFeed();
    const outcome = feed.send([feed.cell('r11', 'otr', '0:59'), feed.cell('r12', 'otr', '1:00')]);
    expect(typesOf(outcome)).toEqual(['update-timing-stint-time', 'update-timing-stint-time']);
    expect(feed.stops('r11')).toEqual([]);
  });

  it('takes up a stop that runs when it joins', () => {
    const rows: InventedRow[] = [{ code: 'r11', cells: { no: '7', dr: ['dr', 'NORTH WIND'], sta: ['si', ''], otr: ['to', '34.'], pit: '3' } }];
    const feed = new InventedFeed({ rows });
    const inAtMs = feed.atMs - 34_000;
    expect(payloads(feed.opening, 'add-pit-in')).toMatchObject([{ ordinal: 1, stop: 3, at_ms: inAtMs, source: 'page' }]);
    expect(payloads(feed.opening, 'initialize')).toMatchObject([{ participants: [{ number_pits: 3, state: 'in-pit' }] }]);
    feed.send(feed.cell('r11', 'otr', ['to', '50.']), 16_000);
    feed.send(feed.pitOut('r11'));
    expect(feed.stops('r11')).toMatchObject([{ stop: 3, inAtMs, outAtMs: feed.atMs, durationMs: 50_000 }]);
    expect(feed.row('r11').stops).toBe(3);
  });
});

describe('stops of a table that does not count them', () => {
  it('counts the entries, and measures by the arrivals', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11|*in|0');
    const exit = feed.send('r11|*out|0', 31_400);
    expect(payloads(exit, 'add-pit-out')).toMatchObject([{ stop: 1, duration_ms: 31_400, source: 'inferred' }]);
    feed.send('r11|*in|0', 300_000);
    expect(feed.row('r11').stops).toBe(2);
  });

  it('makes one stop of status and passage', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.cell('r11', 'sta', ['si', '']));
    feed.send('r11|*in|0', 200);
    feed.send('r11|*in|0', 20_000);
    expect(feed.stops('r11')).toHaveLength(1);
  });
});

describe('state of a row', () => {
  it.each([
    ['sr', 'running'], ['su', 'running'], ['sd', 'running'], ['si', 'in-pit'], ['so', 'out-lap'], ['ss', 'stopped'], ['sf', 'finished'],
  ])('takes the status %s for %s', (status, state) => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'sta', ['sr', '']));
    feed.send(feed.cell('r11', 'sta', [status, '']));
    expect(feed.row('r11').state).toBe(state);
  });

  it.each(['sn', 'xx'])('keeps the state at the unknown status %s', (status) => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'sta', ['ss', '']));
    expect(feed.send(feed.cell('r11', 'sta', [status, ''])).actions).toEqual([]);
    expect(feed.row('r11').state).toBe('stopped');
  });

  it.each(['sd', 'su', 'in'])('is out of the pit lane although %s follows instead of a run', (status) => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.pitOut('r11'), 60_000);
    feed.send(feed.cell('r11', 'sta', [status, '']), 5_000);
    expect(feed.row('r11').state).toBe('running');
  });

  it('follows the pit lane where there is no status', () => {
    const feed = new InventedFeed({ columns: RACE.filter((type) => type !== 'sta') });
    feed.send('r11|*in|0');
    expect(feed.row('r11').state).toBe('in-pit');
    feed.send('r11|*out|0', 60_000);
    expect(feed.row('r11').state).toBe('out-lap');
    feed.send('r11|*|66000|', 9_000);
    expect(feed.row('r11').state).toBe('running');
  });
});
