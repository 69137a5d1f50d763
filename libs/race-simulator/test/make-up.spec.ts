import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { describeWithRecordings } from '@lts/testing';
import type { SimulatedFrame } from '../src/index.js';
import { type MakeUp, makeUp } from './make-up.js';
import { run } from './simulated-day.js';

function recording(folder: string, name: string): SimulatedFrame[] {
  const lines = gunzipSync(readFileSync(join(folder, 'recordings', name))).toString('utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { receivedAtMs, text } = JSON.parse(line) as { receivedAtMs: number; text: string };
    return { atMs: receivedAtMs, text };
  });
}

/** The frames from the page of the race on, for so many hours of feed. */
function raceOf(frames: readonly SimulatedFrame[], hours: number): SimulatedFrame[] {
  const from = frames.findIndex(({ text }) => text.startsWith('init|r|'));
  const beganMs = frames[from]?.atMs ?? 0;
  return frames.slice(from).filter(({ atMs }) => atMs < beganMs + hours * 3_600_000);
}

/** Prints both sides, so that the table can be read in the log of the test. */
function table(name: string, rows: readonly (readonly [string, number, number])[]): void {
  const lines = rows.map(([what, real, simulated]) => `${what.padEnd(28)}${shown(real)}${shown(simulated)}`);
  process.stdout.write(`\n${[`${name.padEnd(28)}${'recorded'.padStart(12)}${'simulated'.padStart(12)}`, ...lines].join('\n')}\n`);
}

function shown(value: number): string {
  return (value > 1 ? value.toFixed(0) : `${(100 * value).toFixed(2)} %`).padStart(12);
}

function compared(real: MakeUp, simulated: MakeUp, kinds: readonly string[]): (readonly [string, number, number])[] {
  const measures = ['single', 'small', 'large', 'splitLaps', 'splitEntries', 'ordered', 'flipMs', 'clockMs', 'flipRows'] as const;
  return [...kinds.map((kind) => [kind, real.shares.get(kind) ?? 0, simulated.shares.get(kind) ?? 0] as const), ...measures.map((measure) => [measure, real[measure], simulated[measure]] as const)];
}

describeWithRecordings('a simulated race beside a recorded one of twelve hours', (folder) => {
  const HOURS = 8;
  const real = makeUp(raceOf(recording(folder, 'endurance-12h-es.ndjson.gz'), HOURS));
  const simulated = makeUp(raceOf(run({ hours: 12, teams: 18, rules: 'palmela-25h', seed: 12 }).frames, HOURS));
  const rows = compared(real, simulated, ['otr', 'dr', '*', 'tlp', 'llp', 'sta', 'int', 'gap', '#', 'rk', 'dyn1', 'grp', 'blp', 'pit', '*in', '*out', 'com', 'msg']);
  table('12-hour race', rows);

  const within = (what: string, factor: number): void => {
    const [, recorded = 0, made = 0] = rows.find(([name]) => name === what) ?? [];
    expect({ what, ratio: made / recorded, isWithin: made / recorded < factor && made / recorded > 1 / factor }).toMatchObject({ what, isWithin: true });
  };

  it.each(['otr', 'dr', '*', 'tlp', 'llp', 'int', 'dyn1'])('has lines of kind %s in a share within a third of the recorded one', (kind) => within(kind, 4 / 3));

  it.each(['sta', 'gap', '*in', '*out', 'pit'])('has lines of kind %s in a share within a factor 1.6', (kind) => within(kind, 1.6));

  it.each(['#', 'rk', 'grp', 'blp'])('has lines of kind %s, that depend on how close the field is, in a share within a factor 3', (kind) => within(kind, 3));

  it('has frames of the recorded sizes: single lines ± 12 points, up to six lines ± 8, over sixteen ± 4', () => {
    expect(Math.abs(simulated.single - real.single)).toBeLessThan(0.12);
    expect(Math.abs(simulated.small - real.small)).toBeLessThan(0.08);
    expect(Math.abs(simulated.large - real.large)).toBeLessThan(0.04);
  });

  it('splits laps and entries over frames as often: laps ± 2 points, entries ± 15', () => {
    expect(Math.abs(simulated.splitLaps - real.splitLaps)).toBeLessThan(0.02);
    expect(Math.abs(simulated.splitEntries - real.splitEntries)).toBeLessThan(0.15);
  });

  it('keeps the order within a crossing: cells by column, then the crossing (± 3 points)', () => {
    expect(Math.abs(simulated.ordered - real.ordered)).toBeLessThan(0.03);
  });

  it('flips names and sets the clock in the recorded rhythm (± 1 s), all rows at once', () => {
    expect(Math.abs(simulated.flipMs - real.flipMs)).toBeLessThanOrEqual(1_000);
    expect(Math.abs(simulated.clockMs - real.clockMs)).toBeLessThanOrEqual(1_000);
    expect(Math.abs(simulated.flipRows - real.flipRows)).toBeLessThanOrEqual(2);
  });
});

describeWithRecordings('a simulated championship beside a recorded one', (folder) => {
  const recorded = recording(folder, 'sprint-categories-es.ndjson.gz');
  const real = makeUp(recorded.slice(recorded.findIndex(({ text }) => text.startsWith('init|'))));
  const simulated = makeUp(run({ hours: 0.3, teams: 30, dialect: 'es-championship', seed: 3, day: true }).frames);
  const kinds = ['*', '*i1', '*i2', 's1', 's2', 's3', 'llp', 'sta', 'gap', 'int', '#', 'dyn2'];
  table('championship', compared(real, simulated, kinds));

  // the recording is mostly of single laps against the clock, in which sectors come without a lap: they are not compared
  it.each(['*', 'llp', 'sta', 'gap', 'int'])('has lines of kind %s in a share within a factor 1.7', (kind) => {
    const ratio = (simulated.shares.get(kind) ?? 0) / (real.shares.get(kind) ?? 0);
    expect({ kind, isWithin: ratio < 1.7 && ratio > 1 / 1.7, ratio }).toMatchObject({ kind, isWithin: true });
  });

  it('sends its frames in slots of 200 ms, as the recorded one: no two closer, most of the close ones exactly that', () => {
    const steps = (frames: readonly SimulatedFrame[]): number[] => frames.slice(1).map(({ atMs }, index) => atMs - (frames[index]?.atMs ?? 0)).filter((ms) => ms < 350);
    const oneSlot = (some: readonly number[]): number => some.filter((ms) => ms >= 150 && ms <= 250).length / some.length;
    const made = run({ hours: 0.3, teams: 30, dialect: 'es-championship', seed: 3 }).frames;
    expect(oneSlot(steps(recorded))).toBeGreaterThan(0.9);
    expect(oneSlot(steps(made))).toBeGreaterThan(0.9);
  });
});
