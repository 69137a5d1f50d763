import { describe, expect, it } from '@jest/globals';
import { ToldRace, times } from '../test/told-race.js';

/** A field of five whose pace is known; lap times scatter by some tenths. */
function field(): ToldRace {
  const race = new ToldRace().green();
  for (let lap = 0; lap < 8; lap += 1) for (const code of ['r1', 'r2', 'r3', 'r4', 'r5']) race.lap(code, 60 + ((lap * 3 + Number(code.slice(1))) % 7) * 0.1);
  return race;
}

describe('a lap', () => {
  it('is clean when it is like those of its driver and of the field', () => {
    expect(field().lap('r1', 60.4).flags('r1')).toEqual([]);
  });

  it('says what the feed says of it: first, in, out, withdrawn, missing, given', () => {
    const race = new ToldRace().green();
    expect(race.lap('r1', 62).flags('r1')).toEqual(['first']);
    expect(race.lap('r1', 62, { in_lap: true }).flags('r1')).toEqual(['in']);
    expect(race.lap('r1', 62, { out_lap: true }).flags('r1')).toEqual(['out']);
    expect(race.lap('r1', 62, { valid: false, reason: 'withdrawn' }).flags('r1')).toEqual(['withdrawn']);
    expect(race.lap('r1', null).flags('r1')).toEqual(['missing']);
    expect(race.lap('r1', null, { reason: 'given' }).flags('r1')).toEqual(['given']);
  });

  it('is an outlier when it is far slower or quicker than its stint, and a phantom when no kart can drive it', () => {
    expect(field().lap('r1', 63).flags('r1')).toEqual(['outlier']);
    expect(field().lap('r1', 57).flags('r1')).toEqual(['outlier']);
    expect(field().lap('r1', 30).flags('r1')).toEqual(['phantom']);
  });

  it('is judged against what its own driver drives: who is always slow stays clean', () => {
    const race = field();
    race.lap('r1', 60.2, { in_lap: true }).stop('r1', 600, 700).lap('r1', 160, { out_lap: true });
    for (const lap of times(8, 63.2)) {
      expect(race.lap('r1', lap).flags('r1')).toEqual([]);
      for (const code of ['r2', 'r3', 'r4', 'r5']) race.lap(code, 60.3);
    }
    expect(race.lap('r1', 60.1).flags('r1')).toEqual(['outlier']);
  });

  it('is judged against what the field drives at that moment: rain slows all and is no outlier', () => {
    const race = field();
    for (const code of ['r1', 'r2', 'r3', 'r4']) race.lap(code, 75);
    const flags: string[] = [];
    for (let lap = 0; lap < 3; lap += 1) {
      for (const code of ['r5', 'r1', 'r2', 'r3', 'r4']) flags.push(...race.lap(code, 75 + lap * 0.2).flags(code));
    }
    expect(flags).toEqual([]);
  });

  it('is neutral when a flag slowed the field during some of it', () => {
    const race = field();
    race.tell(490, { type: 'update-flag', data: { flag: 'safety-car', text: 'lsc' } });
    expect(race.lap('r1', 80).flags('r1')).toEqual(['neutral']);
    race.tell(570, { type: 'update-flag', data: { flag: 'green', text: 'lg' } });
    expect(race.lap('r1', 61).flags('r1')).toEqual(['neutral']);
    expect(race.lap('r1', 60.3).flags('r1')).toEqual([]);
  });

  it('keeps that its time was corrected, and is judged by the new one', () => {
    const race = field().lap('r1', 60.2);
    race.tell(900, { type: 'update-lap', data: { participant_code: 'r1', ordinal: 9, time_ms: 66_000 } });
    expect(race.row('r1').laps.at(-1)).toMatchObject({ timeMs: 66_000, flags: ['outlier', 'corrected'] });
    race.tell(901, { type: 'update-lap', data: { participant_code: 'r1', ordinal: 9, time_ms: 60_300 } });
    expect(race.flags('r1')).toEqual(['corrected']);
  });

  it('is missing no more when its time comes late', () => {
    const race = field().lap('r1', null, { lasts: 60.2, reason: 'unconfirmed' });
    expect(race.flags('r1')).toEqual(['missing']);
    race.tell(900, { type: 'update-lap', data: { participant_code: 'r1', ordinal: 9, time_ms: 60_200, reason: null } });
    expect(race.flags('r1')).toEqual([]);
  });
});
