import { describe, expect, it } from '@jest/globals';
import { InventedFeed, SPRINT, THREE_TEAMS, payloads, typesOf } from '../invented-feed.js';

/** A circuit whose table counts stops but no laps. */
const ENTRY_CLOSES = ['sta', 'rk', 'no', 'dr', 'llp', 'blp', 'otr', 'pit'];

const timesOf = (feed: InventedFeed, code = 'r11'): (number | null)[] => feed.laps(code).filter(({ valid }) => valid).map(({ timeMs }) => timeMs);

/** A race in which rows have made laps already. */
function afterLaps(count: number, codes: readonly string[] = ['r11']): InventedFeed {
  const feed = new InventedFeed();
  for (let lap = 1; lap <= count; lap += 1) feed.send(codes.flatMap((code) => feed.lap(code, lap, `1:0${lap % 10}.000`)), 61_000);
  return feed;
}

describe('laps', () => {
  it('the time of a lap is its cell, never what the crossing expects of the next', () => {
    const feed = new InventedFeed();
    feed.send('r11c6|in|1\nr11c7|tn|2:20.234\nr11|*|72539|25888');
    expect(timesOf(feed)).toEqual([140_234]);
  });

  it('a crossing that expects nothing is a passage, and a lap only if a cell says so', () => {
    const feed = new InventedFeed();
    feed.send('r11|*||');
    expect(feed.send('', 5_000).actions).toEqual([]);
    expect(feed.laps('r11')).toEqual([]);
  });

  it('a lap closed by the pit exit needs no crossing', () => {
    const feed = afterLaps(2);
    feed.send(feed.pitIn('r11', 1), 60_000);
    feed.send([feed.cell('r11', 'sta', ['so', '']), feed.cell('r11', 'llp', ['tn', '1:18.047']), feed.cell('r11', 'tlp', '3'), 'r11|*out|0'], 60_000);
    expect(feed.laps('r11').at(-1)).toMatchObject({ lap: 3, timeMs: 78_047, reason: 'closed-by-pit-exit' });
  });

  it('a lap closed by the pit entry is counted, flagged, and never a best lap', () => {
    const feed = new InventedFeed({ columns: ENTRY_CLOSES });
    feed.send('r11c5|tn|1:09.849\nr11|*|69849|\nr11c6|ib|1:09.849');
    const outcome = feed.send('r11c1|si|\nr11c5|tn|1:05.980\nr11c7|to|00.\nr11c8|in|1\nr11|*in|0', 66_000);
    expect(payloads(outcome, 'add-lap')).toMatchObject([{ time_ms: 65_980, in_lap: true, reason: 'closed-by-pit-entry' }]);
    expect(feed.row('r11')).toMatchObject({ bestLapMs: 69_849, laps: 2 });
  });

  it('the count and the time of a lap may come in two frames', () => {
    const feed = new InventedFeed();
    feed.send('r11c6|in|1');
    feed.send('r11c7|tn|1:07.526', 900);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 67_526, reason: null }]);
  });

  it.each([
    ['fits the lap', 65_400, [80_000, 65_400]],
    ['does not fit it', 72_400, [80_000, null]],
    ['cannot be judged, since the clock was set back', -7_000, [80_000, 65_400]],
  ])('a time that comes long after its count, as when the clock is set forward, is taken when it %s', (_name, countMs, times) => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:20.000'));
    feed.send('r11c6|in|2', countMs);
    feed.send(['r11c7|tn|1:05.400', 'r11|*|66000|'], 90_000);
    feed.send('', 5_000);
    expect(timesOf(feed)).toEqual(times);
  });

  it('a time that comes long after its count is that of the first lap', () => {
    const feed = new InventedFeed();
    feed.send('r11c6|in|1');
    feed.send(['r11c7|tn|1:05.400', 'r11|*|66000|'], 90_000);
    feed.send('', 5_000);
    expect(timesOf(feed)).toEqual([65_400]);
  });

  it('the time may come before its count', () => {
    const feed = new InventedFeed();
    feed.send('r11c7|tn|1:07.526');
    feed.send('r11c6|in|1', 900);
    expect(feed.laps('r11')).toMatchObject([{ lap: 1, timeMs: 67_526 }]);
  });

  it('a lap penalty lowers the count and makes no lap', () => {
    const feed = afterLaps(4);
    const outcome = feed.send('r11c6|in|3\nr11|*|76027|\nr11|#|3');
    expect(typesOf(outcome)).toEqual(['withdraw-laps', 'update-timing-position', 'update-timing-lap', 'update-timing-gap']);
    expect(payloads(outcome, 'withdraw-laps')).toMatchObject([{ ordinals: [4], laps: 3, reason: 'withdrawn' }]);
  });

  it('a crossing told of a row that has finished, without a lap time, is no lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send(feed.lap('r11', 1, '1:02.000'));
    feed.send([feed.cell('r11', 'sta', ['sf', '']), feed.cell('r11', 'llp', ['tn', '1:03.000']), 'r11|*||'], 63_000);
    feed.send(['r11|*|70759|', 'r11|#|2'], 63_000);
    feed.send('r12|#|1', 5_000);
    expect(feed.laps('r11').map(({ timeMs }) => timeMs)).toEqual([62_000, 63_000]);
  });

  it('a lap that is driven and taken away within one frame is a lap that does not count', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, '1:02.000'));
    feed.send(['r11c6|in|2', 'r11c7|tn|1:03.000', 'r11|*|60000|', 'r11c6|in|1']);
    expect(feed.laps('r11').map(({ lap, timeMs, valid }) => [lap, timeMs, valid])).toEqual([[1, 62_000, true], [2, 63_000, false]]);
    expect(feed.row('r11').laps).toBe(1);
  });

  it('a lap number that comes again after a penalty is another lap', () => {
    const feed = afterLaps(4);
    feed.send('r11c6|in|3');
    feed.send(feed.lap('r11', 4, '1:08.000'), 61_000);
    expect(feed.laps('r11').map(({ lap, valid }) => [lap, valid])).toEqual([[1, true], [2, true], [3, true], [4, false], [4, true]]);
  });

  it('when many rows lose laps at once it is a rollback, of stops as well', () => {
    const codes = THREE_TEAMS.map(({ code }) => code);
    const feed = afterLaps(5, codes);
    feed.send(codes.flatMap((code) => feed.pitIn(code, 1)), 40_000);
    const outcome = feed.send(codes.flatMap((code) => [`${code}c6|in|3`, `${code}c7|tn|1:03.000`, `${code}c12|in|0`, `${code}c11|in|0:24`, `${code}|*||`]));
    expect(payloads(outcome, 'withdraw-laps').map(({ reason, laps }) => [reason, laps])).toEqual([['rollback', 3], ['rollback', 3], ['rollback', 3]]);
    expect(payloads(outcome, 'withdraw-stop').map(({ reason, number_pits }) => [reason, number_pits])).toEqual([['rollback', 0], ['rollback', 0], ['rollback', 0]]);
    expect(payloads(outcome, 'add-lap')).toEqual([]);
  });

  it('laps that are added have no times', () => {
    const feed = afterLaps(1);
    feed.send('r11c6|in|5');
    feed.send('', 5_000);
    expect(feed.laps('r11').slice(1)).toMatchObject([2, 3, 4, 5].map((lap) => ({ lap, timeMs: null, reason: 'given' })));
  });

  it('a lap painted in another colour is one lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11c5|ti|1:08.769\nr11|*|68769|');
    feed.send('r11c5|tb|1:08.769', 200);
    feed.send('', 5_000);
    expect(timesOf(feed)).toEqual([68_769]);
  });

  it('a lap that is corrected keeps its number and takes the new time', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11c5|tn|1:07.906\nr11|*|67906|');
    const outcome = feed.send('r11c5|tn|1:07.816', 201);
    feed.send('', 5_000);
    expect(payloads(outcome, 'update-lap')).toMatchObject([{ ordinal: 1, time_ms: 67_816 }]);
    expect(timesOf(feed)).toEqual([67_816]);
  });

  it('two laps of the same time are two laps', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11c5|tn|48.982\nr11|*|48982|');
    feed.send('r11c5|tn|48.982\nr11|*|48982|', 48_982);
    expect(timesOf(feed)).toEqual([48_982, 48_982]);
  });

  it('passages that come late in a burst are laps of their own', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11c5|tn|50.100\nr11|*|50100|');
    feed.send('r11c5|tn|50.200\nr11|*|50200|', 600);
    expect(timesOf(feed)).toEqual([50_100, 50_200]);
  });

  it('a last lap that is cleared is no lap', () => {
    const feed = afterLaps(1);
    expect(typesOf(feed.send('r11c7||'))).toEqual(['update-timing-last-time']);
    feed.send('', 5_000);
    expect(timesOf(feed)).toEqual([61_000]);
  });

  it.each([
    ['of more than an hour', '1:22:31.566', 4_951_566],
    ['without minutes', '59.340', 59_340],
    ['of one decimal', '3:49.9', 229_900],
    ['of two decimals', '24.85', 24_850],
  ])('a lap %s is read: %s', (_name, text, ms) => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r11', 1, text));
    expect(timesOf(feed)).toEqual([ms]);
  });

  it('a sector of more than a minute without minutes is in seconds', () => {
    const feed = new InventedFeed({ columns: ['no', 's1', 'llp'] });
    expect(payloads(feed.send('r11c2|tn|100.78'), 'update-timing-sector')).toEqual([{ participant_code: 'r11', sector: 1, time_ms: 100_780 }]);
  });

  it('a lap keeps the sectors that were shown when it ended', () => {
    const feed = new InventedFeed({ columns: ['no', 's1', 's2', 's3', 'llp'] });
    feed.send('r11c2|tn|20.10\nr11|*i1|21000');
    feed.send('r11c3|ti|21.20\nr11|*i2|20000', 21_000);
    expect(payloads(feed.send('r11c4|tn|19.30\nr11c5|tn|1:00.600\nr11|*|60600|21000', 19_000), 'add-lap')).toMatchObject([{ sectors: [20_100, 21_200, 19_300] }]);
  });

  it.each(['-', '--'])('%j is no time', (text) => {
    const feed = afterLaps(1);
    feed.send(`r11c10|ib|${text}`);
    expect(feed.row('r11').bestLapMs).toBeNull();
  });

  it('laps after the flag count', () => {
    const feed = afterLaps(2);
    feed.send('light|lf|');
    feed.send(['r11c2|sf|', 'r11c6|in|3', 'r11c7|tn|1:02.000', 'r11|*||'], 40_000);
    expect(feed.row('r11')).toMatchObject({ laps: 3, state: 'finished' });
    expect(timesOf(feed)).toEqual([61_000, 62_000, 62_000]);
  });

  it('the colour of the best cell tells whose the best lap of the session is', () => {
    const feed = new InventedFeed();
    expect(payloads(feed.send('r11c10|tb|1:06.019'), 'update-best-lap')).toEqual([{ participant_code: 'r11', time_ms: 66_019 }]);
    expect(payloads(feed.send('r12c10|tb|1:05.900\nr11c10|in|1:06.019'), 'update-best-lap')).toEqual([{ participant_code: 'r12', time_ms: 65_900 }]);
    expect(feed.send('r11c10|in|1:06.019').actions).toEqual([]);
  });
});

