import { describe, expect, it } from '@jest/globals';
import { InventedFeed, SPRINT, payloads, typesOf } from '../../test/invented-feed.js';

describe('laps of a table that counts them', () => {
  it('is one lap when count, time and crossing come in one frame', () => {
    const feed = new InventedFeed();
    const outcome = feed.send(feed.lap('r11', 1, '1:06.500'));
    expect(payloads(outcome, 'add-lap')).toEqual([
      {
        participant_code: 'r11', ordinal: 1, lap: 1, time_ms: 66_500, driver: null, team: 'NORTH WIND', source: 'column', at_ms: feed.atMs, sectors: [],
        in_lap: false, out_lap: false, valid: true, reason: null,
      },
    ]);
    expect(payloads(outcome, 'update-timing-lap')).toEqual([{ participant_code: 'r11', lap: 1 }]);
    expect(payloads(outcome, 'update-timing-last-time')).toEqual([{ participant_code: 'r11', last_time: 66_500 }]);
  });

  it('takes the time from the last lap, never from the crossing', () => {
    const feed = new InventedFeed();
    feed.send([feed.cell('r11', 'tlp', '1'), feed.cell('r11', 'llp', ['tn', '2:20.234']), 'r11|*|72539|25888']);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 140_234 }]);
  });

  it('joins a count with the time that follows it in another frame', () => {
    const feed = new InventedFeed();
    expect(payloads(feed.send(feed.cell('r11', 'tlp', '1')), 'add-lap')).toMatchObject([{ ordinal: 1, time_ms: null, reason: 'unconfirmed' }]);
    const outcome = feed.send([feed.cell('r11', 'llp', ['tn', '1:07.526']), 'r11|*|66000|'], 800);
    expect(payloads(outcome, 'update-lap')).toMatchObject([{ ordinal: 1, time_ms: 67_526, reason: null }]);
    expect(typesOf(outcome)).not.toContain('add-lap');
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 67_526, valid: true, reason: null }]);
  });

  it('joins a time with the count that follows it in another frame', () => {
    const feed = new InventedFeed();
    expect(typesOf(feed.send(feed.cell('r11', 'llp', ['tn', '1:07.526'])))).not.toContain('add-lap');
    expect(payloads(feed.send(feed.cell('r11', 'tlp', '1'), 500), 'add-lap')).toMatchObject([{ lap: 1, time_ms: 67_526, reason: null }]);
  });

  it.each([['a crossing that expects nothing', 'r11|*||'], ['a crossing', 'r11|*|66000|']])('takes %s alone for no lap', (_name, line) => {
    const feed = new InventedFeed();
    feed.send(line);
    feed.send('', 5_000);
    expect(feed.laps('r11')).toEqual([]);
  });

  it('takes a repaint of the same time for the same lap', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:08.769'));
    expect(typesOf(feed.send(feed.cell('r11', 'llp', ['tb', '1:08.769']), 200))).toEqual(['update-best-lap']);
    expect(feed.send('', 5_000).actions).toEqual([]);
  });

  it('corrects the lap when another time follows without a count', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:07.906'));
    feed.send(feed.cell('r11', 'llp', ['tn', '1:07.816']), 201);
    expect(payloads(feed.send('', 3_000), 'update-lap')).toMatchObject([{ participant_code: 'r11', ordinal: 1, time_ms: 67_816 }]);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 67_816 }]);
  });

  it('counts two equal laps one lap apart', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '48.982'));
    feed.send(feed.lap('r11', 2, '48.982'), 48_982);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 48_982 }, { lap: 2, timeMs: 48_982 }]);
  });

  it('lists laps that are given without times', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:06.000'));
    feed.send([feed.cell('r11', 'tlp', '5'), 'r11|*|66000|'], 18_000);
    feed.send('', 5_000);
    expect(feed.laps('r11').slice(1)).toMatchObject([2, 3, 4, 5].map((lap) => ({ lap, timeMs: null, valid: true, reason: 'given' })));
    expect(feed.row('r11').laps).toBe(5);
  });

  it('lists no more given laps than its limit, and counts them all', () => {
    const feed = new InventedFeed({}, { limits: { jump: 3 } });
    feed.send(feed.cell('r11', 'tlp', '50'));
    expect(feed.laps('r11').map(({ lap }) => lap)).toEqual([48, 49, 50]);
    expect(feed.row('r11').laps).toBe(50);
  });

  it('forgets the oldest laps beyond its limit, and gives no ordinal twice', () => {
    const feed = new InventedFeed({}, { limits: { lapsPerRow: 2 } });
    for (const lap of [1, 2, 3]) feed.send(feed.lap('r11', lap, '1:06.000'), 66_000);
    expect(feed.laps('r11').map(({ lap }) => lap)).toEqual([2, 3]);
    expect(payloads(feed.send(feed.lap('r11', 4, '1:06.000'), 66_000), 'add-lap')).toMatchObject([{ ordinal: 4, lap: 4 }]);
  });

  it('withdraws the newest lap for a penalty, and takes its number for another lap afterwards', () => {
    const feed = new InventedFeed();
    for (const lap of [1, 2, 3]) feed.send(feed.lap('r11', lap, `1:06.00${lap}`), 66_000);
    const penalty = feed.send([feed.cell('r11', 'tlp', '2'), 'r11|*|76027|', 'r11|#|3'], 20_000);
    expect(payloads(penalty, 'withdraw-laps')).toEqual([{ participant_code: 'r11', ordinals: [3], laps: 2, reason: 'withdrawn', at_ms: feed.atMs }]);
    expect(typesOf(penalty)).not.toContain('add-lap');
    const next = feed.send(feed.lap('r11', 3, '1:06.004'), 46_000);
    expect(payloads(next, 'add-lap')).toMatchObject([{ ordinal: 4, lap: 3 }]);
    expect(feed.laps('r11').map(({ lap, valid }) => [lap, valid])).toEqual([[1, true], [2, true], [3, false], [3, true]]);
  });

  it('withdraws several laps, the newest first', () => {
    const feed = new InventedFeed();
    for (const lap of [1, 2, 3]) feed.send(feed.lap('r11', lap, '1:06.000'), 66_000);
    expect(payloads(feed.send(feed.cell('r11', 'tlp', '1')), 'withdraw-laps')).toMatchObject([{ ordinals: [3, 2], laps: 1 }]);
  });

  it('calls it a rollback when most rows lose laps together, and adds none for the times that come along', () => {
    const feed = new InventedFeed();
    for (const code of ['r11', 'r12', 'r13']) feed.send(feed.cell(code, 'tlp', '9'), 100);
    feed.send('', 5_000);
    const codes = ['r11', 'r12', 'r13'];
    const outcome = feed.send([...codes.flatMap((code) => [feed.cell(code, 'tlp', '7'), feed.cell(code, 'llp', ['tn', '1:10.140'])]), ...codes.map((code) => `${code}|*||`)]);
    expect(payloads(outcome, 'withdraw-laps')).toMatchObject(codes.map((participant_code) => ({ participant_code, ordinals: [9, 8], laps: 7, reason: 'rollback' })));
    expect(typesOf(outcome)).not.toContain('add-lap');
  });

  it('counts a lap closed by the pit entry, and says so', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:11.000'));
    feed.send([feed.cell('r11', 'tlp', '2'), feed.cell('r11', 'llp', ['tn', '1:05.980']), ...feed.pitIn('r11', 1)], 66_000);
    expect(feed.laps('r11')[1]).toMatchObject({ lap: 2, timeMs: 65_980, valid: true, reason: 'closed-by-pit-entry' });
  });

  it('counts a lap closed by the pit exit, and says so', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:11.000'));
    feed.send(feed.pitIn('r11', 1), 60_000);
    feed.send([...feed.pitOut('r11'), feed.cell('r11', 'llp', ['tn', '1:18.047']), feed.cell('r11', 'tlp', '2')], 78_000);
    expect(feed.laps('r11')[1]).toMatchObject({ lap: 2, timeMs: 78_047, valid: true, reason: 'closed-by-pit-exit' });
  });

  it('marks the lap that holds the way out of the pit lane, and only that one', () => {
    const feed = new InventedFeed();
    feed.send(feed.pitIn('r11', 1));
    feed.send(feed.pitOut('r11'), 181_000);
    expect(payloads(feed.send(feed.lap('r11', 1, '4:02.594'), 8_000), 'add-lap')).toMatchObject([{ in_lap: false, out_lap: true, reason: null }]);
    expect(payloads(feed.send(feed.lap('r11', 2, '1:06.000'), 66_000), 'add-lap')).toMatchObject([{ in_lap: false, out_lap: false }]);
  });

  it('counts laps after the flag', () => {
    const feed = new InventedFeed();
    feed.send('light|lf|');
    feed.send([feed.cell('r11', 'sta', ['sf', '']), feed.cell('r11', 'tlp', '1'), feed.cell('r11', 'llp', ['tn', '1:06.000']), 'r11|*||']);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 66_000 }]);
    expect(feed.row('r11').state).toBe('finished');
  });

  it('keeps the sectors of the lap', () => {
    const feed = new InventedFeed({ columns: ['rk', 'dr', 's1', 's2', 's3', 'llp', 'tlp'] });
    const first = feed.send(feed.cell('r11', 's1', ['tn', '26.20']));
    expect(typesOf(first)).toEqual(['update-timing-sector']);
    feed.send(feed.cell('r11', 's2', ['tn', '100.78']));
    const lap = feed.send([feed.cell('r11', 's3', ['tn', '22.81']), feed.cell('r11', 'llp', ['tn', '2:29.790']), feed.cell('r11', 'tlp', '1'), 'r11|*|66000|']);
    expect(payloads(lap, 'add-lap')).toMatchObject([{ sectors: [26_200, 100_780, 22_810] }]);
  });
});

