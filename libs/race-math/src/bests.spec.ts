import { expect, it } from '@jest/globals';
import { ToldRace } from '../test/told-race.js';
import { bestsOf } from './bests.js';

it('takes the best lap, the best sectors and the ideal lap of laps that stand', () => {
  const told = new ToldRace().green();
  told.lap('r1', 62, { sectors: [20_000, 20_000, 22_000] }).lap('r1', 61, { sectors: [20_500, 19_500, 21_000] });
  told.lap('r1', 55, { in_lap: true, sectors: [19_000, 18_000, 18_000] }).lap('r1', 60, { valid: false, sectors: [20_000, 20_000, 20_000] });
  expect(bestsOf(told.row('r1').laps)).toEqual({ lapMs: 61_000, lap: 2, sectorsMs: [20_000, 19_500, 21_000], idealMs: 60_500 });
});

it('keeps a lap that a penalty took from the count as long as the feed shows it as the best', () => {
  const told = new ToldRace().green().lap('r1', 62).lap('r1', 60, { valid: false });
  expect(bestsOf(told.row('r1').laps, 60_000).lapMs).toBe(60_000);
  expect(bestsOf(told.row('r1').laps, 62_000).lapMs).toBe(62_000);
});

it('has no ideal lap while a sector is missing, and no best of nothing', () => {
  const told = new ToldRace().green().lap('r1', 62, { sectors: [20_000, null, 22_000] });
  expect(bestsOf(told.row('r1').laps)).toMatchObject({ lapMs: 62_000, idealMs: null });
  expect(bestsOf([])).toEqual({ lapMs: null, lap: null, sectorsMs: [], idealMs: null });
});
