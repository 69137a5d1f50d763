import type { Dialect } from '../dialect.js';
import { spanish } from '../languages/spanish.js';

/**
 * A Spanish rental circuit's 12-hour race: lap count untyped in qualifying and typed in the race, pit clock and stop count,
 * a penalty column, names that flip with driving minutes, the lap of a stop closed by the line after the exit, suspensions
 * under yellow with a rollback and lone entry marks, the page sent three times more after the flag behind an empty block.
 * Entry marks come twice, the log is edited and emptied, best laps go to the foot of the page, some teams get their own plate.
 */
export const spanishEndurance: Dialect = {
  name: 'es-endurance',
  help: 'Spanish rental circuit, 12-hour race: names flip, pit clock, next crossing closes the lap of a stop',
  language: spanish,
  flavour: 'rental',
  circuit: { name: 'ADULTO', lengthM: 1_100, lapMs: 66_000, loops: [], pit: { closes: 'line', entryAt: 0.81, exitToLine: 0.12 }, start: 'standing' },
  event: '12H RESISTENCIA',
  titles: null,
  columns: {
    trials: ['group', 'status', 'position', 'number', 'name', 'last', 'best', 'gap', 'interval', 'laps:free', 'onTrack', 'penalty', 'stops'],
    race: ['group', 'status', 'position', 'number', 'name', 'laps', 'last', 'gap', 'interval', 'best', 'onTrack', 'penalty', 'stops'],
  },
  rows: { size: 'rental', stable: true },
  names: { kind: 'flip', minutes: true },
  clock: 'countdown',
  numbers: 'team',
  sectorDigits: 3,
  lights: { suspended: 'ly', safetyCar: 'ly' },
  gmtHours: 2,
  pages: { everyMs: null, afterFlag: 3, blankBefore: true },
  blankBetween: false,
  shares: { splitLaps: 0.04, splitEntries: 0.36, repaints: 0.001, retouched: 0.000_5 },
  strayEntries: true,
  joinedAfterMs: null,
  oddities: ['entry-mark-twice', 'log-edited', 'bests-on-ticker', 'own-colours', 'untidy-names'],
};

/**
 * A Spanish championship on the second kind of server: another page order with a table of bests and a second clock, laps
 * counted down on the clock, three sectors, nationality, typed category, best lap in an untyped column, start position, no
 * lap count and no pit clock, small row ids that are new in each session, the page repeated and the finish light many times;
 * the mark of an intermediate often follows its time a frame later, who is laps behind has a mark of his own, the best sectors
 * stand there in the pits and after the flag.
 */
export const spanishChampionship: Dialect = {
  ...spanishEndurance,
  name: 'es-championship',
  help: 'Spanish championship on the second kind of server: run over laps, three sectors, nationality, table of bests, no lap count',
  flavour: 'championship',
  circuit: { name: 'CIRCUITO SUR', lengthM: 1_560, lapMs: 98_000, loops: [0.06, 0.92], pit: { closes: 'line', entryAt: 0.93, exitToLine: 0.03 }, start: 'rolling' },
  event: 'SENIOR',
  columns: {
    trials: ['group', 'status', 'position', 'startPosition', 'number', 'nation', 'name', 'category', 's1', 's2', 's3', 'last', 'best:free', 'gap', 'interval'],
    race: ['group', 'status', 'position', 'startPosition', 'number', 'nation', 'name', 'category', 's1', 's2', 's3', 'last', 'best:free', 'gap', 'interval'],
  },
  rows: { size: 'small', stable: false },
  names: { kind: 'team' },
  clock: 'laps',
  lights: { suspended: 'lr', safetyCar: 'ly' },
  gmtHours: 1,
  pages: { everyMs: null, afterFlag: 1, blankBefore: false },
  blankBetween: true,
  shares: { splitLaps: 0, splitEntries: 0.3, repaints: 0.005, retouched: 0 },
  strayEntries: false,
  oddities: ['sector-marks-late', 'best-sectors-shown', 'light-repeated', 'lapped-mark'],
};

/**
 * Sprints at a Spanish circuit, one session after another with new rows: titles empty at first and those of the next session
 * for some seconds, a superpole as qualifying and heats as races, no lap count in the race, a length that is corrected before
 * the start, differences below zero, a chequered flag that is taken back, speed of the lap in an untyped column.
 */
export const spanishSprint: Dialect = {
  ...spanishEndurance,
  name: 'es-sprint',
  help: 'Spanish sprints: superpole and heats with new rows each, titles late and flickering, flag and length corrected, no lap count in the race',
  circuit: { name: 'ADULTO', lengthM: 1_100, lapMs: 68_000, loops: [], pit: { closes: 'line', entryAt: 0.85, exitToLine: 0.1 }, start: 'standing' },
  event: 'OPEN DE KARTING',
  titles: { practice: 'ENTRENOS LIBRES', qualifying: 'SUPERPOLE HEAT A-B', race: 'HEAT A-B' },
  columns: {
    trials: ['group', 'status', 'position', 'number', 'name', 'last', 'best', 'gap', 'laps', 'lapSpeed'],
    race: ['group', 'status', 'position', 'number', 'name', 'last', 'gap', 'best', 'lapSpeed'],
  },
  rows: { size: 'small', stable: false },
  names: { kind: 'team' },
  lights: { suspended: 'lr', safetyCar: 'ly' },
  pages: { everyMs: 12 * 60_000, afterFlag: 1, blankBefore: false },
  shares: { splitLaps: 0, splitEntries: 0.3, repaints: 0.005, retouched: 0 },
  strayEntries: false,
  oddities: ['titles-late', 'titles-flicker', 'flag-too-early', 'length-corrected', 'negative-gap'],
};
