import type { Dialect } from '../dialect.js';
import { dutch } from '../languages/dutch.js';
import { english } from '../languages/english.js';
import { german } from '../languages/german.js';
import { italian } from '../languages/italian.js';
import { portuguese } from '../languages/portuguese.js';
import { frenchRental } from './french.js';
import { spanishChampionship, spanishEndurance } from './spanish.js';

/**
 * Rental sessions at a Belgian circuit with English labels: crews as one name with slashes, many unasked pages, two of them in
 * one second, the page of the session before kept on show, a safety car light of its own, numbers in the log without colour.
 */
export const englishRental: Dialect = {
  ...spanishEndurance,
  name: 'en-rental',
  help: 'Circuit with English labels: crews in one cell, pages sent again every ten minutes, safety car light',
  language: english,
  circuit: { name: 'PROVING GROUND', lengthM: 1_100, lapMs: 62_000, loops: [], pit: { closes: 'line', entryAt: 0.88, exitToLine: 0.06 }, start: 'standing' },
  event: 'CLUB ENDURANCE',
  columns: {
    trials: ['status', 'position', 'number', 'name', 'last', 'best', 'gap', 'laps'],
    race: ['status', 'position', 'number', 'name', 'laps', 'last', 'best', 'gap', 'interval', 'onTrack', 'stops'],
  },
  rows: { size: 'small', stable: true },
  names: { kind: 'crew' },
  lights: { suspended: 'lr', safetyCar: 'lsc' },
  gmtHours: 1,
  pages: { everyMs: 10 * 60_000, afterFlag: 0, blankBefore: false },
  shares: { splitLaps: 0.02, splitEntries: 0.2, repaints: 0.005, retouched: 0.001 },
  strayEntries: false,
  oddities: ['page-twice', 'plain-log-numbers'],
};

/**
 * A Czech circuit's 4-hour endurance race with English labels: categories in a typed column, three sectors, names that flip
 * with driving minutes, lap count, pit clock and stop count; a clock that runs out while the leader finishes his lap.
 */
export const englishEndurance: Dialect = {
  ...englishRental,
  name: 'en-endurance',
  help: 'Endurance race with English labels: categories, sectors, names flip with minutes, the most columns',
  circuit: { name: 'PROVING GROUND', lengthM: 1_170, lapMs: 63_000, loops: [0.34, 0.68], pit: { closes: 'line', entryAt: 0.9, exitToLine: 0.06 }, start: 'standing' },
  event: 'ENDURANCE CUP',
  columns: {
    trials: ['status', 'position', 'number', 'category', 'name', 's1', 's2', 's3', 'last', 'best', 'gap', 'laps'],
    race: ['group', 'status', 'position', 'number', 'category', 'name', 's1', 's2', 's3', 'last', 'best', 'gap', 'interval', 'laps', 'onTrack', 'stops', 'penalty'],
  },
  rows: { size: 'rental', stable: true },
  names: { kind: 'flip', minutes: true },
  pages: { everyMs: null, afterFlag: 0, blankBefore: false },
  shares: { splitLaps: 0.03, splitEntries: 0.3, repaints: 0.003, retouched: 0 },
  oddities: [],
};

/**
 * A long race at an Italian circuit that was joined late without a table: updates only, a clock that counts up every fifteen
 * seconds, sectors (above a minute with one decimal), untyped category, club and colour; the last lap goes at the exit from
 * the pits; the table comes with the page that is sent again later.
 */
export const italianLate: Dialect = {
  ...frenchRental,
  name: 'it-joined-late',
  help: 'Italian circuit, long race joined five minutes late without a page, clock counts up',
  language: italian,
  circuit: { name: 'PISTA NORD', lengthM: 1_290, lapMs: 64_000, loops: [0.4], pit: { closes: 'line', entryAt: 0.92, exitToLine: 0.05 }, start: 'rolling' },
  event: '24 ORE',
  columns: {
    trials: ['group', 'status', 'position', 'number', 'name', 'category:free', 's1', 's2', 'last', 'best', 'gap', 'laps'],
    race: ['group', 'status', 'position', 'number', 'name', 'category:free', 'club', 'colour', 's1', 's2', 'last', 'best', 'gap', 'interval', 'laps', 'onTrack', 'stops'],
  },
  rows: { size: 'small', stable: true },
  clock: 'count',
  sectorDigits: 3,
  pages: { everyMs: 8 * 60_000, afterFlag: 0, blankBefore: false },
  joinedAfterMs: 5 * 60_000,
  oddities: ['last-lap-cleared', 'sector-minutes'],
};

/**
 * A Portuguese 24-hour race: two columns of type gap (laps behind, and time or the leader's lap), the race time in an untyped
 * column, no pit columns at all, headers in Portuguese with English words between, a table that is empty before the entries
 * are known, weather.
 */
