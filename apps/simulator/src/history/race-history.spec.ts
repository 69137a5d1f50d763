import { describe, expect, it } from '@jest/globals';
import type { TruthRecord } from '@lts/race-simulator';
import { RaceHistory } from './race-history.js';

const START_MS = 1_700_000_000_000;
const MINUTE_MS = 60_000;

const session: TruthRecord = {
  kind: 'session',
  stage: 'race',
  atMs: START_MS - MINUTE_MS,
  lengthMs: 60 * MINUTE_MS,
  laps: null,
  entries: [
    { row: 'r16', number: '7', team: 'LOW & SLOW', category: 'GENTS', drivers: ['ANA', 'BEA'] },
    { row: 'r17', number: '8', team: 'NIGHT "OWLS"', category: '', drivers: ['CAI'] },
  ],
};
const lap = (row: string, number: number, timeMs: number, atMs: number): TruthRecord => ({ kind: 'lap', row, lap: number, timeMs, driver: 'ANA', atMs: START_MS + atMs, closedBy: 'line' });
const stop = (number: number, inAtMs: number, outAtMs: number): TruthRecord => ({
  kind: 'stop',
  row: 'r16',
  stop: number,
  inAtMs: START_MS + inAtMs,
  outAtMs: START_MS + outAtMs,
  kartBefore: 'A',
  kartAfter: 'B',
  driverBefore: number === 1 ? 'ANA' : 'BEA',
  driverAfter: number === 1 ? 'BEA' : 'ANA',
});

/** Two laps, a stop in the third, a fourth, a second stop. */
function raced(): RaceHistory {
  const history = new RaceHistory();
  const records: TruthRecord[] = [
    session,
    { kind: 'flag', flag: 'green', atMs: START_MS },
    lap('r16', 1, 61_000, 61_000),
    lap('r17', 1, 60_000, 60_000),
    lap('r16', 2, 60_500, 121_500),
    stop(1, 150_000, 240_000),
    lap('r16', 3, 178_500, 300_000),
    lap('r16', 4, 60_000, 360_000),
    stop(2, 400_000, 480_000),
  ];
  for (const record of records) history.add(record);
  return history;
}

describe(RaceHistory.name, () => {
  it('tells laps, the newest first, with the colours of a stop, of a personal best and of the best of all', () => {
    expect(raced().answer('D#-999#D16.L')).toBe('D16.L0004#|||p60000\nD16.L0003#|||b178500\nD16.L0002#|||60500\nD16.L0001#|||61000\n');
    expect(raced().answer('D#-2#D16.L')).toBe('D16.L0004#|||p60000\nD16.L0003#|||b178500\n');
  });

  it('tells stops with their instants since the start, pit and track time, laps of the stint and the driver', () => {
    expect(raced().answer('D#-100#D16.P')).toBe('D16.P02#2|4|400000|480000|80000|160000|2|80002|160000\nD16.P01#1|2|150000|240000|90000|150000|2|80001|150000\n');
    expect(raced().answer('D#-100#D17.P')).toBe('');
  });

  it('tells the entry with its drivers, one of them in the kart', () => {
    expect(raced().answer('D#1#D16.INF')).toBe(
      'D16.INF#<driver id="80003" num="7" name="LOW &amp; SLOW" nat="" color="" member="" center=""><inf type="class" title="" value="GENTS" nat=""/>' +
        '<driver id="80001" num="" name="ANA" nat="" color="" member="" center="" current="1"/><driver id="80002" num="" name="BEA" nat="" color="" member="" center=""/></driver>\n',
    );
  });

  it('answers a chain of requests in order', () => {
    expect(raced().answer('D#-1#D16.L#-1#D16.P#2#D16.B').split('\n')).toEqual(['D16.L0004#|||p60000', expect.stringMatching(/^D16\.P02#/), 'D16.BL#|||60000', '']);
  });

  it('leaves out laps and stops that were taken back', () => {
    const history = raced();
    history.add({ kind: 'withdraw-laps', row: 'r16', laps: 2, stops: 1, official: 2, cause: 'rollback', atMs: START_MS + 500_000 });
    expect(history.answer('D#-999#D16.L')).toBe('D16.L0002#|||g60500\nD16.L0001#|||61000\n');
    expect(history.answer('D#-999#D16.P').split('\n')).toHaveLength(2);
  });

  it('keeps finished sessions with their last page, newest first, and their lines', () => {
    const history = raced();
    expect(history.answer('S#')).toBe('');
    history.ended('init|r|\nlight|lf|\n');
    history.add({ ...session, stage: 'qualifying' });
    history.ended('init|p|\nlight|lf|\n');
    expect(history.answer('S#')).toBe('2#QUALIFYING\n1#RACE\n');
    expect(history.answer('S#1')).toBe('1@0@init|r|\nlight|lf|\n');
    expect(history.answer('D#-9#D16.L')).toBe('');
    expect(history.answer('S#1#D#-1#D16.L')).toBe('D16.L0004#|||p60000\n');
  });

  it.each(['', 'X#1', 'S#9', 'S#x'])('answers "%s" with error', (request) => {
    expect(raced().answer(request)).toBe('error');
  });

  it('has no lines for a row or a part that does not exist', () => {
    expect(raced().answer('D#-9#D99.L')).toBe('');
    expect(raced().answer('D#-9#D16.X')).toBe('');
    expect(raced().answer('D#-9#nonsense')).toBe('');
  });
});
