import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { describeWithRecordings } from '@lts/testing';
import type { SimulatedFrame } from '../src/index.js';
import { type MakeUp, makeUp } from './make-up.js';
import { run } from './simulated-day.js';

type Measure = Exclude<keyof MakeUp, 'shares' | 'perCrossing'>;
const MEASURES: readonly Measure[] = ['single', 'small', 'large', 'splitLaps', 'splitEntries', 'ordered', 'driverMs', 'teamMs', 'clockMs', 'pitTickMs', 'trackTickMs', 'flipRows', 'pageLines', 'cellChars'];

function recording(folder: string, name: string): SimulatedFrame[] {
  const lines = gunzipSync(readFileSync(join(folder, 'recordings', name))).toString('utf8').split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const { receivedAtMs, text } = JSON.parse(line) as { receivedAtMs: number; text: string };
    return { atMs: receivedAtMs, text };
  });
}

/** The frames from the first page of that kind on, for so many minutes. */
function stretch(frames: readonly SimulatedFrame[], first: RegExp, minutes: number): SimulatedFrame[] {
  const from = frames.findIndex(({ text }) => first.test(text));
  const beganMs = frames[from]?.atMs ?? 0;
  return frames.slice(from).filter(({ atMs }) => atMs < beganMs + minutes * 60_000);
}

/** Prints both sides, so that the table can be read in the log of the test. */
function table(name: string, rows: readonly (readonly [string, number, number])[]): void {
  const lines = rows.map(([what, real, simulated]) => `${what.padEnd(28)}${shown(real)}${shown(simulated)}`);
  process.stdout.write(`\n${[`${name.padEnd(28)}${'recorded'.padStart(12)}${'simulated'.padStart(12)}`, ...lines].join('\n')}\n`);
}

function shown(value: number): string {
  if (Number.isNaN(value)) return '-'.padStart(12);
  return (value > 5 ? value.toFixed(0) : value.toFixed(4)).padStart(12);
}

/** Two make-ups side by side: lines of each kind, by share or for each crossing, and the other figures. */
function compare(name: string, real: MakeUp, simulated: MakeUp, by: 'shares' | 'perCrossing'): { expectFactor: (kind: string, factor: number) => void; expectNear: (measure: Measure, tolerance: number) => void } {
  const kinds = [...real[by]].filter(([kind]) => kind !== 'unknown').sort(([, left], [, right]) => right - left);
  table(name, [...kinds.map(([kind, value]) => [kind, value, simulated[by].get(kind) ?? 0] as const), ...MEASURES.map((measure) => [measure, real[measure], simulated[measure]] as const)]);
  return {
    expectFactor: (kind, factor) => {
      const ratio = (simulated[by].get(kind) ?? 0) / (real[by].get(kind) ?? 0);
      expect({ kind, ratio, isWithin: ratio < factor && ratio > 1 / factor }).toMatchObject({ kind, isWithin: true });
    },
    expectNear: (measure, tolerance) => {
      const off = simulated[measure] - real[measure];
      expect({ measure, off, isWithin: Math.abs(off) <= tolerance }).toMatchObject({ measure, isWithin: true });
    },
  };
}

describeWithRecordings('a simulated race beside a recorded one of twelve hours', (folder) => {
  const MINUTES = 8 * 60;
  const real = makeUp(stretch(recording(folder, 'endurance-12h-es.ndjson.gz'), /^init\|r\|/, MINUTES));
  const simulated = makeUp(stretch(run({ hours: 12, teams: 18, rules: 'palmela-25h', seed: 12 }).frames, /^init\|r\|/, MINUTES));
  const { expectFactor, expectNear } = compare('12-hour race, shares', real, simulated, 'shares');

  it.each(['otr', 'dr', '*', 'tlp', 'llp', 'int', 'sta', 'dyn1'])('has lines of kind %s in a share within a quarter of the recorded one', (kind) => expectFactor(kind, 1.25));

  it.each(['gap', '*in', '*out', 'pit', '#', 'rk', 'grp'])('has lines of kind %s, that depend on how close the field is, in a share within a factor 1.6', (kind) => expectFactor(kind, 1.6));

  it('has few lines of race control, of best laps and of tickers: each below 0.4 % as recorded', () => {
    for (const kind of ['com', 'msg', 'blp', 'light', 'css']) expect([kind, (simulated.shares.get(kind) ?? 0) < 0.004, (real.shares.get(kind) ?? 0) < 0.004]).toEqual([kind, true, true]);
  });

  it('has no kind of line that the recorded one lacks, flags and styles of plates excepted', () => {
    expect([...simulated.shares.keys()].filter((kind) => !real.shares.has(kind) && kind !== 'light' && kind !== 'css')).toEqual([]);
  });

  it('has frames of the recorded sizes: single lines ± 10 points, up to six lines ± 4, over sixteen ± 2', () => {
    expectNear('single', 0.1);
    expectNear('small', 0.04);
    expectNear('large', 0.02);
  });

  it('has a page of the recorded size: ± 10 lines, ± 12 characters for each cell of its table', () => {
    expectNear('pageLines', 10);
    expectNear('cellChars', 12);
  });

  it('splits laps and entries over frames as often: laps ± 0.8 points, entries ± 10', () => {
    expectNear('splitLaps', 0.008);
    expectNear('splitEntries', 0.1);
  });

  it('keeps the order within a crossing: cells by column, then the crossing, then the move (± 2 points)', () => expectNear('ordered', 0.02));

  it.each(['driverMs', 'teamMs', 'clockMs', 'pitTickMs', 'trackTickMs'] as const)('has the rhythm of the recorded one: %s ± half a second', (measure) => expectNear(measure, 500));

  it('flips the names of all rows at once', () => expectNear('flipRows', 1));
});

