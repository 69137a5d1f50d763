import { describe, expect, it } from '@jest/globals';
import { InventedFeed, SPRINT, THREE_TEAMS, payloads, typesOf } from '../invented-feed.js';

const LAPS = ['1:05.000', '1:04.000', '1:03.000', '1:02.000'];
const LAST = SPRINT.indexOf('llp') + 1;

type Listed = [timeMs: number | null, valid: boolean];

/** A race without a lap count, in which rows have driven four laps. */
function afterFourLaps(codes: readonly string[] = ['r11'], letter = 'r'): InventedFeed {
  const feed = new InventedFeed({ columns: SPRINT, letter });
  LAPS.forEach((time, place) => feed.send(codes.flatMap((code) => feed.lap(code, place + 1, time)), 64_000));
  return feed;
}

function listed(feed: InventedFeed, code = 'r11'): Listed[] {
  return feed.laps(code).map(({ timeMs, valid }) => [timeMs, valid]);
}

const FOUR: Listed[] = [[65_000, true], [64_000, true], [63_000, true], [62_000, true]];
const [FIRST = [0, true], SECOND = [0, true], THIRD = [0, true], FOURTH = [0, true]] = FOUR;
const gone = ([timeMs]: Listed): Listed => [timeMs, false];

describe('laps of a table that does not count them', () => {
  it('are taken back when race control shows an earlier one again, sooner than it could be driven', () => {
    const feed = afterFourLaps();
    const outcome = feed.send([`r11c${LAST}|tn|1:04.000`, 'r11|*||'], 12_000);
    expect(payloads(outcome, 'withdraw-laps')).toMatchObject([{ ordinals: [4, 3], laps: 2, reason: 'withdrawn' }]);
    expect(typesOf(outcome)).not.toContain('add-lap');
    expect(listed(feed)).toEqual([FIRST, SECOND, gone(THIRD), gone(FOURTH)]);
    expect(feed.row('r11')).toMatchObject({ laps: 2, lastLapMs: 64_000 });
  });

  it('are taken back after an interruption of any length, and the next lap has the number of the first that is gone', () => {
    const feed = afterFourLaps();
    feed.send([`r11c${LAST}|tn|1:03.000`, 'r11|*||'], 1_800_000);
    feed.send('r11|*||', 3_000);
    feed.send(feed.lap('r11', 4, '1:06.000'), 66_000);
    expect(feed.laps('r11').map(({ lap, timeMs, valid }) => [lap, timeMs, valid])).toEqual([[1, 65_000, true], [2, 64_000, true], [3, 63_000, true], [4, 62_000, false], [4, 66_000, true]]);
  });

  it('are taken back by a rollback of the race when several rows show earlier ones', () => {
    const codes = THREE_TEAMS.map(({ code }) => code);
    const feed = afterFourLaps(codes);
    const outcome = feed.send(codes.flatMap((code) => [`${code}c${LAST}|tn|1:03.000`, `${code}|*||`]), 20_000);
    expect(payloads(outcome, 'withdraw-laps').map(({ reason, laps }) => [reason, laps])).toEqual([['rollback', 3], ['rollback', 3], ['rollback', 3]]);
  });

  it('are all taken back when race control leaves no last lap', () => {
    const feed = afterFourLaps();
    feed.send([`r11c${LAST}||`, 'r11|*||'], 20_000);
    expect(listed(feed)).toEqual(FOUR.map(gone));
    expect(feed.row('r11').laps).toBe(0);
  });

  it('are taken back once, however often the frame comes', () => {
    const feed = afterFourLaps();
    const lines = [`r11c${LAST}|tn|1:03.000`, 'r11|*||'];
    for (const afterMs of [20_000, 0, 300]) feed.send(lines, afterMs);
    expect(listed(feed)).toEqual([FIRST, SECOND, THIRD, gone(FOURTH)]);
  });

  it('are taken back when time and crossing come in two frames', () => {
    const feed = afterFourLaps();
    feed.send(`r11c${LAST}|tn|1:03.000`, 20_000);
    feed.send('r11|*||', 0);
    feed.send('', 5_000);
    expect(listed(feed)).toEqual([FIRST, SECOND, THIRD, gone(FOURTH)]);
  });

  it('are taken back in the frame in which the last one was driven', () => {
    const feed = afterFourLaps();
    feed.send([...feed.lap('r11', 5, '1:01.000'), `r11c${LAST}|tn|1:02.000`, 'r11|*||'], 61_000);
    expect(listed(feed)).toEqual([...FOUR, [61_000, false]]);
  });

  it.each([
    ['the flag has ended', 'light|lf|'],
    ['the row itself has finished', 'r11c1|sf|'],
  ])('are driven, whatever their time, when %s', (_name, line) => {
    const feed = afterFourLaps();
    feed.send([line, `r11c${LAST}|tn|1:04.000`, 'r11|*||'], 64_000);
    expect(listed(feed)).toEqual([...FOUR, [64_000, true]]);
  });

  it('are kept when a kart leaves the pits in a timed session, where the first passage expects nothing either', () => {
    const feed = afterFourLaps(['r11'], 'p');
    feed.send(`r11c${LAST}||`, 200_000);
    feed.send('r11|*||', 20_000);
    expect(listed(feed)).toEqual(FOUR);
  });

  it('are driven when the crossing expects nothing but no earlier one had their time', () => {
    const feed = afterFourLaps();
    feed.send([`r11c${LAST}|tn|1:07.000`, 'r11|*||'], 67_000);
    expect(listed(feed)).toEqual([...FOUR, [67_000, true]]);
  });

  it.each([
    ['beside it', 0, ['r11|*|60000|']],
    ['in the frame after it', 200, ['', 'r11|*|60000|']],
  ])('may last as long as an earlier one: with a crossing %s it is driven', (_name, afterMs, [beside = '', then = '']) => {
    const feed = afterFourLaps();
    feed.send([`r11c${LAST}|tn|1:04.000`, beside], 64_000);
    feed.send(then, afterMs);
    feed.send('', 5_000);
    expect(listed(feed)).toEqual([...FOUR, SECOND]);
  });

  it('may last as long as an earlier one where no crossing is told at all', () => {
    const feed = afterFourLaps();
    feed.send(`r11c${LAST}|tn|1:04.000`, 64_000);
    const drivenAtMs = feed.atMs;
    feed.send('', 5_000);
    expect(listed(feed)).toEqual([...FOUR, SECOND]);
    expect(feed.laps('r11').at(-1)).toMatchObject({ lap: 5, atMs: drivenAtMs });
  });

  it('are not one more when race control changes something about as long after a lap as the lap was', () => {
    const feed = afterFourLaps();
    feed.send(['r11|*|60000|', 'r11|#|2'], 61_000);
    feed.send(feed.lap('r11', 5, '1:03.600'), 2_600);
    expect(listed(feed)).toEqual([...FOUR, [63_600, true]]);
    feed.send(feed.lap('r11', 6, '1:03.600'), 63_600);
    feed.send(feed.lap('r11', 7, '1:04.000'), 64_000);
    expect(listed(feed)).toEqual([...FOUR, [63_600, true], [63_600, true], SECOND]);
  });

  it('may be corrected to the time of an earlier one', () => {
    const feed = afterFourLaps();
    feed.send(feed.lap('r11', 5, '1:04.090'), 64_000);
    feed.send(`r11c${LAST}|tn|1:04.000`, 200);
    feed.send('', 5_000);
    expect(listed(feed)).toEqual([...FOUR, SECOND]);
  });

  it.each([-20_000, 1_000])('that a pit entry closes are laps of their own when the clock is set back meanwhile, to %d ms after the lap before', (afterMs) => {
    const feed = new InventedFeed({ columns: ['sta', 'rk', 'no', 'dr', 'llp', 'blp', 'otr', 'pit'] });
    const entry = ['r11c1|si|', 'r11c5|tn|1:05.980', 'r11c7|to|00.', 'r11c8|in|1', 'r11|*in|0'];
    feed.send(feed.lap('r11', 1, '1:09.849'));
    feed.send(entry, afterMs);
    expect(listed(feed)).toEqual([[69_849, true], [65_980, true]]);
  });

  it('are driven once when their frame comes twice, and twice when the second is driven in its own time', () => {
    const feed = afterFourLaps();
    for (const afterMs of [61_000, 0, 400, 61_000]) feed.send(feed.lap('r11', 5, '1:01.000'), afterMs);
    expect(listed(feed)).toEqual([...FOUR, [61_000, true], [61_000, true]]);
  });
});
