import type { Language } from './language.js';

/** German pages; seldom seen, in part translated by analogy. */
export const german: Language = {
  code: 'de',
  effects: 'Effekte anzeigen',
  comments: 'Kommentare',
  bests: { heading: 'Beste', lap: 'Runde', ideal: 'Ideal' },
  labels: { position: 'Pos', number: 'Nr', nation: 'Nat', category: 'Klasse', name: 'Fahrer', s1: 'S1', s2: 'S2', s3: 'S3', last: 'Letzte', best: 'Beste', gap: 'Abstand', lapsBehind: 'Abstand', interval: 'Int.', laps: 'Runden', onTrack: 'Auf Strecke', stops: 'Box' },
  freeLabels: { laps: 'Runden', category: 'Klasse', best: 'Beste', penalty: 'Strafe', startPosition: 'Pos.', pitTime: 'Boxenzeit', raceTime: 'Zeit' },
  lap: { one: 'Runde', many: 'Runden', leader: 'Runde' },
  lapPenalty: '1 Runde',
  numberWord: 'Nr.',
  weather: { air: 'Luft', dryTrack: 'Strecke : Trocken' },
  titles: { practice: 'Freies Training', qualifying: 'Zeittraining', race: 'Rennen' },
  control: { start: 'Start', finish: 'Ziel', yellow: 'Gelbe Flagge', red: 'Rote Flagge', safetyCar: 'Safety Car', green: 'Grüne Flagge' },
  penalty: 'Strafe',
  warning: 'Verwarnung',
  pitTime: 'Boxenzeit :',
  pitSpeed: 'GESCHWINDIGKEIT IN DER BOX',
  conduct: 'FAHRWEISE',
  bestLap: 'Beste Runde',
  reasons: { contact: 'KONTAKT', 'yellow-flag': 'GELBE FLAGGE', 'pit-too-short': 'STOPP ZU KURZ', 'stint-too-long': 'STINT ZU LANG', 'pit-closed': 'BOX GESCHLOSSEN', 'stop-missing': 'STOPP FEHLT', 'seconds-not-served': 'SEKUNDEN NICHT ABGESESSEN' },
};
