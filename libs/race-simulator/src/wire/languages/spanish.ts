import type { Language } from './language.js';

/** Spanish pages. */
export const spanish: Language = {
  code: 'es',
  effects: 'Mostrar Efectos',
  comments: 'Comentarios',
  bests: { heading: 'Mejor', lap: 'Vuelta', ideal: 'Ideal' },
  labels: { position: 'Clasif.', number: 'Kart', nation: 'Nación', category: 'Clase', name: 'Equipo', s1: 'S1', s2: 'S2', s3: 'S3', last: 'Última vuelta', best: 'Mejor vuelta', gap: 'Gap', lapsBehind: 'Gap', interval: 'Interv.', laps: 'Vueltas', onTrack: 'TRACK/PIT', stops: 'Pits' },
  freeLabels: { laps: 'Vueltas', category: 'Categoría', best: 'M. Vuelta', penalty: 'Penalización', startPosition: 'Pos.', pitTime: 'Tiempo Pit', raceTime: 'Tiempo', lapSpeed: 'Km/h' },
  lap: { one: 'Vuelta', many: 'Vueltas', leader: 'Vuelta' },
  lapPenalty: '1 Vta.',
  numberWord: 'Nº.',
  weather: { air: 'Aire', dryTrack: 'Pista : Seco' },
  titles: { practice: 'ENTRENOS LIBRES', qualifying: 'Clasificación', race: 'ENDURANCE ' },
  control: { start: 'Start', finish: 'Llegada', yellow: 'Bandera amarilla', red: 'Bandera roja', safetyCar: 'Safety car', green: 'Bandera verde' },
  penalty: 'Penalización',
  warning: 'Advertencia',
  pitTime: 'Tiempo Pit',
  pitSpeed: 'VELOCIDAD EN PIT',
  conduct: 'CONDUCCIÓN',
  bestLap: 'Mejor vuelta',
  reasons: { contact: 'POR GOLPEAR', 'yellow-flag': 'BANDERA AMARILLA', 'pit-too-short': 'TIEMPO PIT', 'stint-too-long': 'STINT DEMASIADO LARGO', 'pit-closed': 'PIT CERRADO', 'stop-missing': 'FALTA UNA PARADA', 'seconds-not-served': 'SEGUNDOS NO CUMPLIDOS' },
};
