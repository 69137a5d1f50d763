import type { PenaltyScale, RuleSet } from './rule-set.js';

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

/** 10 s and the missing time; 10 s a started minute of stint; 20 s for a closed lane; five laps a missing turn. */
const secondsScale: PenaltyScale = {
  shortStop: (missingMs) => 10 + Math.ceil(missingMs / SECOND_MS),
  overstayedPerMinute: 10,
  closedPit: 20,
  missingStopLaps: 5,
};

/** 20 s for each started 10 s of a short stop; five laps a missing stop. */
const stepScale: PenaltyScale = { ...secondsScale, shortStop: (missingMs) => 20 * Math.ceil(missingMs / (10 * SECOND_MS)) };

const pomposa: RuleSet = {
  name: 'pomposa-24h',
  help: '24 h, 29 changes (PRO) or 39 (AMA) of at least 120 s, stint at most 60 min, driver and kart change at each, pits closed in the last 5 min',
  hours: 24,
  categories: [
    { name: 'PRO', share: 0.4, stops: 29, maxStintMs: 60 * MINUTE_MS },
    { name: 'AMA', share: 0.6, stops: 39, maxStintMs: 60 * MINUTE_MS },
  ],
  minPitMs: 120 * SECOND_MS,
  minStintMs: 0,
  closedFirstMs: 0,
  closedLastMs: 5 * MINUTE_MS,
  windowHalfMs: null,
  drivers: { least: 3, most: 6 },
  driverChange: 'every-stop',
  karts: { change: true, rows: 2, draw: 'in-turn' },
  penalties: secondsScale,
};

const soleLuna: RuleSet = {
  ...pomposa,
  name: 'sole-luna-25h',
  help: '25 h, 31 stops (PRO), 32 (SEMIPRO), 33 (GENTLEMAN) of at least 3:30, 3 min between stops, pits closed in the first 5 and last 10 min, kart drawn by coloured balls from 5 rows',
  hours: 25,
  categories: [
    { name: 'PRO', share: 0.3, stops: 31, maxStintMs: null },
    { name: 'SEMIPRO', share: 0.4, stops: 32, maxStintMs: null },
    { name: 'GENTLEMAN', share: 0.3, stops: 33, maxStintMs: null },
  ],
  minPitMs: 210 * SECOND_MS,
  minStintMs: 3 * MINUTE_MS,
  closedFirstMs: 5 * MINUTE_MS,
  closedLastMs: 10 * MINUTE_MS,
  driverChange: 'free',
  karts: { change: true, rows: 5, draw: 'drawn' },
};

const palmela: RuleSet = {
  ...pomposa,
  name: 'palmela-25h',
  help: '25 h, 28 stops (PRO) or 34 (AM) of at least 180 s, stint 10 to 80 min (PRO) or 60 min (AM), pits closed in the last 30 min, kart drawn from 2 lanes',
  hours: 25,
  categories: [
    { name: 'PRO', share: 0.4, stops: 28, maxStintMs: 80 * MINUTE_MS },
    { name: 'AM', share: 0.6, stops: 34, maxStintMs: 60 * MINUTE_MS },
  ],
  minPitMs: 180 * SECOND_MS,
  minStintMs: 10 * MINUTE_MS,
  closedLastMs: 30 * MINUTE_MS,
  driverChange: 'free',
  karts: { change: true, rows: 2, draw: 'drawn' },
  penalties: stepScale,
};

const madonna: RuleSet = {
  ...pomposa,
  name: 'madonna-6h',
  help: '6 h, 5 quick changes of at least 90 s, each within 10 min of a full hour, stint at least 20 min, driver change at each, karts kept, pits closed in the last 10 min',
  hours: 6,
  categories: [{ name: 'OPEN', share: 1, stops: 5, maxStintMs: null }],
  minPitMs: 90 * SECOND_MS,
  minStintMs: 20 * MINUTE_MS,
  closedLastMs: 10 * MINUTE_MS,
  windowHalfMs: 10 * MINUTE_MS,
  karts: { change: false, rows: 0, draw: 'in-turn' },
};

const shortStints: RuleSet = {
  ...pomposa,
  name: 'short-stints-13h',
  help: '13 h, 23 stops of at least 180 s, stint at most 45 min, kart change at each, pits closed in the last 5 min',
  hours: 13,
  categories: [{ name: 'OPEN', share: 1, stops: 23, maxStintMs: 45 * MINUTE_MS }],
  minPitMs: 180 * SECOND_MS,
  driverChange: 'free',
  karts: { change: true, rows: 3, draw: 'in-turn' },
  penalties: stepScale,
};

const freePit: RuleSet = {
  ...pomposa,
  name: 'free-pit-24h',
  help: '24 h, stint at most 45 min and so about 33 stops, their length free (median 103 s), PRO, AM and ROOKIE, teams of up to 9',
  hours: 24,
  categories: [
    { name: 'PRO', share: 0.3, stops: 32, maxStintMs: 45 * MINUTE_MS },
    { name: 'AM', share: 0.5, stops: 32, maxStintMs: 45 * MINUTE_MS },
    { name: 'ROOKIE', share: 0.2, stops: 32, maxStintMs: 45 * MINUTE_MS },
  ],
  minPitMs: null,
  closedLastMs: 0,
  drivers: { least: 4, most: 9 },
  driverChange: 'free',
  karts: { change: true, rows: 2, draw: 'in-turn' },
};

/** Rules of real events, by name. */
export const ruleSets: readonly [RuleSet, ...RuleSet[]] = [pomposa, soleLuna, palmela, madonna, shortStints, freePit];
