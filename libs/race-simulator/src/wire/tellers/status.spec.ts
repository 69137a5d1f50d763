import { describe, expect, it } from '@jest/globals';
import { FOXES, MOTHS, OWLS, at, lap, linesLike, plain, qualifying, told } from '../../../test/scripted-feed.js';
import { dropArrowLater, tellPassed } from './status.js';

const STATUS = /^r2277\dc2\|/;

describe(tellPassed.name, () => {
  it('shows who kept, gained or lost his place since he was at the line last', () => {
    const frames = told(plain, [at(66_000, lap(OWLS, 1, 66_000)), at(67_000, lap(MOTHS, 1, 67_000)), at(68_000, lap(FOXES, 1, 68_000))]);
    expect(linesLike(frames, STATUS).filter(([ms]) => ms > 0)).toEqual([[66_000, 'r22771c2|su|'], [67_000, 'r22772c2|su|'], [68_000, 'r22770c2|sr|']]);
  });

  it('takes all other marks away when the leader begins his next lap', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(67_000, lap(OWLS, 1, 67_000)), at(132_000, lap(FOXES, 2, 66_000))], { untilMs: 200_000 });
    expect(linesLike(frames, /^r22771c2\|/).filter(([ms]) => ms > 0)).toEqual([[67_000, 'r22771c2|sr|'], [132_000, 'r22771c2|in|']]);
  });

  it('has a mark of its own for those laps behind where the circuit does', () => {
    const events = [at(66_000, lap(FOXES, 1, 66_000)), at(132_000, lap(FOXES, 2, 66_000)), at(140_000, lap(OWLS, 1, 140_000))];
    const marks = (oddities: typeof plain.oddities): string[] => linesLike(told({ ...plain, oddities }, events, { untilMs: 200_000 }), /^r22771c2\|/).map(([, line]) => line);
    expect([marks([]).at(-1), marks(['lapped-mark']).at(-1)]).toEqual(['r22771c2|sr|', 'r22771c2|sl|']);
  });
});

describe(dropArrowLater.name, () => {
  it('takes the mark away after ten seconds where best laps count', () => {
    const frames = told(plain, [at(80_000, lap(FOXES, 1, 70_000))], { frame: qualifying });
    expect(linesLike(frames, STATUS)).toEqual([[80_000, 'r22770c2|sr|'], [90_000, 'r22770c2|in|']]);
  });
});