describe('the best lap of the session', () => {
  it.each([['has no colours', ['no', 'blp', 'llp'], 3], ['does not exist', ['no', 'dr', 'llp'], 3]] as const)('is told by the colour of a last lap where the column of best laps %s', (_name, columns, last) => {
    const feed = new InventedFeed({ columns });
    expect(payloads(feed.send(`r11c${last}|tb|59.900\nr11|*|59900|`), 'update-best-lap')).toEqual([{ participant_code: 'r11', time_ms: 59_900 }]);
    expect(payloads(feed.send(`r12c${last}|tb|59.800\nr12|*|59800|`), 'update-best-lap')).toEqual([{ participant_code: 'r12', time_ms: 59_800 }]);
  });
});

describe('an action of a lap', () => {
  it('tells the team of the row, and that a cell told of it', () => {
    const feed = new InventedFeed();
    expect(payloads(feed.send(feed.lap('r11', 1, '1:06.000')), 'add-lap')).toMatchObject([{ team: 'NORTH WIND', driver: null, source: 'column' }]);
  });

  it('says when only the crossing told of it, or when it was concluded', () => {
    const bare = new InventedFeed({ columns: ['rk', 'no', 'dr'] });
    expect(payloads(bare.send('r11|*|66000|'), 'add-lap')).toMatchObject([{ source: 'message' }]);
    const sprint = new InventedFeed({ columns: SPRINT });
    sprint.send(sprint.lap('r11', 1, '1:06.000'));
    sprint.send('r11|*|66000|', 66_200);
    expect(payloads(sprint.send('', 3_000), 'add-lap')).toMatchObject([{ lap: 2, source: 'inferred' }]);
  });
});

