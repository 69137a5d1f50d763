import type { Language } from './language.js';

/** Portuguese pages; seldom seen, in part translated by analogy. */
export const portuguese: Language = {
  code: 'pt',
  effects: 'Mostrar Efeitos',
  comments: 'Comentários',
  bests: { heading: 'Best', lap: 'Volta', ideal: 'Ideal' },
  labels: { position: 'Class.', number: 'Nº', nation: 'Pais', category: 'Classe', name: 'Piloto', s1: 'S1', s2: 'S2', s3: 'S3', last: 'Última volta', best: 'Melhor volta', gap: 'Diferença', lapsBehind: 'Diferença', interval: 'Interv.', laps: 'Voltas', onTrack: 'Em pista', stops: 'Box' },
  freeLabels: { laps: 'Voltas', category: 'Categoria', best: 'Melhor volta', penalty: 'Penalização', startPosition: 'Pos.', pitTime: 'Tempo Pit', raceTime: 'Tempo' },
  lap: { one: 'Volta', many: 'Voltas', leader: 'Volta' },
  lapPenalty: '1 Volta',
  numberWord: 'Nº.',
  weather: { air: 'Ar', dryTrack: 'Pista : Seca' },
  titles: { practice: 'Treino Livre Oficial 1', qualifying: 'Treinos Cronometrados', race: 'Corrida 24H' },
  control: { start: 'PARTIDA', finish: 'FINISH', yellow: 'Bandeira amarela', red: 'Bandeira vermelha', safetyCar: 'Safety car', green: 'Bandeira verde' },
  penalty: 'Penalização',
  warning: 'Advertência',
  pitTime: 'Tempo Pit :',
  pitSpeed: 'VELOCIDADE NO PIT',
  conduct: 'CONDUÇÃO',
  bestLap: 'Melhor volta',
  reasons: { contact: 'CONTACTO', 'yellow-flag': 'BANDEIRA AMARELA', 'pit-too-short': 'PARAGEM CURTA', 'stint-too-long': 'TURNO LONGO', 'pit-closed': 'PIT FECHADO', 'stop-missing': 'PARAGEM EM FALTA', 'seconds-not-served': 'SEGUNDOS NÃO CUMPRIDOS' },
};
