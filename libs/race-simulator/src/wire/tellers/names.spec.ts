import { describe, expect, it } from '@jest/globals';
import { FOXES, at, firstPassage, lap, linesAt, linesLike, pitIn, pitOut, plain, told } from '../../../test/scripted-feed.js';
import { germanSwaps } from '../dialects/others.js';
import type { Dialect } from '../dialect.js';
import { startFlipping, teamCell, tellDriverChange, tellKartChange } from './names.js';

const NAME = /^r22770c5\|/;
const flips: Dialect = { ...plain, names: { kind: 'flip', minutes: true } };

describe(startFlipping.name, () => {
  it('shows the drivers for ten seconds after twenty of the teams, all rows in one frame', () => {
    const frames = told(flips, [at(2_000, firstPassage(FOXES))]);
    expect(linesAt(frames, 20_000).map((line) => line.split('|').slice(1).join(' '))).toEqual(['drteam ALBA FOXES [0:00]', 'drteam ALBA OWLS [0:00]', 'drteam ALBA MOTHS [0:00]']);
    expect(linesLike(frames, /^r22771c5\|/).map(([ms, line]) => [ms, line.includes('drteam')])).toEqual([[20_000, true], [30_000, false], [50_000, true], [60_000, false], [80_000, true], [90_000, false], [110_000, true]]);
  });

  it('counts the time on track in minutes, without the unfinished lap while the kart stands', () => {
    const events = [at(2_000, firstPassage(FOXES)), at(130_000, lap(FOXES, 1, 130_000)), at(190_000, pitIn(FOXES, 1)), at(300_000, pitOut(FOXES, 190_000)), at(310_000, lap(FOXES, 2, 180_000))];
    const shown = linesLike(told(flips, events, { untilMs: 400_000 }), /^r22770c5\|drteam/).map(([ms, line]) => [ms, /\[(.*)\]/.exec(line)?.[1]]);
    expect(shown).toEqual(expect.arrayContaining([[140_000, '0:02'], [170_000, '0:02'], [200_000, '0:02'], [320_000, '0:03']]));
  });

  it('leaves the minutes out where the circuit does, and never flips where names are those of teams', () => {
    expect(linesLike(told({ ...plain, names: { kind: 'flip', minutes: false } }, []), NAME)[0]?.[1]).toBe('r22770c5|drteam|ALBA FOXES');
    expect(linesLike(told(plain, []), NAME)).toEqual([]);
  });

  it('begins before the start, without minutes until the driver is out, where the circuit does', () => {
    const frames = told({ ...flips, oddities: ['names-flip-early'] }, [at(2_000, firstPassage(FOXES))]);
    expect(linesLike(frames, /^r22770c5\|drteam/).slice(0, 3)).toEqual([[-40_000, 'r22770c5|drteam|ALBA FOXES'], [-10_000, 'r22770c5|drteam|ALBA FOXES'], [20_000, 'r22770c5|drteam|ALBA FOXES [0:00]']]);
  });

  it('has blanks too many where somebody wrote them', () => {
    const names = linesAt(told({ ...flips, oddities: ['untidy-names'] }, [at(2_000, firstPassage(FOXES))]), 20_000).map((line) => line.split('|')[2]);
    expect(names.slice(0, 2)).toEqual(['ALBA FOXES  [0:00]', 'ALBA  OWLS [0:00]']);
  });
});

describe(teamCell.name, () => {
  it('is the whole crew where the circuit writes it so', () => {
    expect(told({ ...plain, names: { kind: 'crew' } }, [])[0]?.text).toContain('class="drteam">ALBA FOXES / BRUNO FOXES<');
  });
});

describe(tellDriverChange.name, () => {
  const change = (ms: number) => [at(ms - 2_000, pitIn(FOXES, 1)), at(ms, { kind: 'driver-change', entry: FOXES, before: 'ALBA FOXES', after: 'BRUNO FOXES' } as const)];

  it('is seen at once while drivers are on show, else at the next flip', () => {
    const firstSeen = (ms: number): number | undefined => linesLike(told(flips, change(ms)), /BRUNO FOXES/)[0]?.[0];
    expect([firstSeen(55_000), firstSeen(65_000)]).toEqual([55_000, 80_000]);
  });
});

describe(tellKartChange.name, () => {
  const stop = [at(50_000, pitIn(FOXES, 1)), at(55_000, { kind: 'kart-change', entry: FOXES, before: { name: 'K01', qualityMs: 0 }, after: { name: 'K07', qualityMs: 0 } } as const)];

  it('changes the number where karts are shown, and nothing elsewhere', () => {
    expect(linesLike(told({ ...germanSwaps, names: plain.names }, stop), /^r22770c3\|/)).toEqual([[55_000, expect.stringMatching(/^r22770c3\|no\d+\|07$/)]]);
    expect(linesLike(told(plain, stop), /^r22770c4\|/)).toEqual([]);
  });
});
