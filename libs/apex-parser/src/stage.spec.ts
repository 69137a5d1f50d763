import { describe, expect, it } from '@jest/globals';
import { recogniseStage } from './stage.js';

describe(recogniseStage.name, () => {
  it.each([
    ['Session 1', 'free-practice'], ['Treino Livre Oficial 3', 'free-practice'], ['ESSAIS LIBRES', 'free-practice'], ['WARM UP', 'free-practice'],
    ['13. BAMBINI - 11:00', 'free-practice'],
    ['Clasificación', 'qualifying'], ['Entrenos crono', 'qualifying'], ['ESSAIS CHRONOS', 'qualifying'], ['SUPERPOLE HEAT A-B', 'qualifying'],
    ['SP 1A SENIOR', 'qualifying'], ['QUALI FINAL', 'qualifying'],
    ['CARRERA', 'race'], ['CARRERA 26H', 'race'], ['COURSE 1', 'race'], ['ENDURANCE ', 'race'], ['HEAT A-B', 'race'], ['SEMIFINAL A', 'race'], ['Gara', 'race'],
    ['LUNCH', 'unknown'],
  ] as const)('takes %j for %s', (title2, stage) => {
    expect(recogniseStage({ title1: '', title2, ranking: 'best-time' })).toBe(stage);
  });

  it('asks the title of the event only when that of the session says nothing, and never takes a best-time table for a race by it', () => {
    expect(recogniseStage({ title1: '12H OF NOWHERE', title2: 'Clasificación', ranking: 'best-time' })).toBe('qualifying');
    expect(recogniseStage({ title1: '12H OF NOWHERE', title2: '', ranking: 'laps' })).toBe('race');
    expect(recogniseStage({ title1: '12H OF NOWHERE', title2: '', ranking: 'best-time' })).toBe('unknown');
  });

  it('goes by the kind of ranking where there is no title', () => {
    expect(recogniseStage({ title1: '', title2: '', ranking: 'laps' })).toBe('race');
    expect(recogniseStage({ title1: '', title2: '', ranking: 'best-time' })).toBe('free-practice');
    expect(recogniseStage({ title1: '', title2: '', ranking: 'none' })).toBe('unknown');
  });
});
