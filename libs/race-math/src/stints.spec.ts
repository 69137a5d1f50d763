import { describe, expect, it } from '@jest/globals';
import { ToldRace, times } from '../test/told-race.js';
import { drivingTimes } from './driving-time.js';
import { paceOf, stintsOf } from './stints.js';

/** Ten laps of a minute, a stop of two, ten laps more; the first driver's name comes late, the second's is corrected. */
function race(): ToldRace {
  const told = new ToldRace().green(-5);
  for (const lap of times(5, 60)) told.lap('r1', lap);
  for (const lap of times(5, 60)) told.lap('r1', lap, { driver: 'ANNA' });
  told.stop('r1', 610, 730, { before: 'ANNA', after: 'BEA' }).lap('r1', 180, { driver: 'BEA', out_lap: true });
  for (const lap of times(4, 60)) told.lap('r1', lap, { driver: 'BEA' });
  told.tell(1_021, { type: 'update-driver', data: { participant_code: 'r1', name: 'BEATRIZ', total_driving_time: null } });
  for (const lap of times(5, 60)) told.lap('r1', lap, { driver: 'BEATRIZ' });
  return told;
}

describe(stintsOf, () => {
  it('begins with the green flag, ends at the pit lane, and knows its laps and its driver', () => {
    const told = race();
    const [first, second, ...rest] = stintsOf(told.row('r1'), told.ms(1_320));
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ stint: 1, driver: 'ANNA', laps: 10, firstLap: 1, lastLap: 10, fromMs: told.ms(-5), toMs: told.ms(610), trackMs: 615_000 });
    expect(second).toMatchObject({ stint: 2, driver: 'BEATRIZ', laps: 10, firstLap: 11, lastLap: 20, fromMs: told.ms(730), toMs: null, trackMs: 590_000 });
  });

  it('joins what a stop had parted when the stop is taken back', () => {
    const told = race();
    told.tell(1_330, { type: 'withdraw-stop', data: { participant_code: 'r1', ordinal: 1, stop: 1, number_pits: 0, reason: 'rollback', at_ms: told.ms(1_330) } });
    expect(stintsOf(told.row('r1'), told.ms(1_330))).toMatchObject([{ stint: 1, laps: 20, trackMs: 1_335_000 }]);
  });

  it('shows no running stint of a kart that stands in the pit lane, and ends the last one with the flag', () => {
    const told = race();
    const of = { participant_code: 'r1', ordinal: 2, stop: 2 };
    told.tell(1_330, { type: 'add-pit-in', data: { ...of, lap: 20, driver: 'BEATRIZ', at_ms: told.ms(1_330), source: 'status' } });
    expect(stintsOf(told.row('r1'), told.ms(1_400))).toHaveLength(2);
    told.tell(1_450, { type: 'add-pit-out', data: { ...of, driver: null, at_ms: told.ms(1_450), duration_ms: null, source: 'status' } });
    told.tell(1_500, { type: 'update-row-state', data: { participant_code: 'r1', state: 'finished' } });
    expect(stintsOf(told.row('r1'), told.ms(9_000)).at(-1)).toMatchObject({ stint: 3, toMs: told.ms(1_500), trackMs: 50_000 });
  });

  it('places a stop that is known by its count alone in the lap that holds it, or where another driver was named', () => {
    const byCount = (told: ToldRace, seconds: number, lap: number, driver: string): ToldRace => told.tell(seconds, { type: 'update-driver', data: { participant_code: 'r1', name: driver, total_driving_time: null } }, { type: 'add-pit-in', data: { participant_code: 'r1', ordinal: 1, stop: 1, lap, driver, at_ms: null, source: 'column' } });
    const held = new ToldRace().green();
    for (const lap of times(5, 60)) held.lap('r1', lap, { driver: 'ANNA' });
    held.lap('r1', 240, { driver: 'BEA', out_lap: true }).lap('r1', 60, { driver: 'BEA' });
    byCount(held, 610, 6, 'BEA');
    expect(stintsOf(held.row('r1'), held.ms(620))).toMatchObject([{ driver: 'ANNA', laps: 5, toMs: held.ms(300) }, { driver: 'BEA', laps: 2, toMs: null }]);
    const unseen = new ToldRace().green();
    for (const lap of times(5, 60)) unseen.lap('r1', lap, { driver: 'ANNA' });
    for (const lap of times(5, 60)) unseen.lap('r1', lap, { driver: 'BEA' });
    byCount(unseen, 610, 10, 'BEA');
    expect(stintsOf(unseen.row('r1'), unseen.ms(620))).toMatchObject([{ driver: 'ANNA', laps: 5 }, { driver: 'BEA', laps: 5 }]);
  });

  it('takes a lap and a stop that race control gives back for those that it took', () => {
    const told = new ToldRace().green().laps('r1', times(3, 60)).stop('r1', 185, 305, { before: 'ANNA', after: 'BEA' }).lap('r1', 180, { out_lap: true });
    const before = JSON.stringify(told.row('r1').crossings);
    told.tell(400, { type: 'withdraw-laps', data: { participant_code: 'r1', ordinals: [4], laps: 3, reason: 'withdrawn', at_ms: told.ms(400) } }, { type: 'withdraw-stop', data: { participant_code: 'r1', ordinal: 1, stop: 1, number_pits: 0, reason: 'withdrawn', at_ms: told.ms(400) } });
    expect(stintsOf(told.row('r1'), told.ms(400))).toHaveLength(1);
    const lap = { participant_code: 'r1', ordinal: 5, lap: 4, time_ms: 180_000, driver: 'BEA', at_ms: told.ms(410), sectors: [], in_lap: false, out_lap: false, valid: true, reason: null };
    told.tell(410, { type: 'add-lap', data: lap }, { type: 'add-pit-in', data: { participant_code: 'r1', ordinal: 2, stop: 1, lap: 4, driver: 'BEA', at_ms: null, source: 'column' } });
    expect(JSON.stringify(told.row('r1').crossings)).toBe(before);
    expect(told.flags('r1')).toEqual(['out']);
    expect(stintsOf(told.row('r1'), told.ms(420))).toMatchObject([{ laps: 3, driver: 'ANNA', toMs: told.ms(185) }, { laps: 1, fromMs: told.ms(305) }]);
  });

  it('counts laps of the wire that end at the exit to the stint before', () => {
    const told = new ToldRace().green().laps('r1', times(3, 60));
    told.stop('r1', 185, 300).lap('r1', 120, { in_lap: true, reason: 'closed-by-pit-exit' }).lap('r1', 60);
    expect(stintsOf(told.row('r1'), told.ms(400)).map(({ laps }) => laps)).toEqual([4, 1]);
  });
});

