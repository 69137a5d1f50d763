import { describe, expect, it } from '@jest/globals';
import { FOXES, linesLike, plain, told } from '../../../test/scripted-feed.js';
import { spanishChampionship } from '../dialects/spanish.js';
import { giveOwnColours, numberClass } from './plates.js';

describe(numberClass.name, () => {
  it('is one colour for each category, with a blank before it on championship servers', () => {
    const amateur = { ...FOXES, category: 'AM' };
    expect(numberClass({ dialect: plain }, FOXES)).toMatch(/^no\d+$/);
    expect(numberClass({ dialect: plain }, amateur)).not.toBe(numberClass({ dialect: plain }, FOXES));
    expect(numberClass({ dialect: spanishChampionship }, FOXES)).toBe(` ${numberClass({ dialect: plain }, FOXES)}`);
  });
});

describe(giveOwnColours.name, () => {
  it('gives the last two teams plates of their own, the styles in the same frame, the numbers as they were', () => {
    const frames = told({ ...plain, oddities: ['own-colours'] }, [], { untilMs: 300_000 });
    expect(linesLike(frames, /^(css|r\d+c4)\|/)).toEqual([
      [180_000, expect.stringMatching(/^css\|notc65535\|border-bottom-color:#FFFF00/)],
      [180_000, expect.stringMatching(/^css\|notc16731983\|border-bottom-color:#4F4FFF/)],
      [180_000, 'r22771c4|notc65535|2'],
      [180_000, 'r22772c4|notc16731983|3'],
    ]);
  });
});
