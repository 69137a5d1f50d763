import { describe, expect, it } from '@jest/globals';
import { FOXES, MOTHS, OWLS, at, lap, linesLike, plain, told } from '../../../test/scripted-feed.js';
import { tellGroup } from './group.js';

describe(tellGroup.name, () => {
  it('brackets karts that cross the line close together: first, middle and last of the pack', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(66_250, lap(OWLS, 1, 66_250)), at(66_500, lap(MOTHS, 1, 66_500))]);
    expect(linesLike(frames, /^r2277\dc1\|/).map(([, line]) => line)).toEqual(['r22770c1|gs|', 'r22770c1|gf|', 'r22771c1|gl|', 'r22771c1|gm|', 'r22772c1|gl|']);
  });

  it('lets everybody else be single', () => {
    const frames = told(plain, [at(66_000, lap(FOXES, 1, 66_000)), at(67_000, lap(OWLS, 1, 67_000))]);
    expect(linesLike(frames, /^r2277\dc1\|/).map(([, line]) => line)).toEqual(['r22770c1|gs|', 'r22771c1|gs|']);
  });
});
