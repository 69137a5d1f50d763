import { describe, expect, it } from '@jest/globals';
import { InventedFeed, RACE, payloads, typesOf } from '../../test/invented-feed.js';

describe('positions', () => {
  it('follows ranks and cells', () => {
    const feed = new InventedFeed();
    expect(payloads(feed.send('r13|#|1'), 'update-timing-position')).toEqual([{ participant_code: 'r13', position: 1 }]);
    expect(payloads(feed.send('r12c3||2\nr11c3||3'), 'update-timing-position')).toEqual([{ participant_code: 'r11', position: 3 }]);
    expect(feed.state.view().rows.map(({ code }) => code)).toEqual(['r13', 'r12', 'r11']);
  });

  it('tells only where the rows stand at the end of the frame', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(['r12|#|1', 'r11|#|1', 'r11|#|2', feed.cell('r12', 'rk', '1'), feed.cell('r11', 'rk', '2')]);
    expect(payloads(outcome, 'update-timing-position')).toEqual([
      { participant_code: 'r12', position: 1 },
      { participant_code: 'r11', position: 2 },
    ]);
  });

  it('keeps the place of a row whose cell is cleared', () => {
    const feed = new InventedFeed();
    expect(feed.send(feed.cell('r12', 'rk', ['', ''])).actions).toEqual([]);
    expect(feed.row('r12').position).toBeNull();
    expect(feed.state.view().rows.map(({ code }) => code)).toEqual(['r11', 'r12', 'r13']);
  });
});

describe('gaps and intervals', () => {
  it('tells times and laps, and nothing of what stays the same', () => {
    const feed = new InventedFeed();
    const first = feed.send([feed.cell('r12', 'gap', ['ib', '0.275']), feed.cell('r12', 'int', '0.275')]);
    expect(payloads(first, 'update-timing-gap')).toEqual([{ participant_code: 'r12', gap: { value: 275, unit: 'millis' } }]);
    expect(payloads(first, 'update-timing-interval')).toEqual([{ participant_code: 'r12', interval: { value: 275, unit: 'millis' } }]);
    expect(feed.send(feed.cell('r12', 'gap', ['ib', '0.275'])).actions).toEqual([]);
    expect(payloads(feed.send(feed.cell('r12', 'gap', ['ib', '14 Vueltas'])), 'update-timing-gap')).toMatchObject([{ gap: { value: 14, unit: 'laps' } }]);
  });

  it('takes the last text of a frame when an interval is emptied and refilled', () => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r12', 'int', '3.100'));
    const outcome = feed.send([feed.cell('r12', 'int', ''), feed.cell('r12', 'int', '3.981')]);
    expect(payloads(outcome, 'update-timing-interval')).toEqual([{ participant_code: 'r12', interval: { value: 3_981, unit: 'millis' } }]);
  });

  it('takes the first of two gap columns that holds a distance, and overwrites neither', () => {
    const feed = new InventedFeed({ columns: ['rk', 'dr', 'gap', 'llp', 'gap'] });
    feed.send('r12c5|in|41.532');
    expect(feed.row('r12').gap).toEqual({ value: 41_532, unit: 'millis' });
    feed.send('r12c3|in|1 Lap');
    expect(feed.row('r12').gap).toEqual({ value: 1, unit: 'laps' });
    feed.send('r12c3|in|');
    expect(feed.row('r12').gap).toEqual({ value: 41_532, unit: 'millis' });
  });
});

describe('cells', () => {
  it('goes by the column, not by the class', () => {
    const feed = new InventedFeed();
    feed.send([feed.cell('r11', 'tlp', '143'), feed.cell('r11', 'pit', '2'), feed.cell('r11', 'otr', '1:10'), feed.cell('r11', 'blp', '1:06.019'), feed.cell('r11', 'sta', ['in', ''])]);
    expect(feed.row('r11')).toMatchObject({ laps: 143, stops: 2, bestLapMs: 66_019, lastLapMs: null });
  });

  it('takes sectors for no lap although they wear its classes', () => {
    const feed = new InventedFeed({ columns: ['rk', 's1', 's2', 's3', 'llp'] });
    const outcome = feed.send([feed.cell('r11', 's1', ['tn', '26.20']), feed.cell('r11', 's2', ['tb', '100.78']), feed.cell('r11', 's3', ['', ''])]);
    expect(payloads(outcome, 'update-timing-sector')).toEqual([
      { participant_code: 'r11', sector: 1, time_ms: 26_200 },
      { participant_code: 'r11', sector: 2, time_ms: 100_780 },
    ]);
    expect(payloads(feed.send(feed.cell('r11', 's2', ['', ''])), 'update-timing-sector')).toEqual([{ participant_code: 'r11', sector: 2, time_ms: null }]);
    expect(feed.laps('r11')).toEqual([]);
  });

  it('tells a best lap that takes or loses its colour once', () => {
    const feed = new InventedFeed();
    expect(typesOf(feed.send(feed.cell('r11', 'blp', ['tb', '1:06.019'])))).toEqual(['update-best-lap', 'update-timing-best-time', 'update-timing-gap']);
    expect(feed.send(feed.cell('r11', 'blp', ['in', '1:06.019'])).actions).toEqual([]);
  });

  it('takes a dash for no best lap', () => {
    const feed = new InventedFeed();
    feed.send(feed.cell('r11', 'blp', ['ib', '-']));
    expect(feed.row('r11').bestLapMs).toBeNull();
  });

  it.each(['gs', 'gf', 'gm', 'gl', 'in'])('takes the bracket %s for nothing', (bracket) => {
    const feed = new InventedFeed();
    expect(feed.send(feed.cell('r11', 'grp', [bracket, ''])).actions).toEqual([]);
  });

  it.each(['r999c5|dr|X', 'r999|*|1|', 'r11c99|in|1', 'r0c5||X', 'r11|*i3|', 'br4c9|ib|1:34.410', 'cr1c2|in|12'])('passes over %j', (line) => {
    const feed = new InventedFeed();
    expect(feed.send(line)).toMatchObject({ actions: [], counts: { lines: 1, unknown: 0 } });
    expect(feed.state.view().rows).toHaveLength(3);
  });

  it('makes no lap of one that the pit entry has shortened when it looks for the best', () => {
    const feed = new InventedFeed({ columns: RACE.filter((type) => type !== 'blp' && type !== 'tlp') });
    feed.send(feed.lap('r11', 1, '1:11.000'));
    feed.send([feed.cell('r11', 'llp', ['tn', '1:05.980']), ...feed.pitIn('r11', 1)], 66_000);
    expect(feed.row('r11')).toMatchObject({ laps: 2, bestLapMs: 71_000 });
  });
});