describeWithRecordings('a simulated qualifying beside a recorded French one', (folder) => {
  // the recording ends four minutes after the green light; the time before it is of another length
  const minutes = (frames: readonly SimulatedFrame[]): SimulatedFrame[] => {
    const pages = frames.filter(({ text }) => text.includes('<tr data-id="r0"'));
    const greenMs = frames.find(({ text, atMs }) => /^light\|lg\|/m.test(text) && atMs > (pages.at(-1)?.atMs ?? 0))?.atMs ?? 0;
    return [...pages.slice(-1), ...frames.filter(({ atMs }) => atMs >= greenMs && atMs < greenMs + 260_000)];
  };
  const qualifying = run({ dialect: 'fr-rental', teams: 37, hours: 0.3, day: true, seed: 4 }).sessions[1]?.frames ?? [];
  const real = makeUp(minutes(recording(folder, 'practice-fr.ndjson.gz')));
  const simulated = makeUp(minutes(qualifying));
  const { expectFactor, expectNear } = compare('qualifying, lines a crossing', real, simulated, 'perCrossing');

  it.each(['sta', 's1', 's2', 's3', '*i1', '*i2', 'llp', 'blp', 'tlp', 'rk', '#', 'otr'])('has lines of kind %s for each crossing within a factor 1.4 of the recorded ones', (kind) => expectFactor(kind, 1.4));

  it('does not tell the first exits, and keeps the order within a crossing (± 2 points)', () => {
    expect([real.shares.has('*out'), simulated.shares.has('*out')]).toEqual([false, false]);
    expectNear('ordered', 0.02);
  });

  it.each(['driverMs', 'teamMs', 'clockMs'] as const)('has the rhythm of the recorded one: %s ± 1 s', (measure) => expectNear(measure, 1_000));

  it('has a page of the recorded size: ± 10 lines, ± 12 characters for each cell of its table', () => {
    expectNear('pageLines', 10);
    expectNear('cellChars', 12);
  });
});

describeWithRecordings('a simulated championship beside a recorded one', (folder) => {
  const recorded = recording(folder, 'sprint-categories-es.ndjson.gz');
  const running = recorded.slice(recorded.findLastIndex(({ text }) => text.startsWith('init|')));
  const race = run({ hours: 0.4, teams: 20, dialect: 'es-championship', seed: 3 }).frames;
  const real = makeUp(running);
  const simulated = makeUp(race);
  const { expectFactor, expectNear } = compare('championship, lines a crossing', real, simulated, 'perCrossing');

  // the recorded session is run over one timed lap, with many more intermediates than laps: those are compared with each other
  it.each(['llp', 'sta', 'int', '#', 'grp', 's3'])('has lines of kind %s for each crossing within a factor 1.7', (kind) => expectFactor(kind, 1.7));

  it('clears the second sector at the first intermediate: twice as many lines of it as of the mark, in both (± 0.3)', () => {
    const ratio = ({ shares }: MakeUp): number => (shares.get('s2') ?? 0) / (shares.get('*i1') ?? 0);
    expect(Math.abs(ratio(real) - 2)).toBeLessThan(0.3);
    expect(Math.abs(ratio(simulated) - 2)).toBeLessThan(0.3);
  });

  it('keeps the order within a crossing (± 3 points)', () => expectNear('ordered', 0.03));

  it('sends its frames in slots of 200 ms, as the recorded one: no two closer, most of the close ones exactly that', () => {
    const steps = (frames: readonly SimulatedFrame[]): number[] => frames.slice(1).map(({ atMs }, index) => atMs - (frames[index]?.atMs ?? 0)).filter((ms) => ms < 350);
    const oneSlot = (some: readonly number[]): number => some.filter((ms) => ms >= 150 && ms <= 250).length / some.length;
    expect(oneSlot(steps(recorded))).toBeGreaterThan(0.9);
    expect(oneSlot(steps(race))).toBeGreaterThan(0.9);
  });
});
