import type { Dialect } from '../dialect.js';
import { frenchExit, frenchRental } from './french.js';
import { dutchEntry, englishChampionship, englishEndurance, englishRental, germanSwaps, italianLate, portugueseEndurance } from './others.js';
import { spanishChampionship, spanishEndurance, spanishSprint } from './spanish.js';

/** All dialects, by name. */
export const dialects: readonly [Dialect, ...Dialect[]] = [spanishEndurance, spanishChampionship, frenchRental, frenchExit, englishEndurance, englishRental, italianLate, portugueseEndurance, dutchEntry, germanSwaps, spanishSprint, englishChampionship];
