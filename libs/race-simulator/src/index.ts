export { raceOptions } from './race-options.js';
export type { RaceOptions } from './race-options.js';
export { SimulatedRace } from './simulated-race.js';
export type { RaceTruth, SimulatedFrame } from './simulated-race.js';
export type { TrueLap, TrueStop } from './kart.js';
