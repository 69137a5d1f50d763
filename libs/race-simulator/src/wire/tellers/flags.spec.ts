import { describe, expect, it } from '@jest/globals';
import { FOXES, OWLS, at, flag, lap, linesAt, linesLike, plain, race, told } from '../../../test/scripted-feed.js';
import { englishEndurance, germanSwaps, italianLate } from '../dialects/others.js';
import { spanishChampionship } from '../dialects/spanish.js';
import { correctLength, tellFlag, tellLeaderLap } from './flags.js';

const CLOCK = /^dyn1\|/;

describe(tellFlag.name, () => {
  it('starts with the light, a clock a little above the length, and the log; the page before it is red and shows the length', () => {
    const frames = told(plain, []);
    expect(frames[0]?.text).toContain('light|lr|\n');
    expect(frames[0]?.text).toContain('dyn1|text|01:00:00\n');
    expect(linesAt(frames, 0)).toEqual(['light|lg|', 'dyn1|countdown|3600809', 'com||<p><b>12:00</b><span data-flag="green"></span>Start</p>', 'r22770c2|in|', 'r22771c2|in|', 'r22772c2|in|']);
  });

  it('sets the clock every thirty seconds, and sends it empty once when the time is up', () => {
    const frames = told(plain, [], { frame: { ...race, lengthMs: 70_000 }, untilMs: 200_000 });
    expect(linesLike(frames, CLOCK)).toEqual([[0, 'dyn1|countdown|70809'], [30_000, 'dyn1|countdown|40000'], [60_000, 'dyn1|countdown|10000'], [90_000, 'dyn1|countdown|']]);
  });

  it('counts up every fifteen seconds, or writes the time that is left every five, where the circuit does', () => {
    const counting = told({ ...italianLate, names: plain.names, joinedAfterMs: null, oddities: [] }, []);
    expect(linesLike(counting, CLOCK).slice(0, 3)).toEqual([[0, 'dyn1|count|0'], [15_000, 'dyn1|count|15000'], [30_000, 'dyn1|count|30000']]);
    const text = told({ ...germanSwaps, names: plain.names, oddities: [] }, []);
    expect(linesLike(text, CLOCK).slice(0, 3)).toEqual([[0, 'dyn1|text|01:00:00'], [5_000, 'dyn1|text|00:59:55'], [10_000, 'dyn1|text|00:59:50']]);
  });

  it('stands still during a suspension, and goes on with what was left', () => {
    const frames = told(plain, [at(40_000, flag('red', 'suspended')), at(400_000, flag('green', 'restart', 3_960_000))], { untilMs: 420_000 });
    expect(linesLike(frames, CLOCK).slice(1)).toEqual([[30_000, 'dyn1|countdown|3570000'], [40_000, 'dyn1|countdown|3560000'], [400_000, 'dyn1|countdown|3560000']]);
  });

  it.each([
    [plain, 'ly', 'ly'],
    [englishEndurance, 'lr', 'lsc'],
  ])('shows the lights of the circuit for a suspension and for the safety car ($name)', (dialect, suspended, safetyCar) => {
    const frames = told({ ...dialect, names: plain.names }, [at(40_000, flag('red', 'suspended')), at(50_000, flag('green', 'restart')), at(60_000, flag('safety-car', 'slow')), at(70_000, flag('green', 'restart'))]);
    expect(linesLike(frames, /^light/).map(([, line]) => line)).toEqual([...['lg', suspended, 'lg', safetyCar, 'lg'].map((cls) => `light|${cls}|`)]);
  });

  it('ends with the light, an empty clock and the log, and the clock says no more', () => {
    const frames = told(plain, [at(66_000, flag('chequered', 'finish', null))], { untilMs: 300_000 });
    expect(linesAt(frames, 66_000)).toEqual(['light|lf|', 'dyn1|text|', expect.stringContaining('data-flag="chequered"></span>Llegada</p>')]);
    expect(linesLike(frames, CLOCK).at(-1)).toEqual([66_000, 'dyn1|text|']);
  });
});

describe(tellLeaderLap.name, () => {
  it('tells the lap of whoever leads, once, in a session over laps, and the time on the second clock', () => {
    const frames = told({ ...spanishChampionship, oddities: [] }, [at(98_000, lap(FOXES, 1, 98_000)), at(99_000, lap(OWLS, 1, 99_000))], { frame: { ...race, lengthMs: null, laps: 15 } });
    expect(frames[0]?.text).toContain('dyn1|text|Vuelta 0/15\n');
    expect(linesLike(frames, CLOCK).map(([, line]) => line)).toEqual(['dyn1|text|Vuelta 0/15', 'dyn1|text|Vuelta 1/15']);
    expect(linesLike(frames, /^dyn2\|/).slice(0, 2)).toEqual([[0, 'dyn2|count|0'], [30_000, 'dyn2|count|30000']]);
  });
});

describe(correctLength.name, () => {
  it('puts a length right that was announced wrongly, before the start', () => {
    const frames = told({ ...plain, oddities: ['length-corrected'] }, []);
    expect(frames[0]?.text).toContain('dyn1|text|01:07:00\n');
    expect(linesLike(frames, CLOCK)[0]).toEqual([-35_000, 'dyn1|text|01:00:00']);
  });
});
