import type { RaceOptions } from './race-options.js';
import type { SeededRandom } from './seeded-random.js';

/** A stop as it really was, Unix ms. */
export interface TrueStop {
  inAtMs: number;
  outAtMs: number | null;
}

/** A lap as it really was. */
export interface TrueLap {
  timeMs: number;
  /** When the line was crossed, Unix ms. */
  atMs: number;
  driver: string;
}

/** What a team and its kart do next. */
export interface NextEvent {
  kind: 'cross' | 'pit-in' | 'pit-out';
  atMs: number;
}

/** A team in the race: who drives, how fast, and what it has done. */
export interface Kart {
  code: string;
  number: number;
  team: string;
  drivers: readonly string[];
  driver: number;
  /** Time on track of each driver so far, ms, and since when the present one is out. */
  drivenMs: number[];
  outSinceMs: number;
  paceMs: number;
  /** Laps after which the team stops, rising. */
  stopsAfterLaps: number[];
  laps: TrueLap[];
  stops: TrueStop[];
  bestMs: number | null;
  lapStartMs: number;
  next: NextEvent;
  inPit: boolean;
  finished: boolean;
}

const TEAMS = ['KESTREL', 'NIGHT OWLS', 'RED LANTERN', 'APEX FOXES', 'LAST GASP', 'IRON MOTH', 'BLUE HERON', 'SLIPSTREAM', 'SLOW PUNCTURE', 'GREEN FLAG', 'SIDEWINDERS', 'FULL TANK'];
const LAP_SPREAD_MS = 350;
const PIT_LANE_AT = 0.93;
const AFTER_EXIT_MS = 7_000;
const GRID_GAP_MS = 400;

/** The grid of a race; every draw comes from `random`, so that a seed gives one field. */
export function startingGrid(options: RaceOptions, random: SeededRandom): Kart[] {
  return Array.from({ length: options.teams }, (_, index) => {
    const name = TEAMS[index % TEAMS.length] ?? '';
    const letters = ['A', 'B', 'C'];
    const kart: Kart = {
      code: `r${4_100 + index * 7}`,
      number: index + 1,
      team: index < TEAMS.length ? name : `${name} ${Math.floor(index / TEAMS.length) + 1}`,
      drivers: letters.map((letter) => `DRIVER ${index + 1}${letter}`),
      driver: 0,
      drivenMs: letters.map(() => 0),
      outSinceMs: options.startMs,
      paceMs: options.lapMs * random.between(0.985, 1.02),
      stopsAfterLaps: stopPlan(options, random),
      laps: [],
      stops: [],
      bestMs: null,
      lapStartMs: options.startMs,
      next: { kind: 'cross', atMs: 0 },
      inPit: false,
      finished: false,
    };
    kart.next = { kind: 'cross', atMs: options.startMs + index * GRID_GAP_MS + 2_500 + lapTime(kart, random) };
    return kart;
  });
}

/** Stops spread over the race, each a few laps off the even plan. */
function stopPlan({ durationMs, lapMs, stops }: RaceOptions, random: SeededRandom): number[] {
  const laps = durationMs / lapMs;
  const plan = Array.from({ length: stops }, (_, index) => Math.max(1, Math.round((laps * (index + 1)) / (stops + 1)) + random.whole(-2, 2)));
  return [...new Set(plan)].sort((left, right) => left - right);
}

function lapTime(kart: Kart, random: SeededRandom): number {
  return Math.round(kart.paceMs + Math.max(-2, random.bell()) * LAP_SPREAD_MS);
}

/** The event after a crossing: the next one, or the pit lane. */
export function planLap(kart: Kart, random: SeededRandom): void {
  const lapMs = lapTime(kart, random);
  const stops = kart.stopsAfterLaps[0] !== undefined && kart.laps.length >= kart.stopsAfterLaps[0];
  kart.next = stops ? { kind: 'pit-in', atMs: kart.lapStartMs + Math.round(lapMs * PIT_LANE_AT) } : { kind: 'cross', atMs: kart.lapStartMs + lapMs };
}

/** Into the pit lane: the stop begins, the next driver gets ready. */
export function enterPit(kart: Kart, options: RaceOptions, random: SeededRandom): void {
  const { atMs } = kart.next;
  kart.stopsAfterLaps.shift();
  kart.inPit = true;
  kart.drivenMs[kart.driver] = (kart.drivenMs[kart.driver] ?? 0) + atMs - kart.outSinceMs;
  kart.stops.push({ inAtMs: atMs, outAtMs: null });
  kart.next = { kind: 'pit-out', atMs: atMs + Math.round(options.pitMs * random.between(1, 1.08)) };
}

/** Out of the pit lane; the line comes a little later. */
export function leavePit(kart: Kart): void {
  const { atMs } = kart.next;
  const stop = kart.stops.at(-1);
  if (stop !== undefined) stop.outAtMs = atMs;
  kart.inPit = false;
  kart.outSinceMs = atMs;
  kart.next = { kind: 'cross', atMs: atMs + AFTER_EXIT_MS };
}

/** Over the line. */
export function completeLap(kart: Kart): TrueLap {
  const { atMs } = kart.next;
  const lap = { timeMs: atMs - kart.lapStartMs, atMs, driver: kart.drivers[kart.driver] ?? '' };
  kart.laps.push(lap);
  kart.lapStartMs = atMs;
  return lap;
}
