import { describe, expect, it } from '@jest/globals';
import { ToldRace, times } from '../test/told-race.js';
import { stopCosts, typicalStop } from './stop-costs.js';

/** Six karts, each with a stop of two minutes in its eleventh lap. */
function race(): ToldRace {
  const told = new ToldRace().green();
  for (const code of ['r1', 'r2', 'r3', 'r4', 'r5', 'r6']) {
    told.laps(code, times(10, 60)).stop(code, 650, 770, { before: 'ANNA', after: 'BEA' });
    told.lap(code, 175, { out_lap: true }).laps(code, times(4, 60));
  }
  return told;
}

describe(stopCosts, () => {
  it('takes what the laps of the stop lasted longer than laps without one', () => {
    const told = race();
    expect(stopCosts(told.session, told.row('r1'))).toMatchObject([{ kind: 'stop', laneMs: 120_000, laneSource: 'column', lossMs: 115_000, neutral: false }]);
    expect(typicalStop(told.session)).toBe(120_000);
  });

  it('takes both laps where the entry loop ends one', () => {
    const told = race().lap('r1', 52, { in_lap: true, reason: 'closed-by-pit-entry' });
    told.stop('r1', 1_067, 1_187, { before: 'BEA', after: 'ANNA' }).lap('r1', 183, { out_lap: true });
    expect(stopCosts(told.session, told.row('r1'))[1]).toMatchObject({ kind: 'stop', lossMs: 115_000 });
  });

  it('knows nothing of the loss before the lap out of the pits is complete', () => {
    const told = race().stop('r1', 1_040, 1_100);
    expect(stopCosts(told.session, told.row('r1'))[1]?.lossMs).toBeNull();
  });

  it('tells a passage through the pit lane from a stop, and one that was ordered from one that was not', () => {
    const told = race();
    told.stop('r1', 1_040, 1_055).lap('r1', 75, { out_lap: true });
    told.tell(1_100, { type: 'add-penalty', data: { participant_code: 'r2', text: 'Drive through', laps: null, seconds: null, at_ms: told.ms(1_100), penalty: 'drive-through', message: null } });
    told.stop('r2', 1_140, 1_155).lap('r2', 75, { out_lap: true }).stop('r2', 1_260, 1_275).lap('r2', 75, { out_lap: true });
    expect(stopCosts(told.session, told.row('r1')).map(({ kind }) => kind)).toEqual(['stop', 'transit']);
    expect(stopCosts(told.session, told.row('r2')).map(({ kind }) => kind)).toEqual(['stop', 'drive-through', 'transit']);
  });

  it('leaves out a stop with a red flag in it, and sets one behind the safety car against what the field drives there', () => {
    const told = race();
    told.tell(1_000, { type: 'update-flag', data: { flag: 'safety-car', text: 'lsc' } });
    for (const code of ['r2', 'r3', 'r4', 'r5', 'r6']) told.laps(code, [90, 90]);
    told.stop('r1', 1_020, 1_140).lap('r1', 205, { out_lap: true });
    expect(stopCosts(told.session, told.row('r1'))[1]).toMatchObject({ flag: 'safety-car', neutral: true, lossMs: 115_000, hasRed: false });
    told.tell(1_230, { type: 'update-flag', data: { flag: 'red', text: 'lr' } }).stop('r1', 1_235, 1_800).lap('r1', 640, { out_lap: true });
    expect(stopCosts(told.session, told.row('r1'))[2]).toMatchObject({ hasRed: true, lossMs: null });
  });

  it('counts the places that a stop cost', () => {
    const told = new ToldRace().green();
    const at = (seconds: number, position: number): ToldRace => told.tell(seconds, { type: 'update-timing-position', data: { participant_code: 'r1', position } });
    at(1, 2);
    told.laps('r1', times(3, 60)).stop('r1', 185, 300);
    at(301, 7);
    told.lap('r1', 170, { out_lap: true });
    at(400, 5);
    expect(stopCosts(told.session, told.row('r1'))).toMatchObject([{ positionIn: 2, positionOut: 7, placesLost: 5 }]);
  });
});
