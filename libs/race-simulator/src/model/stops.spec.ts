import { describe, expect, it } from '@jest/globals';
import { circuit, entry, happen, kart, rulesNamed, runnerOf, sessionState } from '../../test/scripted-session.js';
import type { RaceEvent } from './race-event.js';
import type { Runner } from './runner.js';
import type { SessionState } from './session-state.js';
import { breakdown, driverChange, kartChange, pitIn, pitOut } from './stops.js';

/** A stop from its entry to its exit, with what the plan has put in between. */
function wholeStop(state: SessionState, runner: Runner, atMs: number): RaceEvent[] {
  const work = { 'driver-change': driverChange, 'kart-change': kartChange, 'pit-out': pitOut };
  const events = happen(state, atMs, () => pitIn(state, runner));
  for (const point of [...runner.path]) if (point.kind in work) events.push(...happen(state, point.atMs, () => work[point.kind as keyof typeof work](state, runner)));
  return events;
}

describe('a stop', () => {
  it('is an entry, another driver, another kart and an exit, at least as late as the rules ask', () => {
    const state = sessionState();
    const events = wholeStop(state, runnerOf(state), 600_000);
    expect(events.map(({ kind }) => kind)).toEqual(['pit-in', 'driver-change', 'kart-change', 'pit-out']);
    expect(events[0]).toMatchObject({ stop: 1, why: 'change' });
    expect(events[1]).toMatchObject({ before: 'ALBA', after: 'BRUNO' });
    expect(events[2]).toMatchObject({ before: kart('K0'), after: kart('A') });
    expect((events[3]?.atMs ?? 0) - 600_000).toBeGreaterThanOrEqual(120_000);
  });

  it('books the time of the driver who gets out, and begins a stint for the next one', () => {
    const state = sessionState();
    const runner = runnerOf(state);
    wholeStop(state, runner, 600_000);
    expect([runner.drivenMs.get('ALBA'), runner.driver.name, runner.outSinceMs, runner.lapOfStint, runner.state]).toEqual([600_000, 'BRUNO', state.nowMs, 0, 'running']);
  });

  it('keeps the kart where none are changed', () => {
    const state = sessionState({}, rulesNamed('madonna-6h'));
    expect(wholeStop(state, runnerOf(state), 1_800_000).map(({ kind }) => kind)).toEqual(['pit-in', 'driver-change', 'pit-out']);
  });

  it('is only a passage where that was the penalty, and counts as a stop but not as one that the rules ask for', () => {
    const state = sessionState();
    const runner = runnerOf(state);
    runner.mustPass = true;
    const events = wholeStop(state, runner, 600_000);
    expect(events.map(({ kind }) => kind)).toEqual(['pit-in', 'pit-out']);
    expect(state.nowMs - 600_000).toBeLessThan(23_000);
    expect([events[0], state.standings.of(runner.entry).stops, runner.servedAtMs.length, runner.mustPass]).toMatchObject([{ why: 'penalty' }, 1, 0, false]);
  });

  it.each([
    ['exit', ['pit-in', 'driver-change', 'kart-change', 'pit-out', 'lap']],
    ['entry', ['lap', 'pit-in', 'driver-change', 'kart-change', 'pit-out']],
    ['line', ['pit-in', 'driver-change', 'kart-change', 'pit-out']],
  ] as const)('has its lap closed by the %s where the loop lies there', (closes, kinds) => {
    const state = sessionState({ circuit: { ...circuit, pit: { ...circuit.pit, closes } } });
    expect(wholeStop(state, runnerOf(state), 600_000).map(({ kind }) => kind)).toEqual(kinds);
  });
});

describe('breaches', () => {
  it('cost 10 s a started minute of a stint that was too long, and 20 s for an entry while the pits are closed', () => {
    const state = sessionState({ endMs: 7_200_000 });
    const events = happen(state, 3_661_000, () => pitIn(state, runnerOf(state)));
    expect(events).toMatchObject([{ kind: 'pit-in' }, { kind: 'penalty', amount: { seconds: 20 }, reason: 'stint-too-long' }]);
    const closed = sessionState();
    expect(happen(closed, 3_599_000, () => pitIn(closed, runnerOf(closed)))).toMatchObject([{ kind: 'pit-in' }, { kind: 'penalty', amount: { seconds: 20 }, reason: 'pit-closed' }]);
  });

  it('cost a warning with the time and seconds for a stop that was too short, served on top of the next one', () => {
    const state = sessionState({}, rulesNamed('pomposa-24h'), [entry(0, 'breaks')]);
    const runner = runnerOf(state);
    happen(state, 600_000, () => pitIn(state, runner));
    const dueMs = runner.stop?.dueMs ?? 0;
    expect(happen(state, 600_000 + dueMs - 3_500, () => pitOut(state, runner))).toMatchObject([{ kind: 'pit-out' }, { kind: 'warning', about: 'pit-time', pitMs: 116_500 }, { kind: 'penalty', amount: { seconds: 14 }, reason: 'pit-too-short' }]);
    happen(state, 1_200_000, () => pitIn(state, runner));
    expect(runner.stop?.dueMs).toBe(120_000 + 14_000);
  });
});

describe(breakdown.name, () => {
  it('tows the kart in after some minutes, where it is repaired and changed, or ends the race of the team', () => {
    const ends = Array.from({ length: 200 }, (_, seed) => {
      const state = sessionState();
      for (let draw = 0; draw < seed; draw += 1) state.random.next();
      const runner = runnerOf(state);
      happen(state, 600_000, () => breakdown(state, runner));
      return { state: runner.state, path: runner.path.map(({ kind }) => kind) };
    });
    expect(ends.filter(({ state, path }) => state === 'running' && path.join() === 'pit-in').length).toBeGreaterThan(150);
    expect(ends.filter(({ state, path }) => state === 'retired' && path.length === 0).length).toBeGreaterThan(0);
  });
});
