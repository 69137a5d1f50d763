import { describe, expect, it } from '@jest/globals';
import { penaltyAmount, penaltyReason } from './penalty-amount.js';

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

describe(penaltyReason.name, () => {
  it.each([
    ['Penalización - 20.000 - BANDERA AMARILLA', 'BANDERA AMARILLA'],
    ['Pénalité - 20 SECONDES - CONTACT - ', 'CONTACT'],
    ['DT - NON RESPECT DU DRAPEAU JAUNE', 'NON RESPECT DU DRAPEAU JAUNE'],
    ['Nº.46 NAME B : Penalización - POR GOLPEAR', 'POR GOLPEAR'],
    ['Advertencia - Tiempo Pit : 01:49 (Vuelta 10)', 'Tiempo Pit : 01:49 (Vuelta 10)'],
    ['Zeitstrafe - 10 s - Frühstart', 'Frühstart'],
    ['Penalità - 2 giri - Taglio - ripetuto', 'Taglio - ripetuto'],
    ['Cutting', 'Cutting'],
    ['1 Vta.', null],
    ['+5 seg', null],
    ['5.000', null],
    ['DT', null],
    ['Penalización - ', null],
    ['STOP AND GO', null],
    ['', null],
  ])('finds what %j is for', (text, reason) => expect(penaltyReason(text)).toBe(reason));
});