describe('laps of a table that does not count them', () => {
  it('takes each new time for a lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '59.340'));
    feed.send(feed.lap('r11', 2, '59.120'), 59_120);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 59_340 }, { lap: 2, timeMs: 59_120 }]);
    expect(feed.row('r11').laps).toBe(2);
  });

  it('takes the same time with a crossing for another lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '48.982'));
    feed.send(feed.lap('r11', 2, '48.982'), 48_982);
    expect(feed.laps('r11')).toHaveLength(2);
  });

  it('takes a repaint for the same lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '1:08.769'));
    feed.send(feed.cell('r11', 'llp', ['tb', '1:08.769']), 200);
    feed.send('', 5_000);
    expect(feed.laps('r11')).toHaveLength(1);
  });

  it('corrects the lap when another time follows at once without a crossing', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '1:07.906'));
    expect(payloads(feed.send(feed.cell('r11', 'llp', ['tn', '1:07.816']), 201), 'update-lap')).toMatchObject([{ ordinal: 1, time_ms: 67_816 }]);
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 67_816 }]);
  });

  it('counts a burst of late passages, each with its crossing', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '1:07.000'));
    feed.send(feed.lap('r11', 2, '1:06.500'), 600);
    expect(feed.laps('r11').map(({ timeMs }) => timeMs)).toEqual([67_000, 66_500]);
  });

  it('joins a crossing with the time that follows it', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11|*|67000|');
    feed.send(feed.cell('r11', 'llp', ['ti', '1:07.000']), 300);
    feed.send('', 5_000);
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 67_000 }]);
  });

  it('takes a cleared time for no lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '1:07.000'));
    expect(payloads(feed.send(feed.cell('r11', 'llp', ['', ''])), 'update-timing-last-time')).toEqual([{ participant_code: 'r11', last_time: null }]);
    expect(feed.laps('r11')).toHaveLength(1);
  });

  it('reads a very long lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '1:22:31.566'));
    expect(feed.laps('r11')).toMatchObject([{ timeMs: 4_951_566 }]);
  });

  it('takes a passage of an intermediate and a total in a column without a type for no lap', () => {
    const feed = new InventedFeed({ columns: [...SPRINT, ''] });
    feed.send(['r11|*i1|21483', 'r11|*i2|', feed.cell('r11', '', '19:51.347')]);
    feed.send('', 5_000);
    expect(feed.laps('r11')).toEqual([]);
  });
});
