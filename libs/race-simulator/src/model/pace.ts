import type { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import type { Driver, Kart } from './entry.js';
import { onThisTrack } from './field.js';

/** What decides the next lap of a kart. */
export interface LapConditions {
  driver: Driver;
  kart: Kart;
  /** Laps completed since the last stop or the start. */
  lapOfStint: number;
  stintMs: number;
  /** Time since the session began, and its length. */
  elapsedMs: number;
  lengthMs: number;
  /** Draw of this stint: tyres, traffic and mood that stay for it. */
  stintOffsetMs: number;
  /** Whether somebody slower is right ahead. */
  held: boolean;
  /** Scatter of the lap before, of which a part stays. */
  lastScatterMs: number;
}

const CORE_SPREAD_MS = 430;
const CARRIED = 0.28;
const INCIDENT_CHANCE = 0.135;
const INCIDENT_LEAST_MS = 830;
const INCIDENT_TAIL = 1.85;
const INCIDENT_MOST_MS = 45_000;
const DRIFT_MS = 1_100;
const HELD_MS = 300;
const HOUR_MS = 3_600_000;

/** What a lap costs while tyres and driver warm up, by lap of the stint, ms; the last value holds on. */
const WARM_UP_MS = [1_300, 1_000, 680, 510, 460, 300, 220, 170, 130, 110, 90, 70, 60, 50, 45, 40, 40, 40, 40, 40] as const;

/**
 * Lap times as measured on a 24-hour race: a bell of half a second of which a part carries over to the next lap, with a heavy
 * tail to the slow side (one lap in ten more than 1 s, one in thirty more than 2 s, one in a hundred more than 4 s above the
 * stint's median), warm-up after a stop, and a track that drifts by some 2 s over the day.
 */
export class Pace {
  constructor(private readonly circuit: Circuit, private readonly random: SeededRandom) {}

  /** Draw for a stint, for `stintOffsetMs`. */
  stint(): number {
    return this.random.bell() * onThisTrack(170, this.circuit);
  }

  /** Time of an undisturbed lap and the part of it that is scatter. */
  lap(conditions: LapConditions): { lapMs: number; scatterMs: number } {
    const { driver, kart, lapOfStint, stintMs, stintOffsetMs, held } = conditions;
    const scatterMs = CARRIED * conditions.lastScatterMs + this.random.bell() * this.scaled(CORE_SPREAD_MS) * driver.scatter;
    const warmUpMs = this.scaled(WARM_UP_MS[Math.min(lapOfStint, WARM_UP_MS.length - 1)] ?? 0);
    const lapMs =
      this.circuit.lapMs +
      driver.paceMs +
      kart.qualityMs +
      stintOffsetMs +
      scatterMs +
      warmUpMs +
      this.driftMs(conditions) +
      this.incidentMs() +
      (driver.fatigueMsPerHour * stintMs) / HOUR_MS +
      (held ? this.scaled(HELD_MS) : 0);
    return { lapMs: Math.round(Math.max(lapMs, this.circuit.lapMs * 0.9)), scatterMs };
  }

  /** The track is slow at first, quickest in the middle, slow again: one wave over the length of a session. */
  private driftMs({ elapsedMs, lengthMs }: LapConditions): number {
    return this.scaled(DRIFT_MS) * Math.cos((2 * Math.PI * elapsedMs) / Math.max(lengthMs, HOUR_MS));
  }

  /** Spins, traffic, mistakes: rare and of any size. */
  private incidentMs(): number {
    if (!this.random.chance(INCIDENT_CHANCE)) return 0;
    const lost = INCIDENT_LEAST_MS * (1 - this.random.next()) ** (-1 / INCIDENT_TAIL);
    return this.scaled(Math.min(lost, INCIDENT_MOST_MS));
  }

  private scaled(spreadMs: number): number {
    return onThisTrack(spreadMs, this.circuit);
  }
}
