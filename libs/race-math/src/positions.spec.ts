import { expect, it } from '@jest/globals';
import { ToldRace, times } from '../test/told-race.js';
import { lapChart, ledMs } from './positions.js';

it('lists who completed each lap as the how many-th', () => {
  const told = new ToldRace().green().laps('r1', [60, 60, 75]).laps('r2', [61, 61, 61]).laps('r3', times(2, 90));
  expect(lapChart(told.session)).toEqual([
    { lap: 1, codes: ['r1', 'r2', 'r3'] },
    { lap: 2, codes: ['r1', 'r2', 'r3'] },
    { lap: 3, codes: ['r2', 'r1'] },
  ]);
});

it('leaves out laps that were taken back, and counts the lap that is driven in their place', () => {
  const told = new ToldRace().green().laps('r1', times(3, 60)).laps('r2', times(3, 61));
  told.tell(190, { type: 'withdraw-laps', data: { participant_code: 'r1', ordinals: [3, 2], laps: 1, reason: 'rollback', at_ms: told.ms(190) } });
  expect(lapChart(told.session).map(({ codes }) => codes.length)).toEqual([2, 1, 1]);
  told.tell(250, { type: 'add-lap', data: { participant_code: 'r1', ordinal: 4, lap: 2, time_ms: 60_000, driver: null, at_ms: told.ms(250), sectors: [], in_lap: false, out_lap: false, valid: true, reason: null } });
  expect(lapChart(told.session)[1]).toEqual({ lap: 2, codes: ['r2', 'r1'] });
  expect(told.row('r1').laps.map(({ flags }) => flags.includes('withdrawn'))).toEqual([false, true, true, false]);
});

it('counts the time in the lead by the positions of the feed', () => {
  const told = new ToldRace();
  const leads = (seconds: number, code: string): ToldRace => told.tell(seconds, { type: 'update-timing-position', data: { participant_code: code, position: 1 } });
  leads(0, 'r1');
  leads(40, 'r2');
  leads(100, 'r2');
  leads(130, 'r1');
  const row = (code: string): number => ledMs(told.session, told.row(code), told.ms(200));
  expect([row('r1'), row('r2')]).toEqual([110_000, 90_000]);
});
