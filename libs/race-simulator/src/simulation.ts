import { raceOptions } from './race-options.js';
import { SimulatedRace } from './simulated-race.js';
import type { SimulatedFrame } from './simulated-frame.js';
import type { Choice, SimulationOptions } from './simulation-options.js';
import type { TruthRecord } from './truth/truth-record.js';

/** Dialects of the wire. */
export const DIALECTS: readonly Choice[] = [{ name: 'en-rental', help: 'English rental circuit' }];

/** Rules of events. */
export const RULE_SETS: readonly Choice[] = [{ name: 'plain', help: 'a stop about every twenty minutes' }];

/** A day of racing: its feed, the page of the present moment, and the truth. */
export class Simulation {
  private readonly race: SimulatedRace;

  /** @throws Error that lists the known names when there is no such dialect or rule set */
  constructor(options: SimulationOptions) {
    this.race = new SimulatedRace(raceOptions({ seed: options.seed, teams: options.teams, durationMs: options.hours * 3_600_000, startMs: options.startMs }));
  }

  /** Frames in order of time. Can be run once. */
  *frames(): Generator<SimulatedFrame> {
    yield* this.race.frames();
  }

  /** What a client is sent that joins now, after the last frame that was taken; null before there is a page. */
  page(): string | null {
    return this.race.page();
  }

  /** The records of what has happened since the last call. */
  takeTruth(): TruthRecord[] {
    return [];
  }
}
