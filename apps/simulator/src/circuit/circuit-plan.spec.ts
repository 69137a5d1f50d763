import { describe, expect, it } from '@jest/globals';
import { DIALECTS } from '@lts/race-simulator';
import { type CircuitPlan, circuitPlans } from './circuit-plan.js';

const DIALECT = DIALECTS[0]?.name ?? '';
const plans = (...texts: string[]): CircuitPlan[] => circuitPlans(texts, { dialect: DIALECT, seed: 5, port: 8092 });

describe(circuitPlans.name, () => {
  it('gives each circuit its own seed and a port ten higher', () => {
    expect(plans('north', `south=${DIALECT}`, `west=${DIALECT}:77`)).toEqual([
      { slug: 'north', dialect: DIALECT, seed: 5, port: 8092 },
      { slug: 'south', dialect: DIALECT, seed: 6, port: 8102 },
      { slug: 'west', dialect: DIALECT, seed: 77, port: 8112 },
    ]);
  });

  it('takes any free port for all when it is given none', () => {
    expect(circuitPlans(['a', 'b'], { dialect: DIALECT, seed: 5, port: 0 }).map(({ port }) => port)).toEqual([0, 0]);
  });

  it.each([
    ['North', 'is no circuit; give name, name=dialect or name=dialect:seed'],
    ['a/b', 'is no circuit'],
    ['north=', 'is no circuit'],
    ['north=klingon', '--circuits knows no "klingon". Give one of: '],
    [`north=${DIALECT}:x`, `the seed of "north=${DIALECT}:x" must be a whole number from 0 to 4294967295.`],
    [`north=${DIALECT}:`, 'must be a whole number'],
  ])('refuses "%s" with the reason', (text, sentence) => {
    expect(() => plans(text)).toThrow(sentence);
  });

  it('refuses two of one name, and a port beyond the last', () => {
    expect(() => plans('a', 'b', 'a')).toThrow('the name "a" stands twice');
    expect(() => circuitPlans(['a', 'b'], { dialect: DIALECT, seed: 5, port: 65_530 })).toThrow('the circuit "b" would have port 65540; choose a lower --port.');
  });
});