describe(paceOf, () => {
  it('takes clean laps only, and the median of the warm ones', () => {
    const told = new ToldRace().green();
    told.laps('r1', [70, 64, 63, 62, 61, 60.5, 60.1, 60.2, 60, 60.3, 60.1]);
    const pace = paceOf(told.row('r1').laps);
    expect(pace).toMatchObject({ cleanLaps: 10, bestMs: 60_000, warmMedianMs: 60_150 });
    expect(pace.meanOfBestFiveMs).toBeCloseTo(60_140);
  });

  it('tells what a lap gets slower by', () => {
    const told = new ToldRace().green();
    told.laps('r1', [70, ...Array.from({ length: 12 }, (_, lap) => 60 + lap * 0.05)]);
    expect(paceOf(told.row('r1').laps).trendMsPerLap).toBeCloseTo(50);
  });

  it('says nothing where there are too few laps', () => {
    expect(paceOf([])).toEqual({ cleanLaps: 0, bestMs: null, medianMs: null, meanOfBestFiveMs: null, warmMedianMs: null, consistencyMs: null, trendMsPerLap: null });
  });
});

describe(drivingTimes, () => {
  it('adds up the stints of each driver, names who is in the kart, and how long the others have rested', () => {
    const told = race();
    told.tell(1_321, { type: 'update-driver-total-driving-time', data: { participant_code: 'r1', name: 'ANNA', total_driving_time: 600_000 } });
    expect(drivingTimes(told.row('r1'), told.ms(1_330))).toEqual([
      { driver: 'ANNA', stints: 1, laps: 10, totalMs: 615_000, stintMs: null, restMs: 720_000, toldMs: 600_000 },
      { driver: 'BEATRIZ', stints: 1, laps: 10, totalMs: 600_000, stintMs: 600_000, restMs: null, toldMs: null },
    ]);
  });
});
