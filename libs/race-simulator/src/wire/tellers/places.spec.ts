import { describe, expect, it } from '@jest/globals';
import { FOXES, MOTHS, OWLS, at, lap, linesAt, linesLike, plain, qualifying, told } from '../../../test/scripted-feed.js';
import { englishChampionship, portugueseEndurance } from '../dialects/others.js';
import { tellDistances, tellPlaces } from './places.js';

/** Gap, or interval, of a row in the plain table. */
const GAP = /^r2277\dc8\|/;
const INTERVAL = /^r2277\dc9\|/;
const FIRST_LAPS = [at(66_000, lap(FOXES, 1, 66_000)), at(67_200, lap(OWLS, 1, 67_200)), at(68_700, lap(MOTHS, 1, 68_700))];

describe(tellPlaces.name, () => {
  it('tells every row that moved, the one that gains and the one that loses, by cell and by mark', () => {
    const frames = told(plain, [at(65_000, lap(OWLS, 1, 65_000)), at(66_000, lap(FOXES, 1, 66_000))]);
    expect(linesAt(frames, 65_000).filter((line) => /c3\||#/.test(line))).toEqual(['r22771c3||1', 'r22770c3||2', 'r22770|#|2', 'r22771|#|1']);
    expect(linesAt(frames, 66_000).filter((line) => /c3\||#/.test(line))).toEqual([]);
  });

  it('shows no position before the first lap where best laps count', () => {
    const frames = told(plain, [at(80_000, lap(MOTHS, 1, 70_000))], { frame: qualifying });
    expect(frames[0]?.text).toContain('<p data-id="r22770c3" class=""></p>');
    expect(linesLike(frames, /^r\d+c3\|/).map(([, line]) => line)).toEqual(['r22772c3||1']);
  });

  it('tells places gained and lost since the grid where there is a column for them', () => {
    const frames = told({ ...englishChampionship, oddities: [] }, [at(60_000, lap(OWLS, 1, 60_000)), at(61_000, lap(FOXES, 1, 61_000)), at(118_000, lap(FOXES, 2, 57_000)), at(119_000, lap(OWLS, 2, 59_000))], { untilMs: 200_000 });
    expect(linesLike(frames, /^r\d+c3\|/)).toEqual([[60_000, 'r5c3|rkb|1'], [60_000, 'r2c3|rkw|1'], [118_000, 'r2c3|rke|0'], [118_000, 'r5c3|rke|0']]);
  });
});

describe(tellDistances.name, () => {
  it('tells the leader his lap, the others their time behind him and behind the one ahead, each at his own crossing', () => {
    const frames = told(plain, FIRST_LAPS);
    expect(linesLike(frames, GAP)).toEqual([[66_000, 'r22770c8|in|Vuelta 1'], [67_200, 'r22771c8|ib|1.200'], [68_800, 'r22772c8|ib|2.700']]);
    expect(linesLike(frames, INTERVAL)).toEqual([[67_200, 'r22771c9|in|1.200'], [68_800, 'r22772c9|in|1.500']]);
  });

  it('counts laps behind, and the leader who passes somebody tells him one more', () => {
    const laps = [2, 3, 4].map((number) => at(66_000 * number, lap(FOXES, number, 66_000)));
    const frames = told(plain, [...FIRST_LAPS, ...laps, at(270_000, lap(OWLS, 2, 202_800))], { untilMs: 400_000 });
    expect(linesLike(frames, /^r22771c8\|/).map(([, line]) => line)).toEqual(['r22771c8|ib|1.200', 'r22771c8|ib|1 Vuelta', 'r22771c8|ib|2 Vueltas']);
    expect(linesLike(frames, /^r22771c8\|/).at(-1)?.[0]).toBe(264_000);
  });

  it('keeps laps and time apart where there are two columns for gaps', () => {
    const laps = [2, 3].map((number) => at(66_000 * number, lap(FOXES, number, 66_000)));
    const frames = told({ ...portugueseEndurance, oddities: [], names: plain.names }, [...FIRST_LAPS, ...laps, at(202_000, lap(OWLS, 2, 134_800))], { untilMs: 400_000 });
    expect(linesLike(frames, /^r5c1[02]\|/)).toEqual([[67_200, 'r5c10|ib|'], [67_200, 'r5c12|ib|1.200'], [198_000, 'r5c10|ib|1 Volta'], [198_000, 'r5c12|ib|1 Volta']]);
  });

  it('empties an interval first and fills it in the next frame where the circuit does', () => {
    const laps = Array.from({ length: 20 }, (_, index) => [at(66_000 * (index + 1), lap(FOXES, index + 1, 66_000)), at(66_000 * (index + 1) + 1_200 + index, lap(OWLS, index + 1, 66_001))]).flat();
    const emptied = linesLike(told({ ...plain, oddities: ['intervals-refilled'] }, laps, { untilMs: 1_500_000 }), /^r22771c9\|/);
    const empty = emptied.flatMap(([ms, line], index) => (line.endsWith('|') ? [{ ms, next: emptied[index + 1] }] : []));
    expect(empty.length).toBeGreaterThan(2);
    for (const { ms, next } of empty) expect(next).toEqual([ms + 200, expect.stringMatching(/^r22771c9\|in\|1\.2\d\d$/)]);
  });

  it('is the difference of best laps where these count', () => {
    const events = [at(80_000, lap(FOXES, 1, 70_000)), at(81_000, lap(OWLS, 1, 70_500)), at(150_000, lap(OWLS, 2, 69_000))];
    expect(linesLike(told(plain, events, { frame: qualifying, untilMs: 600_000 }), GAP)).toEqual([[81_000, 'r22771c8|in|0.500'], [150_000, 'r22771c8|in|'], [150_000, 'r22770c8|in|1.000']]);
  });

  it('shows whoever takes the best lap ahead of the former best for a moment where the circuit does', () => {
    const events = [at(80_000, lap(FOXES, 1, 70_000)), at(150_000, lap(OWLS, 1, 69_892))];
    expect(linesLike(told({ ...plain, oddities: ['negative-gap'] }, events, { frame: qualifying, untilMs: 600_000 }), /^r22771c8\|/)).toEqual([[150_000, 'r22771c8|in|-0.108'], [150_200, 'r22771c8|in|']]);
  });
});
