import type { Language } from './language.js';

/** English pages. */
export const english: Language = {
  code: 'en',
  effects: 'Display Effects',
  comments: 'Comments',
  bests: { heading: 'Best', lap: 'Lap', ideal: 'Ideal' },
  labels: { position: 'Rnk', number: 'Kart', nation: 'Nat', category: 'Class', name: 'Team', s1: 'S1', s2: 'S2', s3: 'S3', trapSpeed: 'Spd1', last: 'Last lap', best: 'Best lap', gap: 'Gap', lapsBehind: 'Gap', interval: 'Int.', laps: 'Laps', onTrack: 'On track', stops: 'Pits' },
  freeLabels: { laps: 'Laps', category: 'Category', best: 'Best lap', penalty: 'Penalty', startPosition: 'Pos.', pitTime: 'Pit time', raceTime: 'Time', firstName: 'First name', lastName: 'Last name' },
  lap: { one: 'Lap', many: 'Laps', leader: 'Lap' },
  lapPenalty: '1 Lap',
  numberWord: 'No.',
  weather: { air: 'Air', dryTrack: 'Track : Dry' },
  titles: { practice: 'FREE PRACTICE', qualifying: 'QUALIFYING', race: 'RACE' },
  control: { start: 'Start', finish: 'FINISH', yellow: 'Yellow flag', red: 'Red flag', safetyCar: 'Safety car', green: 'Green flag' },
  penalty: 'Penalty',
  warning: 'Warning',
  pitTime: 'Pit time :',
  pitSpeed: 'Pit lane speed',
  conduct: 'Driving standards',
  bestLap: 'Best lap',
  reasons: { contact: 'CONTACT', 'yellow-flag': 'YELLOW FLAG', 'pit-too-short': 'PIT STOP TOO SHORT', 'stint-too-long': 'STINT TOO LONG', 'pit-closed': 'PIT LANE CLOSED', 'stop-missing': 'STOP MISSING', 'seconds-not-served': 'SECONDS NOT SERVED' },
};
