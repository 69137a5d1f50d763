import type { Language } from './language.js';

/** French pages. */
export const french: Language = {
  code: 'fr',
  effects: 'Effets',
  comments: 'Commentaires',
  bests: { heading: 'Meilleur', lap: 'Tour', ideal: 'Idéal' },
  labels: { position: 'Clt', number: 'Kart', nation: 'Nat', category: 'Catégorie', name: 'Equipe', s1: 'S1', s2: 'S2', s3: 'S3', last: 'Dernier T.', best: 'Meilleur T.', gap: 'Ecart', lapsBehind: 'Ecart', interval: 'Interv.', laps: 'Tours', onTrack: 'En piste', stops: 'Stands' },
  freeLabels: { laps: 'Tours', category: 'Catégorie', best: 'Meilleur T.', penalty: 'Péna.', startPosition: 'Pos.', pitTime: 'Temps stand', raceTime: 'Temps' },
  lap: { one: 'Tour', many: 'Tours', leader: 'Tour' },
  lapPenalty: '1 Tour',
  numberWord: 'N°',
  weather: { air: 'Air', dryTrack: 'Piste : Sèche' },
  titles: { practice: 'ESSAIS LIBRES', qualifying: 'ESSAIS CHRONOS', race: 'ENDURANCE' },
  control: { start: 'Départ', finish: 'Arrivée', yellow: 'Drapeau jaune', red: 'Drapeau rouge', safetyCar: 'Safety car', green: 'Drapeau vert' },
  penalty: 'Pénalité',
  warning: 'Avertissement',
  pitTime: 'Passage au stand en',
  pitSpeed: 'VITESSE DANS LES STANDS',
  conduct: 'CONDUITE',
  bestLap: 'Meilleur tour',
  reasons: { contact: 'CONTACT', 'yellow-flag': 'NON RESPECT DU DRAPEAU JAUNE', 'pit-too-short': 'ARRET TROP COURT', 'stint-too-long': 'RELAIS TROP LONG', 'pit-closed': 'STANDS FERMES', 'stop-missing': 'ARRET MANQUANT', 'seconds-not-served': 'SECONDES NON EFFECTUEES' },
};
