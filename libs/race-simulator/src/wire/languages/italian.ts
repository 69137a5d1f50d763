import type { Language } from './language.js';

/** Italian pages; seldom seen, in part translated by analogy. */
export const italian: Language = {
  code: 'it',
  effects: 'Mostra effetti',
  comments: 'Commenti',
  bests: { heading: 'Migliore', lap: 'Giro', ideal: 'Ideale' },
  labels: { position: 'Cla', number: 'Kart', nation: 'Naz', category: 'Categoria', name: 'Squadra', s1: 'S1', s2: 'S2', s3: 'S3', last: 'Ultimo T.', best: 'M.giro', gap: 'Distacco', lapsBehind: 'Distacco', interval: 'Interv.', laps: 'Giri', onTrack: 'In pista', stops: 'Pit stop' },
  freeLabels: { laps: 'Giri', category: 'Categoria', best: 'Giro mig.', penalty: 'Pena', startPosition: 'Pos.', pitTime: 'Tempo Pit', raceTime: 'Tempo', club: 'Club', colour: 'Colore' },
  lap: { one: 'Giro', many: 'Giri', leader: 'Giro' },
  lapPenalty: '1 Giro',
  numberWord: 'N.',
  weather: { air: 'Aria', dryTrack: 'Pista : Asciutta' },
  titles: { practice: 'Prove libere', qualifying: 'Qualifiche', race: 'Gara' },
  control: { start: 'Partenza', finish: 'Arrivo', yellow: 'Bandiera gialla', red: 'Bandiera rossa', safetyCar: 'Safety car', green: 'Bandiera verde' },
  penalty: 'Penalità',
  warning: 'Avvertimento',
  pitTime: 'Tempo Pit :',
  pitSpeed: 'VELOCITÀ IN PIT',
  conduct: 'GUIDA SCORRETTA',
  bestLap: 'Miglior giro',
  reasons: { contact: 'CONTATTO', 'yellow-flag': 'BANDIERA GIALLA', 'pit-too-short': 'SOSTA TROPPO CORTA', 'stint-too-long': 'TURNO TROPPO LUNGO', 'pit-closed': 'PIT CHIUSA', 'stop-missing': 'CAMBIO MANCANTE', 'seconds-not-served': 'SECONDI NON SCONTATI' },
};
