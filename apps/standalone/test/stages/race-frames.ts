import { Simulation, type SimulationOptions } from '@lts/race-simulator';

/** What a generated race is made of. */
export interface RaceFramesOptions {
  seed: number;
  minutes: number;
  dialect: string;
  /** A whole page is sent again after so many frames, as the provider does now and then; never when not given. */
  pageEvery?: number;
}

const TEAMS = 8;
const RULES = 'short-stints-13h';
/** The moment at which the races of the app simulator start. */
const START_MS = Date.UTC(2026, 0, 3, 10);

/** Texts of the frames of a generated race, blank ones left out. */
export function raceFrames(race: RaceFramesOptions): string[] {
  const simulation = new Simulation(optionsOf(race));
  const texts: string[] = [];
  for (const { text } of simulation.frames()) {
    if (text === '') continue;
    texts.push(text);
    if (race.pageEvery !== undefined && texts.length % race.pageEvery === 0) texts.push(simulation.page() ?? '');
  }
  return texts.filter((text) => text !== '');
}

/** The arguments with which the app simulator sends the same frames, as fast as they are read. */
export function simulatorArguments({ seed, minutes, dialect }: RaceFramesOptions, port: number): string[] {
  const { hours } = optionsOf({ seed, minutes, dialect });
  return ['simulator', '--port', String(port), '--seed', String(seed), '--dialect', dialect, '--hours', String(hours), '--teams', String(TEAMS), '--rules', RULES, '--eventful', 'true', '--speed', 'max'];
}

function optionsOf({ seed, minutes, dialect }: RaceFramesOptions): SimulationOptions {
  return { seed, dialect, hours: minutes / 60, teams: TEAMS, rules: RULES, startMs: START_MS, day: false, eventful: true };
}
