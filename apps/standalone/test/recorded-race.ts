import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LapTruth, Simulation, type SimulatedFrame, type TruthRecord } from '@lts/race-simulator';

/** What really happened to a team. */
export interface TrueTeam {
  code: string;
  position: number;
  /** Laps that count, and how many there are officially. */
  laps: LapTruth[];
  official: number;
  bestMs: number | null;
  stops: number;
}

/** A generated race as a recording in a file, and what really happened in it. */
export interface RecordedRace {
  path: string;
  frames: SimulatedFrame[];
  teams: TrueTeam[];
}

export function recordRace(folder: string, options: { seed: number; minutes: number; startMs?: number }): RecordedRace {
  const simulation = new Simulation({ seed: options.seed, hours: options.minutes / 60, teams: 8, rules: 'short-stints-13h', dialect: 'de-kart-numbers', startMs: options.startMs ?? Date.UTC(2026, 0, 1, 10), day: false, eventful: false });
  // blank frames only keep the connection alive; they are not part of a recording
  const frames = [...simulation.frames()].filter(({ text }) => text !== '');
  const path = join(folder, `race-${options.seed}.ndjson`);
  writeRecording(path, frames);
  return { path, frames, teams: trueTeams(simulation.takeTruth()) };
}

export function writeRecording(path: string, frames: readonly SimulatedFrame[]): void {
  writeFileSync(path, frames.map(({ atMs, text }) => `${JSON.stringify({ receivedAtMs: atMs, text })}\n`).join(''));
}

/** The records of a race, folded to one state a team. */
function trueTeams(records: readonly TruthRecord[]): TrueTeam[] {
  const laps = new Map<string, LapTruth[]>();
  for (const record of records) {
    if (record.kind === 'lap') laps.set(record.row, [...(laps.get(record.row) ?? []), record]);
    if (record.kind === 'withdraw-laps' && record.laps > 0) laps.get(record.row)?.splice(-record.laps, record.laps);
  }
  return records.flatMap((record) =>
    record.kind === 'result' ? [{ code: record.row, position: record.position, laps: laps.get(record.row) ?? [], official: record.laps, bestMs: record.bestLapMs, stops: record.stops }] : [],
  );
}
