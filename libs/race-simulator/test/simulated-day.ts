import { type LapTruth, type ResultTruth, type SessionTruth, type SimulatedFrame, Simulation, type SimulationOptions, type StopTruth, type TruthRecord } from '../src/index.js';

/** What is known of one session: its records, and the frames from its page to the next session's. */
export interface SimulatedSession {
  begin: SessionTruth;
  records: TruthRecord[];
  frames: SimulatedFrame[];
}

export const HOUR_MS = 3_600_000;

export function options(given: Partial<SimulationOptions>): SimulationOptions {
  return { seed: 1, hours: 1, teams: 10, rules: 'pomposa-24h', dialect: 'es-endurance', startMs: Date.UTC(2026, 5, 6, 10), day: false, eventful: false, ...given };
}

/** Runs a simulation to its end. */
export function run(given: Partial<SimulationOptions>): { frames: SimulatedFrame[]; truth: TruthRecord[]; sessions: SimulatedSession[] } {
  const simulation = new Simulation(options(given));
  const frames = [...simulation.frames()];
  const truth = simulation.takeTruth();
  const starts = truth.flatMap((record, index) => (record.kind === 'session' ? [{ begin: record, index }] : []));
  const sessions = starts.map(({ begin, index }, ordinal) => {
    const next = starts[ordinal + 1];
    const untilMs = next?.begin.atMs ?? Number.POSITIVE_INFINITY;
    return { begin, records: truth.slice(index, next?.index), frames: frames.filter(({ atMs }) => atMs >= begin.atMs && atMs < untilMs) };
  });
  return { frames, truth, sessions };
}

/** Laps that count at the end, by row: what was withdrawn is gone, what was only a penalty stays. */
export function lapsThatCount(records: readonly TruthRecord[]): Map<string, LapTruth[]> {
  const laps = new Map<string, LapTruth[]>();
  for (const record of records) {
    if (record.kind === 'lap') laps.set(record.row, [...(laps.get(record.row) ?? []), record]);
    if (record.kind === 'withdraw-laps' && record.cause !== 'penalty' && record.laps > 0) laps.get(record.row)?.splice(-record.laps, record.laps);
  }
  return laps;
}

export function resultsOf(records: readonly TruthRecord[]): ResultTruth[] {
  return records.filter((record) => record.kind === 'result');
}

export function stopsOf(records: readonly TruthRecord[]): StopTruth[] {
  return records.filter((record) => record.kind === 'stop');
}
