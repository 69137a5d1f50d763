import { Simulation } from '@lts/race-simulator';

/** What a generated race is made of. */
export interface RaceFramesOptions {
  seed: number;
  minutes: number;
  dialect: string;
  /** A whole page is sent again after so many frames, as the provider does now and then. */
  pageEvery: number;
}

/** Texts of the frames of a generated race, blank ones left out. */
export function raceFrames({ seed, minutes, dialect, pageEvery }: RaceFramesOptions): string[] {
  const simulation = new Simulation({ seed, hours: minutes / 60, teams: 8, rules: 'short-stints-13h', dialect, startMs: Date.UTC(2026, 0, 1, 10), day: false, eventful: true });
  const texts: string[] = [];
  for (const { text } of simulation.frames()) {
    if (text === '') continue;
    texts.push(text);
    if (texts.length % pageEvery === 0) texts.push(simulation.page() ?? '');
  }
  return texts.filter((text) => text !== '');
}
