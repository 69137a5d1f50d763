import { describe, expect, it } from '@jest/globals';
import { FOXES, OWLS, at, lap, linesAt, linesLike, pitIn, plain, told } from '../../../test/scripted-feed.js';
import { englishChampionship } from '../dialects/others.js';
import { spanishChampionship, spanishSprint } from '../dialects/spanish.js';
import { endSectors, tellTimes } from './lap-times.js';

/** Last lap, or best lap, of a row in the plain table. */
const LAST = /^r2277\dc7\|/;
const BEST = /^r2277\dc10\|/;

describe(tellTimes.name, () => {
  it('colours a lap by its worth: best of the session, own best, neither', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(67_000, lap(OWLS, 1, 67_000)), at(132_500, lap(FOXES, 2, 66_500)), at(133_500, lap(OWLS, 2, 66_500))], { untilMs: 200_000 });
    expect(linesLike(frames, LAST).map(([, line]) => line)).toEqual(['r22770c7|tb|1:06.000', 'r22771c7|ti|1:07.000', 'r22770c7|tn|1:06.500', 'r22771c7|ti|1:06.500']);
  });

  it('leaves the former holder of the best lap with it as his own best', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(66_900, lap(OWLS, 1, 65_900))]);
    expect(linesLike(frames, BEST)).toEqual([[66_000, 'r22770c10|tb|1:06.000'], [67_000, 'r22770c10|ib|1:06.000'], [67_000, 'r22771c10|tb|1:05.900']]);
  });

  it('tells a lap again that is as long as the one before', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(132_000, lap(FOXES, 2, 66_000))], { untilMs: 200_000 });
    expect(linesLike(frames, LAST)).toEqual([[66_000, 'r22770c7|tb|1:06.000'], [132_000, 'r22770c7|tn|1:06.000']]);
  });

  it('never takes a lap for a best one that ended at the pit entry', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(126_000, lap(FOXES, 2, 60_000, { closedBy: 'entry' })), at(126_000, pitIn(FOXES, 1))], { untilMs: 200_000 });
    expect(linesAt(frames, 126_000)).toContain('r22770c7|tn|1:00.000');
    expect(linesLike(frames, BEST)).toHaveLength(1);
  });

  it('writes the speed of the lap, and that of a trap on the straight, where there are such columns', () => {
    const sprint = told({ ...spanishSprint, oddities: [] }, [at(66_000, lap(FOXES, 1, 66_000))]);
    expect(linesLike(sprint, /^r2c9\|/)).toEqual([[66_000, 'r2c9|in|60.00']]);
    const championship = told({ ...englishChampionship, oddities: [] }, [at(60_000, lap(FOXES, 1, 60_000))]);
    const [[, line] = [0, '']] = linesLike(championship, /^r2c10\|/);
    const speed = Number(/^r2c10\|tn\|(\d+\.\d)$/.exec(line)?.[1]);
    expect(speed).toBeGreaterThan(81.6 * 1.3);
    expect(speed).toBeLessThan(81.6 * 1.7);
  });

  it('keeps the table of bests of a championship: whose sector and lap, and how long', () => {
    const frames = told({ ...spanishChampionship, oddities: [] }, [at(98_000, lap(OWLS, 1, 98_000, { sectors: [6_000, 84_000, 8_000] }))]);
    expect(linesLike(frames, /^br/).map(([, line]) => line)).toEqual(['br4c2|ib|2', 'br4c3|ib|1:38.000', 'br3c2|in|2', 'br3c3|in|8.000']);
  });
});

describe(endSectors.name, () => {
  const events = [at(6_000, { kind: 'sector', entry: FOXES, sector: 1, timeMs: 6_000 } as const), at(98_000, lap(FOXES, 1, 98_000, { sectors: [6_000, 84_000, 8_000] })), at(104_500, { kind: 'sector', entry: FOXES, sector: 1, timeMs: 6_500 } as const), at(190_000, pitIn(FOXES, 1))];

  it('clears the sectors at the pit entry', () => {
    const frames = told({ ...spanishChampionship, oddities: [] }, events, { untilMs: 300_000 });
    expect(linesAt(frames, 190_000)).toEqual(expect.arrayContaining(['r2c9||']));
  });

  it('shows the best ones of the row instead where the circuit does', () => {
    const frames = told({ ...spanishChampionship, oddities: ['best-sectors-shown'] }, events, { untilMs: 300_000 });
    expect(linesAt(frames, 190_000)).toEqual(expect.arrayContaining(['r2c9|ib|6.000', 'r2c11|ib|8.000']));
  });
});
