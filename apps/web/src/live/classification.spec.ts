import { describe, expect, it } from '@jest/globals';
import { Classification, MOVE_SHOWN_MS } from './classification.js';
import type { Row } from './messages.js';

const START_MS = 1_700_000_000_000;

function row(code: string, position: number, fields: Partial<Row> = {}): Row {
  return {
    code, position, numberText: code.slice(1), teamName: `Team ${code}`, driverName: '', category: '', laps: 10, lastMs: 65_000, bestMs: 64_000,
    gap: null, interval: null, stops: 0, pitMs: null, state: 'running', atMs: START_MS, ...fields,
  };
}

const at = (localMs: number, raceMs = START_MS): { localMs: number; raceMs: number } => ({ localMs, raceMs });
const codes = (classification: Classification): string[] => classification.sorted().map((each) => each.code);

describe(Classification.name, () => {
  it('sorts by position, rows without one last', () => {
    const classification = new Classification();
    classification.replace([row('r9', 0), row('r3', 10), row('r1', 2), row('r2', 1)], at(0), true);
    expect(codes(classification)).toEqual(['r2', 'r1', 'r3', 'r9']);
  });

  it('takes whole rows, new ones and removals', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1), row('r2', 2)], at(0), true);
    classification.update([row('r2', 2, { laps: 11 }), row('r3', 3)], at(1));
    classification.remove(['r1', 'r77']);
    expect(classification.sorted().map((each) => [each.code, each.laps])).toEqual([['r2', 11], ['r3', 10]]);
  });

  it('leaves rows that did not change as the same objects', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1), row('r2', 2)], at(0), true);
    const [before] = classification.sorted();
    classification.update([row('r2', 2)], at(1));
    expect(classification.sorted()[0]).toBe(before);
  });

  it('drops with a snapshot the rows that are not in it', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1), row('r2', 2)], at(0), true);
    classification.replace([row('r2', 1)], at(1), false);
    expect(codes(classification)).toEqual(['r2']);
  });

  it('marks changes of position for a while', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1), row('r2', 2)], at(0), true);
    classification.update([row('r1', 2), row('r2', 1)], at(1_000));
    expect(classification.sorted().map((each) => each.moved)).toEqual(['up', 'down']);
    classification.update([row('r2', 1, { laps: 11 })], at(2_000));
    expect(classification.sorted()[0]?.moved).toBe('up');
    expect(classification.settle(999 + MOVE_SHOWN_MS)).toBe(false);
    expect(classification.settle(1_000 + MOVE_SHOWN_MS)).toBe(true);
    expect(classification.sorted().map((each) => each.moved)).toEqual([null, null]);
  });

  it('marks no change of position across sessions', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1), row('r2', 2)], at(0), true);
    classification.replace([row('r1', 2), row('r2', 1)], at(1), true);
    expect(classification.sorted().map((each) => each.moved)).toEqual([null, null]);
  });

  it('finds the best lap among those that have one', () => {
    const classification = new Classification();
    expect(classification.bestMs()).toBe(0);
    classification.replace([row('r1', 1, { bestMs: 0 }), row('r2', 2, { bestMs: 64_500 }), row('r3', 3, { bestMs: 64_100 })], at(0), true);
    expect(classification.bestMs()).toBe(64_100);
  });

  it('holds no more rows than its bound', () => {
    const classification = new Classification();
    for (let start = 0; start < 900; start += 300) classification.update(Array.from({ length: 300 }, (_, index) => row(`r${start + index}`, start + index)), at(0));
    expect(classification.sorted()).toHaveLength(500);
  });
});

describe('the pit clock', () => {
  function inPitSince(classification: Classification): number | null | undefined {
    return classification.sorted()[0]?.inPitSinceMs;
  }

  it('begins at the entry, not at the length of the stop before', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1, { pitMs: 185_000 })], at(0), true);
    classification.update([row('r1', 1, { pitMs: 185_000, state: 'in-pit' })], at(50_000));
    expect(inPitSince(classification)).toBe(50_000);
  });

  it('runs on while other cells change and follows the feed when it speaks again', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1)], at(0), true);
    classification.update([row('r1', 1, { pitMs: 0, state: 'in-pit' })], at(50_000));
    classification.update([row('r1', 2, { pitMs: 0, state: 'in-pit' })], at(55_000));
    expect(inPitSince(classification)).toBe(50_000);
    classification.update([row('r1', 2, { pitMs: 12_000, state: 'in-pit' })], at(60_000));
    expect(inPitSince(classification)).toBe(48_000);
  });

  it('counts what has passed since the row changed when the page is opened during a stop', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1, { pitMs: 30_000, state: 'in-pit', atMs: START_MS })], at(100_000, START_MS + 4_000), true);
    expect(inPitSince(classification)).toBe(66_000);
  });

  it('ends with the stop', () => {
    const classification = new Classification();
    classification.replace([row('r1', 1, { pitMs: 30_000, state: 'in-pit' })], at(0), true);
    classification.update([row('r1', 1, { pitMs: 61_000, state: 'out-lap' })], at(31_000));
    expect(inPitSince(classification)).toBeNull();
  });
});
