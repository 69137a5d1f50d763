import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, circuit, happen, runnerOf, sessionState } from '../../test/scripted-session.js';
import { closeLap, firstPassage, lineCrossing, loopPassage } from './crossings.js';

describe(firstPassage.name, () => {
  it('is no lap, and puts the loop and the line, or the pit entry, ahead', () => {
    const state = sessionState();
    const runner = runnerOf(state);
    expect(happen(state, 3_000, () => firstPassage(state, runner))).toEqual([{ kind: 'first-passage', atMs: 3_000, entry: runner.entry }]);
    expect(runner.path.map(({ kind }) => kind)).toEqual(['loop', 'line']);
    expect(runner.path[0]?.atMs).toBeLessThan(runner.path[1]?.atMs ?? 0);
  });

  it('times the first lap from the green light after a standing start, from the line after a rolling one', () => {
    const standing = sessionState();
    happen(standing, 3_000, () => firstPassage(standing, runnerOf(standing)));
    const rolling = sessionState({ circuit: { ...circuit, start: 'rolling' } });
    happen(rolling, 3_000, () => firstPassage(rolling, runnerOf(rolling)));
    expect([runnerOf(standing).lapStartMs, runnerOf(rolling).lapStartMs]).toEqual([0, 3_000]);
  });
});

describe(loopPassage.name, () => {
  it('is a sector since the loop before, counted from one', () => {
    const state = sessionState();
    const runner = runnerOf(state);
    expect(happen(state, 30_000, () => loopPassage(state, runner))).toMatchObject([{ kind: 'sector', sector: 1, timeMs: 30_000 }]);
    expect(happen(state, 45_000, () => loopPassage(state, runner))).toMatchObject([{ kind: 'sector', sector: 2, timeMs: 15_000 }]);
  });
});

describe(closeLap.name, () => {
  it('is the time since the line, with sectors that add up to it and the number that it makes official', () => {
    const state = sessionState();
    const runner = runnerOf(state);
    happen(state, 31_000, () => loopPassage(state, runner));
    expect(happen(state, 62_000, () => closeLap(state, runner, 'line'))).toMatchObject([{ kind: 'lap', number: 1, timeMs: 62_000, sectors: [31_000, 31_000], closedBy: 'line', finish: false }]);
    expect(happen(state, 120_000, () => closeLap(state, runner, 'line'))).toMatchObject([{ number: 2, timeMs: 58_000 }]);
  });

  it('repeats a number after a penalty of a lap', () => {
    const state = sessionState();
    const runner = runnerOf(state);
    happen(state, 60_000, () => closeLap(state, runner, 'line'));
    state.standings.apply({ kind: 'penalty', atMs: 70_000, entry: runner.entry, amount: { laps: 1 }, reason: 'contact' });
    expect(happen(state, 120_000, () => closeLap(state, runner, 'line'))).toMatchObject([{ number: 1 }]);
  });

  it('is the last one of a team after the flag, and books the driver; a lap that the pit entry ends is not', () => {
    const state = sessionState({ over: true });
    const runner = runnerOf(state);
    expect(happen(state, 50_000, () => closeLap(state, runner, 'entry'))).toMatchObject([{ finish: false }]);
    expect(happen(state, 62_000, () => closeLap(state, runner, 'line'))).toMatchObject([{ finish: true }]);
    expect([runner.state, runner.path, runner.drivenMs.get('ALBA')]).toEqual(['finished', [], 62_000]);
  });
});

describe(lineCrossing.name, () => {
  it('brings out the flag when the leader comes after the time, before his lap; somebody else does not', () => {
    const state = sessionState();
    const [leader, second] = [runnerOf(state, 0), runnerOf(state, 1)];
    happen(state, HOUR_MS - 60_000, () => closeLap(state, leader, 'line'));
    happen(state, HOUR_MS - 50_000, () => closeLap(state, leader, 'line'));
    expect(happen(state, HOUR_MS + 1, () => lineCrossing(state, second)).map(({ kind }) => kind)).toEqual(['lap']);
    expect(happen(state, HOUR_MS + 2, () => lineCrossing(state, leader)).map(({ kind }) => kind)).toEqual(['flag', 'lap']);
    expect(state.over).toBe(true);
  });

  it('brings out the flag with the last lap where the race is run over laps', () => {
    const state = sessionState();
    const byLaps = { ...state, frame: { ...state.frame, lengthMs: null, laps: 2 } };
    expect(happen(byLaps, 60_000, () => lineCrossing(byLaps, runnerOf(state))).map(({ kind }) => kind)).toEqual(['lap']);
    expect(happen(byLaps, 120_000, () => lineCrossing(byLaps, runnerOf(state))).map(({ kind }) => kind)).toEqual(['flag', 'lap']);
  });
});
