import type { Language } from './language.js';

/** Dutch pages; seldom seen, in part translated by analogy. */
export const dutch: Language = {
  code: 'nl',
  effects: 'Toon effecten',
  comments: 'Opmerkingen',
  bests: { heading: 'Beste', lap: 'Ronde', ideal: 'Ideaal' },
  labels: { position: 'Pos', number: 'Kart', nation: 'Land', category: 'Klasse', name: 'Team', s1: 'S1', s2: 'S2', s3: 'S3', last: 'Laatste ronde', best: 'Snelste ronde', gap: 'Gap', lapsBehind: 'Gap', interval: 'Int.', laps: 'Rondes', onTrack: 'Tijd op circuit', stops: 'Pits' },
  freeLabels: { laps: 'Rondes', category: 'Categorie', best: 'Snelste ronde', penalty: 'Straf', startPosition: 'Pos.', pitTime: 'Pittijd', raceTime: 'Tijd' },
  lap: { one: 'Ronde', many: 'Ronden', leader: 'Ronde' },
  lapPenalty: '1 Ronde',
  numberWord: 'Nr.',
  weather: { air: 'Lucht', dryTrack: 'Baan : Droog' },
  titles: { practice: 'Vrije training', qualifying: 'Kwalificatie', race: 'Endurance race' },
  control: { start: 'Start', finish: 'Finish', yellow: 'Gele vlag', red: 'Rode vlag', safetyCar: 'Safety car', green: 'Groene vlag' },
  penalty: 'Straf',
  warning: 'Waarschuwing',
  pitTime: 'Pittijd :',
  pitSpeed: 'SNELHEID IN DE PIT',
  conduct: 'RIJGEDRAG',
  bestLap: 'Snelste ronde',
  reasons: { contact: 'CONTACT', 'yellow-flag': 'GELE VLAG', 'pit-too-short': 'STOP TE KORT', 'stint-too-long': 'STINT TE LANG', 'pit-closed': 'PIT GESLOTEN', 'stop-missing': 'STOP ONTBREEKT', 'seconds-not-served': 'SECONDEN NIET UITGEZETEN' },
};
