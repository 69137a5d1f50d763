import { describe, expect, it } from '@jest/globals';
import { FOXES, OWLS, at, firstPassage, flag, lap, linesAt, linesLike, pitIn, pitOut, plain, told } from '../../../test/scripted-feed.js';
import { englishEndurance } from '../dialects/others.js';
import { tellFirstPassage, tellLap, tellSector } from './laps.js';

const withSectors = { ...englishEndurance, names: plain.names, shares: plain.shares };

describe(tellLap.name, () => {
  it('tells a crossing as cells by column, then the mark with what is expected of the next lap', () => {
    const frames = told(plain, [at(2_500, firstPassage(FOXES)), at(66_000, lap(FOXES, 1, 66_000))]);
    expect(linesAt(frames, 66_000)).toEqual(['r22770c1|gs|', 'r22770c6|in|1', 'r22770c7|tb|1:06.000', 'r22770c8|in|Vuelta 1', 'r22770c10|tb|1:06.000', 'r22770|*|66000|']);
  });

  it('never expects more of the next lap than the lap just done, and half of a slower one before', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(136_000, lap(FOXES, 2, 70_000)), at(200_000, lap(FOXES, 3, 64_000))], { untilMs: 300_000 });
    expect(linesLike(frames, /^r22770\|\*\|/).map(([, line]) => line)).toEqual(['r22770|*|66000|', 'r22770|*|68000|', 'r22770|*|64000|']);
  });

  it('sends the count first and the rest up to a second later where laps are split', () => {
    const frames = told({ ...plain, shares: { ...plain.shares, splitLaps: 1 } }, [at(66_000, lap(FOXES, 1, 66_000))]);
    expect(linesAt(frames, 66_000)).toEqual(['r22770c6|in|1']);
    const [[lapMs] = [0]] = linesLike(frames, /^r22770c7\|/);
    expect(lapMs).toBeGreaterThan(66_000);
    expect(lapMs).toBeLessThanOrEqual(67_200);
    expect(linesAt(frames, lapMs)).toContain('r22770|*|66000|');
  });

  it('shows a wrong time for a moment where laps are retouched', () => {
    const frames = told({ ...plain, shares: { ...plain.shares, retouched: 1 } }, [at(66_000, lap(FOXES, 1, 66_000))]);
    expect(linesLike(frames, /^r22770c7\|/)).toEqual([[66_000, 'r22770c7|tb|1:06.090'], [66_200, 'r22770c7|tb|1:06.000']]);
  });

  it('tells the lap that the exit closes in the message of the exit, and that of the entry in the message of the entry, both without a crossing', () => {
    const byExit = told(plain, [at(100_000, pitOut(FOXES, null)), at(100_000, lap(FOXES, 1, 100_000, { closedBy: 'exit' }))]);
    expect(linesAt(byExit, 100_000)).toEqual(expect.arrayContaining(['r22770c7|tb|1:40.000', 'r22770|*out|0']));
    expect(linesLike(byExit, /^r22770\|\*\|/)).toEqual([]);
    const byEntry = told(plain, [at(60_000, lap(FOXES, 1, 60_000, { closedBy: 'entry' })), at(60_000, pitIn(FOXES, 1))]);
    expect(linesAt(byEntry, 60_000)).toEqual(expect.arrayContaining(['r22770c7|tn|1:00.000', 'r22770|*in|0']));
    expect(linesLike(byEntry, /^r22770c10\|/)).toEqual([]);
  });

  it('crosses after the flag with the mark of the finish and without expectation', () => {
    const frames = told(plain, [at(66_000, flag('chequered', 'finish', null)), at(66_000, lap(FOXES, 1, 66_000, { finish: true }))]);
    expect(linesAt(frames, 66_000)).toEqual(expect.arrayContaining(['light|lf|', 'r22770c2|sf|', 'r22770|*||']));
  });
});

describe(tellFirstPassage.name, () => {
  it('is a crossing without a lap', () => {
    const frames = told(plain, [at(3_000, firstPassage(OWLS))]);
    expect(linesAt(frames, 3_000)).toEqual(['r22771c2|sr|', 'r22771c11|in|0:00', 'r22771|*||']);
  });
});

describe(tellSector.name, () => {
  const first = lap(FOXES, 1, 63_000, { sectors: [20_000, 21_000, 22_000] });
  const frames = told(withSectors, [
    at(20_000, { kind: 'sector', entry: FOXES, sector: 1, timeMs: 20_000 }),
    at(41_000, { kind: 'sector', entry: FOXES, sector: 2, timeMs: 21_000 }),
    at(63_000, first),
    at(83_500, { kind: 'sector', entry: FOXES, sector: 1, timeMs: 20_500 }),
  ]);

  it('tells the time and the mark, without an expectation on the first lap', () => {
    expect(linesAt(frames, 20_000)).toEqual(['r22770c7|tb|20.000', 'r22770|*i1|']);
    expect(linesAt(frames, 41_000)).toEqual(['r22770c8|tb|21.000', 'r22770|*i2|']);
  });

  it('tells the last sector with the crossing, and expects the first one again', () => {
    expect(linesAt(frames, 63_000)).toEqual(expect.arrayContaining(['r22770c9|tb|22.000', 'r22770|*|63000|20000']));
  });

  it('clears the later sectors at the first loop of the next lap, and expects the second one', () => {
    expect(linesAt(frames, 83_600)).toEqual(['r22770c7|tn|20.500', 'r22770c8||', 'r22770c9||', 'r22770|*i1|21000']);
  });

  it('sends the mark a frame later where the circuit does', () => {
    const late = told({ ...withSectors, oddities: ['sector-marks-late'] }, [at(20_000, { kind: 'sector', entry: FOXES, sector: 1, timeMs: 20_000 })]);
    expect([linesAt(late, 20_000), linesAt(late, 20_200)]).toEqual([['r22770c7|tb|20.000'], ['r22770|*i1|']]);
  });
});
