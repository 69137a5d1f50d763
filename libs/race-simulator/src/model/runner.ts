import type { Driver, Entry, Kart } from './entry.js';
import type { StopReason } from './race-event.js';

/** Something that a team will reach. */
export interface Waypoint {
  kind: 'first-passage' | 'loop' | 'line' | 'pit-in' | 'driver-change' | 'kart-change' | 'pit-out' | 'breakdown';
  atMs: number;
}

/** A stop that is under way. */
export interface OpenStop {
  inAtMs: number;
  why: StopReason;
  /** Time in the pit lane that is asked for, penalties included. */
  dueMs: number;
}

/** A team on its way through a session. */
export interface Runner {
  readonly entry: Entry;
  kart: Kart;
  driver: Driver;
  /** Time in the kart of each driver so far, ms; the running stint is added when it ends. */
  readonly drivenMs: Map<string, number>;
  /** Since when the present driver is on track; null in the pits and before the start. */
  outSinceMs: number | null;
  lapOfStint: number;
  stintOffsetMs: number;
  lastScatterMs: number;
  /** When the running lap and the running sector began, and the sectors done. */
  lapStartMs: number;
  loopMs: number;
  sectors: number[];
  /** What lies ahead, in order of time. */
  path: Waypoint[];
  stop: OpenStop | null;
  /** When each entry into the pits was that still counts, and each one that the rules ask for. */
  entriesAtMs: number[];
  servedAtMs: number[];
  /** Seconds of penalty to be served at the next stop, ms. */
  owedMs: number;
  /** A passage through the pit lane is owed. */
  mustPass: boolean;
  /** The kart was towed and needs repair. */
  broken: boolean;
  state: 'waiting' | 'running' | 'in-pit' | 'finished' | 'retired';
}

/** A team before it has done anything. */
export function newRunner(entry: Entry, kart: Kart): Runner {
  return {
    entry,
    kart,
    driver: entry.drivers[0],
    drivenMs: new Map(entry.drivers.map(({ name }) => [name, 0])),
    outSinceMs: null,
    lapOfStint: 0,
    stintOffsetMs: 0,
    lastScatterMs: 0,
    lapStartMs: 0,
    loopMs: 0,
    sectors: [],
    path: [],
    stop: null,
    entriesAtMs: [],
    servedAtMs: [],
    owedMs: 0,
    mustPass: false,
    broken: false,
    state: 'waiting',
  };
}

/** The present driver gets out: his time is booked. */
export function bookStint(runner: Runner, atMs: number): void {
  if (runner.outSinceMs === null) return;
  const { name } = runner.driver;
  runner.drivenMs.set(name, (runner.drivenMs.get(name) ?? 0) + atMs - runner.outSinceMs);
  runner.outSinceMs = null;
}

/** Whoever of the team has driven least goes next; a team that must change takes somebody else. */
export function nextDriver(runner: Runner, mustChange: boolean): Driver {
  const drivenMs = ({ name }: Driver): number => runner.drivenMs.get(name) ?? 0;
  const choices: readonly Driver[] = mustChange ? runner.entry.drivers.filter((driver) => driver !== runner.driver) : runner.entry.drivers;
  return choices.reduce<Driver>((least, driver) => (drivenMs(driver) < drivenMs(least) ? driver : least), choices[0] ?? runner.driver);
}
