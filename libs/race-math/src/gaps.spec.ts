import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ToldRace, times } from '../test/told-race.js';
import { chase, gapBetween, gapsAt, placeOf } from './gaps.js';

const lapSeconds = fc.array(fc.integer({ min: 55_000, max: 130_000 }).map((ms) => ms / 1_000), { minLength: 12, maxLength: 12 });

function raceOf(laps: readonly (readonly number[])[]): ToldRace {
  const told = new ToldRace().green();
  for (let lap = 0; lap < 12; lap += 1) laps.forEach((row, place) => told.lap(`r${place + 1}`, row[lap] ?? 60));
  return told;
}

function place(told: ToldRace, code: string, seconds: number): NonNullable<ReturnType<typeof placeOf>> {
  const found = placeOf(told.session, told.row(code), told.ms(seconds));
  if (found === null) throw new Error(`No place for ${code}.`);
  return found;
}

describe(gapBetween, () => {
  it('is the difference of the crossings of both, for the lap that the one behind has just completed', () => {
    const told = new ToldRace().green().laps('r1', times(10, 60)).laps('r2', times(10, 61));
    expect(gapBetween(place(told, 'r2', 610), place(told, 'r1', 610))).toEqual({ ms: 10_000, laps: 0 });
    expect(gapBetween(place(told, 'r2', 305), place(told, 'r1', 305))).toEqual({ ms: 5_000, laps: 0 });
  });

  it('goes on in time through a lap and more, and says how many laps it is', () => {
    const told = new ToldRace().green().laps('r1', times(20, 60)).laps('r2', times(12, 80));
    const gap = gapBetween(place(told, 'r2', 960), place(told, 'r1', 960));
    expect(gap).toEqual({ ms: 240_000, laps: 4 });
  });

  it('changes its sign when turned round, and is none to oneself', () => {
    fc.assert(
      fc.property(lapSeconds, lapSeconds, fc.integer({ min: 130, max: 660 }), (one, two, seconds) => {
        const told = raceOf([one, two]);
        const first = place(told, 'r1', seconds);
        const second = place(told, 'r2', seconds);
        const there = gapBetween(first, second)!;
        const back = gapBetween(second, first)!;
        expect(there.ms + back.ms).toBe(0);
        expect(there.laps + back.laps).toBe(0);
        expect(gapBetween(first, first)).toEqual({ ms: 0, laps: 0 });
      }),
    );
  });

  it('adds up at one distance', () => {
    fc.assert(
      fc.property(lapSeconds, lapSeconds, lapSeconds, fc.integer({ min: 2, max: 12 }), (one, two, three, lap) => {
        const told = raceOf([one, two, three]);
        const at = (code: string): ReturnType<typeof place> => ({ ...place(told, code, 2_000), laps: lap });
        const gap = (from: string, to: string): number => gapBetween(at(from), at(to))?.ms ?? NaN;
        expect(gap('r1', 'r2') + gap('r2', 'r3')).toBeCloseTo(gap('r1', 'r3'), 6);
      }),
    );
  });

  it('runs on over the line: in a tenth of a second it changes by no more than paces differ', () => {
    fc.assert(
      fc.property(lapSeconds, lapSeconds, fc.integer({ min: 1_400, max: 5_500 }), (one, two, tenths) => {
        const told = raceOf([one, two]);
        const gap = (seconds: number): number => gapBetween(place(told, 'r1', seconds), place(told, 'r2', seconds))?.ms ?? NaN;
        // 130 s against 55 s a lap: the one behind covers in 100 ms what takes the other up to 2.4 times as long
        expect(Math.abs(gap(tenths / 10 + 0.1) - gap(tenths / 10))).toBeLessThanOrEqual(240);
      }),
    );
  });
});

describe(gapsAt, () => {
  it('orders rows by distance and measures each to the leader and to the one ahead', () => {
    const told = new ToldRace().green().laps('r1', times(10, 62)).laps('r2', times(10, 60)).laps('r3', times(9, 66));
    expect(gapsAt(told.session, told.ms(620))).toMatchObject([
      { code: 'r2', toLeader: { ms: 0, laps: 0 }, toAhead: null },
      { code: 'r1', toLeader: { ms: 20_000, laps: 0 }, toAhead: { ms: 20_000 } },
      { code: 'r3', laps: expect.closeTo(9.39, 1), toLeader: { laps: 0 } },
    ]);
  });

  it('holds for any instant of the past', () => {
    const told = new ToldRace().green().laps('r1', [...times(5, 60), ...times(5, 70)]).laps('r2', times(10, 62));
    const order = (seconds: number): string[] => gapsAt(told.session, told.ms(seconds)).map(({ code }) => code);
    expect(order(310)).toEqual(['r1', 'r2']);
    expect(order(600)).toEqual(['r2', 'r1']);
  });

  it('leaves out who has not crossed the line yet', () => {
    const told = new ToldRace().green().laps('r1', times(3, 60));
    told.tell(1, { type: 'update-timing-position', data: { participant_code: 'r2', position: 2 } });
    expect(gapsAt(told.session, told.ms(200)).map(({ code }) => code)).toEqual(['r1']);
  });
});

describe(chase, () => {
  it('says what is gained a lap, and when the other is caught', () => {
    const told = new ToldRace().green().laps('r1', [70, ...times(10, 61)]).laps('r2', [60, ...times(10, 62)]);
    const found = chase(told.session, told.row('r1'), told.row('r2'), told.ms(380));
    expect(found).toMatchObject({ gainMsPerLap: 1_000, laps: 5 });
    expect(found?.catchInLaps).toBeCloseTo(4.9, 0);
    expect(chase(told.session, told.row('r2'), told.row('r1'), told.ms(380))).toBeNull();
  });

  it('catches nobody while it loses', () => {
    const told = new ToldRace().green().laps('r1', times(10, 61)).laps('r2', times(10, 60));
    expect(chase(told.session, told.row('r1'), told.row('r2'), told.ms(600))).toMatchObject({ gainMsPerLap: -1_000, catchInLaps: null });
  });
});
