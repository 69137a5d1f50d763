import { describe, expect, it } from '@jest/globals';
import { penaltyAmount } from './penalty-amount.js';

describe(penaltyAmount.name, () => {
  it.each([
    ['1 Vta.', { laps: 1, seconds: null }],
    ['2 Vueltas', { laps: 2, seconds: null }],
    ['Pénalité - 1 TOUR', { laps: 1, seconds: null }],
    ['10 SECONDES', { laps: null, seconds: 10 }],
    ['+5 seg', { laps: null, seconds: 5 }],
    ['Penalización - 1.000', { laps: null, seconds: 1 }],
    ['5.000', { laps: null, seconds: 5 }],
    ['Penalización - ', { laps: null, seconds: null }],
    ['DT - NON RESPECT DU DRAPEAU JAUNE', { laps: null, seconds: null }],
    ['Passage au stand en 00:56 (Tour 18)', { laps: null, seconds: null }],
  ])('reads %j', (text, amount) => expect(penaltyAmount(text)).toEqual(amount));
});
