import type { Dialect } from '../dialect.js';
import { french } from '../languages/french.js';
import { spanishEndurance } from './spanish.js';

/**
 * A French indoor and outdoor rental circuit: sectors in hundredths of a second, row ids of six and of nine digits in one
 * table, a page with nothing but a header first, names that flip with minutes and before the start without, lap count and pit clock, entry that clears the sectors, the page sent again in the middle of a race,
 * intervals that are emptied at a crossing and filled in the next frame.
 */
export const frenchRental: Dialect = {
  ...spanishEndurance,
  name: 'fr-rental',
  help: 'French rental circuit: sectors in hundredths, row ids of six and nine digits, page repeated in the race',
  language: french,
  circuit: { name: 'Piste', lengthM: 1_200, lapMs: 68_000, loops: [0.36, 0.67], pit: { closes: 'line', entryAt: 0.9, exitToLine: 0.05 }, start: 'rolling' },
  event: 'ENDURANCE 1200M GP EQUIPE',
  columns: {
    trials: ['status', 'position', 'number', 'name', 's1', 's2', 's3', 'last', 'best', 'gap', 'laps', 'onTrack'],
    race: ['status', 'position', 'number', 'name', 's1', 's2', 's3', 'last', 'best', 'gap', 'interval', 'laps', 'onTrack', 'stops'],
  },
  rows: { size: 'mixed', stable: true },
  sectorDigits: 2,
  lights: { suspended: 'lr', safetyCar: 'lsc' },
  pages: { everyMs: 25 * 60_000, afterFlag: 0, blankBefore: false },
  shares: { splitLaps: 0.01, splitEntries: 0.1, repaints: 0.02, retouched: 0 },
  strayEntries: false,
  oddities: ['intervals-refilled', 'header-first', 'names-flip-early', 'silent-first-exit'],
};

/**
 * A French circuit whose exit loop closes the lap of a stop, so that the lap lasts as long as the stay in the pit lane; names
 * flip without minutes, categories in an untyped column, an empty page between sessions.
 */
export const frenchExit: Dialect = {
  ...frenchRental,
  name: 'fr-exit-loop',
  help: 'French circuit whose exit loop closes the lap of a stop; untyped category, names without minutes',
  circuit: { name: 'Karting 2', lengthM: 1_384, lapMs: 72_000, loops: [], pit: { closes: 'exit', entryAt: 0.01, exitToLine: 1 }, start: 'standing' },
  event: '6H ENDURANCE',
  columns: {
    trials: ['status', 'position', 'number', 'name', 'category:free', 'last', 'best', 'gap', 'laps'],
    race: ['status', 'position', 'number', 'name', 'last', 'category:free', 'interval', 'gap', 'laps', 'onTrack', 'best', 'stops', 'penalty'],
  },
  rows: { size: 'rental', stable: false },
  names: { kind: 'flip', minutes: false },
  lights: { suspended: 'lr', safetyCar: 'ly' },
  pages: { everyMs: null, afterFlag: 0, blankBefore: false },
  blankBetween: true,
  oddities: [],
};
