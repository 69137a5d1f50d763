import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type RaceTruth, SimulatedRace, type SimulatedFrame, raceOptions } from '@lts/race-simulator';

const MINUTE_MS = 60_000;

/** A generated race as a recording in a file, and what really happened in it. */
export interface RecordedRace {
  path: string;
  frames: SimulatedFrame[];
  truth: RaceTruth;
}

export function recordRace(folder: string, options: { seed: number; minutes: number; startMs?: number }): RecordedRace {
  const race = new SimulatedRace(raceOptions({ seed: options.seed, teams: 8, durationMs: options.minutes * MINUTE_MS, ...(options.startMs === undefined ? {} : { startMs: options.startMs }) }));
  const frames = [...race.frames()];
  const path = join(folder, `race-${options.seed}.ndjson`);
  writeRecording(path, frames);
  return { path, frames, truth: race.truth() };
}

export function writeRecording(path: string, frames: readonly SimulatedFrame[]): void {
  writeFileSync(path, frames.map(({ atMs, text }) => `${JSON.stringify({ receivedAtMs: atMs, text })}\n`).join(''));
}