export const portugueseEndurance: Dialect = {
  ...spanishEndurance,
  name: 'pt-two-gaps',
  help: 'Portuguese circuit: two gap columns, race time in an untyped column, no pit columns',
  language: portuguese,
  circuit: { name: 'KARTÓDROMO', lengthM: 1_250, lapMs: 71_000, loops: [0.35, 0.7], pit: { closes: 'line', entryAt: 0.95, exitToLine: 0.02 }, start: 'standing' },
  event: '24H PORTUGAL 2026',
  columns: {
    trials: ['group', 'status', 'position', 'number', 'name', 's1', 's2', 's3', 'last', 'best', 'laps', 'gap'],
    race: ['group', 'status', 'position', 'number', 'name', 's1', 's2', 's3', 'last', 'lapsBehind', 'best', 'gap', 'raceTime', 'laps'],
  },
  rows: { size: 'small', stable: false },
  lights: { suspended: 'lr', safetyCar: 'lsc' },
  gmtHours: 1,
  pages: { everyMs: null, afterFlag: 1, blankBefore: false },
  strayEntries: false,
  oddities: ['empty-table-first', 'weather'],
};

/**
 * A 24-hour race at a circuit whose entry loop closes the lap of a stop: that lap is some seconds too short and never a best
 * one. No lap count and no sectors, Dutch labels for best lap and time on track, a stop count that is emptied at the entry.
 */
export const dutchEntry: Dialect = {
  ...spanishEndurance,
  name: 'nl-entry-loop',
  help: 'Circuit with Dutch labels whose entry loop closes the lap of a stop; no lap count',
  language: dutch,
  circuit: { name: 'CIRCUIT', lengthM: 1_200, lapMs: 71_000, loops: [], pit: { closes: 'entry', entryAt: 0.925, exitToLine: 0.995 }, start: 'standing' },
  event: '24H ENDURANCE',
  columns: {
    trials: ['status', 'position', 'number', 'name', 'last', 'best', 'gap', 'laps'],
    race: ['status', 'position', 'number', 'name', 'last', 'best', 'gap', 'interval', 'onTrack', 'stops'],
  },
  rows: { size: 'nine-digits', stable: false },
  lights: { suspended: 'lr', safetyCar: 'ly' },
  pages: { everyMs: 45 * 60_000, afterFlag: 0, blankBefore: false },
  blankBetween: true,
  shares: { splitLaps: 0, splitEntries: 0, repaints: 0.005, retouched: 0 },
  strayEntries: false,
  oddities: ['stop-count-emptied'],
};

/**
 * A circuit that shows the kart instead of the team: the number changes during the stop. German labels, the time left as a
 * standing text, pit time in an untyped column, typed category.
 */
export const germanSwaps: Dialect = {
  ...spanishEndurance,
  name: 'de-kart-numbers',
  help: 'Circuit with German labels whose numbers are those of the karts and change during a stop; clock as text',
  language: german,
  circuit: { name: 'KARTBAHN', lengthM: 1_050, lapMs: 58_000, loops: [0.5], pit: { closes: 'line', entryAt: 0.9, exitToLine: 0.06 }, start: 'rolling' },
  event: 'LANGSTRECKENCUP',
  columns: {
    trials: ['status', 'position', 'number', 'category', 'name', 's1', 's2', 'last', 'best', 'gap', 'laps'],
    race: ['status', 'position', 'number', 'category', 'name', 'laps', 's1', 's2', 'last', 'best', 'gap', 'interval', 'onTrack', 'pitTime', 'stops'],
  },
  clock: 'text',
  numbers: 'kart',
  lights: { suspended: 'lr', safetyCar: 'lsc' },
  pages: { everyMs: null, afterFlag: 0, blankBefore: false },
  strayEntries: false,
  oddities: [],
};

/**
 * An international championship on the second kind of server with English labels: best lap under the label `Time` and a dash
 * before there is one, places gained since the grid, a speed trap, first and last names in untyped columns, nationality, what
 * comes next at the foot of the page. No lap count, no pit columns.
 */
export const englishChampionship: Dialect = {
  ...spanishChampionship,
  name: 'en-championship',
  help: 'International championship with English labels: places gained, speed trap, names in untyped columns, dash before the first best lap',
  language: { ...english, labels: { ...english.labels, best: 'Time', name: 'Driver', number: 'No.' } },
  circuit: { name: 'INTERNATIONAL CIRCUIT', lengthM: 1_360, lapMs: 56_000, loops: [0.31, 0.66], pit: { closes: 'line', entryAt: 0.93, exitToLine: 0.04 }, start: 'rolling' },
  event: 'MASTERS - 70 SILVER',
  columns: {
    trials: ['status', 'position', 'number', 'nation', 'name', 'firstName', 'lastName', 's1', 's2', 's3', 'trapSpeed', 'last', 'best', 'gap', 'interval'],
    race: ['status', 'position', 'placesGained', 'number', 'nation', 'name', 's1', 's2', 's3', 'trapSpeed', 'last', 'best', 'gap', 'interval'],
  },
  clock: 'countdown',
  lights: { suspended: 'lr', safetyCar: 'lsc' },
  shares: { splitLaps: 0, splitEntries: 0, repaints: 0.01, retouched: 0 },
  oddities: ['best-dash', 'next-on-ticker', 'sector-marks-late'],
};