describe('gaps and positions', () => {
  it.each([['Vuelta 604', 604], ['Tour 38', 38], ['Lap 16', 16], ['Giro 5', 5], ['Runde 9', 9]])("the leader's %j is a lap of the race, and a gap of nothing", (text, lap) => {
    const feed = new InventedFeed();
    const outcome = feed.send(`r11c8|in|${text}`);
    expect(payloads(outcome, 'update-race-lap')).toEqual([{ participant_code: 'r11', lap }]);
    expect(payloads(outcome, 'update-timing-gap')).toEqual([{ participant_code: 'r11', gap: { value: 0, unit: 'millis' } }]);
  });

  it('who is first has a gap of nothing also where his cell is empty, and none before anybody has driven a lap', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    expect(feed.row('r11').gap).toBeNull();
    feed.send(['r11c5|tb|59.000', 'r11c7|tb|59.000', 'r11|*|59000|'], 59_000);
    expect(feed.row('r11').gap).toEqual({ value: 0, unit: 'millis' });
    feed.send(['r12c5|tb|58.000', 'r12c7|tb|58.000', 'r12|*|58000|', 'r12|#|1', 'r11|#|2', 'r11c6|ib|1.000'], 500);
    expect(['r11', 'r12'].map((code) => feed.row(code).gap?.value)).toEqual([1_000, 0]);
  });

  it('after a change of the lead the first has a gap of nothing, and the other none until the feed tells it', () => {
    const feed = new InventedFeed();
    feed.send(['r11', 'r12'].flatMap((code) => feed.lap(code, 1, '1:06.000')));
    feed.send(['r11c8|in|Vuelta 3', 'r12c8|ib|0.800']);
    feed.send(['r12|#|1', 'r11|#|2'], 60_000);
    expect(['r12', 'r11'].map((code) => feed.row(code).gap)).toEqual([{ value: 0, unit: 'millis' }, null]);
    feed.send('r11c8|ib|0.300', 300);
    expect(feed.row('r11').gap).toEqual({ value: 300, unit: 'millis' });
  });

  it('who loses the lead loses the lap of the race also where the second gap column told it', () => {
    const feed = new InventedFeed({ columns: ['rk', 'no', 'dr', 'gap', 'llp', 'gap'] });
    feed.send('r11c6|in|Lap 16');
    feed.send(['r11c6|in|41.532', 'r11|#|2', 'r12|#|1', 'r12c6|in|Lap 17']);
    expect(['r11', 'r12'].map((code) => feed.row(code).gap)).toEqual([{ value: 41_532, unit: 'millis' }, { value: 0, unit: 'millis' }]);
  });

  it.each([['1 Vuelta', 1], ['14 Vueltas', 14], ['2 Tours', 2], ['1 Lap', 1], ['1 Giro', 1], ['3 Runden', 3], ['2 Rondes', 2]])('%j is laps behind', (text, value) => {
    const feed = new InventedFeed();
    feed.send(`r12c8|ib|${text}`);
    expect(feed.row('r12').gap).toEqual({ value, unit: 'laps' });
  });

  it('a gap below nothing is none', () => {
    const feed = new InventedFeed();
    feed.send('r12c8|in|-0.108');
    expect(feed.row('r12').gap).toBeNull();
  });

  it('a cell that is emptied and filled again in one frame is told once, as it stands last', () => {
    expect(payloads(new InventedFeed().send('r12c9|in|\nr12c9|in|3.981'), 'update-timing-interval')).toEqual([{ participant_code: 'r12', interval: { value: 3_981, unit: 'millis' } }]);
  });

  it('positions come by sign and by cell, and are read when the frame is over', () => {
    const outcome = new InventedFeed().send('r12|#|1\nr12c3||1\nr11c3||2\nr11|#|2');
    expect(payloads(outcome, 'update-timing-position')).toEqual([{ participant_code: 'r12', position: 1 }, { participant_code: 'r11', position: 2 }]);
  });

  it('a position that is cleared is none, and leaves the row where it was', () => {
    const feed = new InventedFeed();
    expect(feed.send('r12c3||').actions).toEqual([]);
    expect(feed.row('r12').position).toBeNull();
  });
});
