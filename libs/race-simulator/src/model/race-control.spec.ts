import { describe, expect, it } from '@jest/globals';
import { HOUR_MS, happen, runnerOf, sessionState } from '../../test/scripted-session.js';
import { SeededRandom } from '../random/seeded-random.js';
import { closeLap } from './crossings.js';
import { intervene, interventions, judgeAfterwards } from './race-control.js';
import type { Intervention } from './intervention.js';
import type { RaceEvent } from './race-event.js';
import type { SessionState } from './session-state.js';

const MINUTE_MS = 60_000;

function act(state: SessionState, atMs: number, kind: Intervention['kind']): RaceEvent[] {
  return happen(state, atMs, () => intervene(state, { kind, atMs }));
}

/** A state in which each team has done five laps of a minute and is on its way to the line. */
function fiveLapsIn(seed = 1): SessionState {
  const state = sessionState({ random: new SeededRandom(seed) });
  for (let number = 1; number <= 5; number += 1) for (const runner of state.runners) happen(state, number * MINUTE_MS + runner.entry.index, () => closeLap(state, runner, 'line'));
  for (const runner of state.runners) runner.path = [{ kind: 'line', atMs: 6 * MINUTE_MS }];
  return state;
}

describe(interventions.name, () => {
  it('lie between the first and the last tenth of a race, in order of time, and a slow phase is followed by its end', () => {
    const plans = Array.from({ length: 50 }, (_, seed) => interventions(sessionState({ endMs: 24 * HOUR_MS, random: new SeededRandom(seed) }), false));
    for (const plan of plans) {
      const moments = plan.map(({ atMs }) => atMs);
      expect([...moments].sort((left, right) => left - right)).toEqual(moments);
      expect(moments[0]).toBeGreaterThan(2.4 * HOUR_MS - 1);
      expect(plan.filter(({ kind }) => kind === 'all-clear')).toHaveLength(plan.filter(({ kind }) => kind === 'yellow' || kind === 'safety-car').length);
    }
    const kinds = new Set(plans.flat().map(({ kind }) => kind));
    expect([...kinds].sort()).toEqual(['all-clear', 'lap-given', 'lap-penalty', 'lap-taken', 'passage', 'safety-car', 'seconds', 'suspension', 'warning', 'yellow']);
  });

  it('of a race for watching are always the same: a safety car, a yellow phase, penalties of each kind', () => {
    const plan = (seed: number): string[] => interventions(sessionState({ random: new SeededRandom(seed) }), true).map(({ kind, atMs }) => `${kind} ${atMs}`);
    expect(plan(1)).toEqual(plan(2));
    expect(plan(1).join()).toMatch(/seconds.*safety-car.*all-clear.*lap-penalty.*passage.*yellow.*all-clear/);
  });
});

describe(intervene.name, () => {
  it('slows everybody down under yellow from that moment on, and lets them go again', () => {
    const state = fiveLapsIn();
    expect(act(state, 5.5 * MINUTE_MS, 'yellow')).toMatchObject([{ kind: 'flag', flag: 'yellow', why: 'slow' }]);
    expect(runnerOf(state).path[0]?.atMs).toBe(5.5 * MINUTE_MS + 37_500);
    expect(act(state, 5.75 * MINUTE_MS, 'all-clear')).toMatchObject([{ kind: 'flag', flag: 'green', why: 'restart' }]);
    expect(runnerOf(state).path[0]?.atMs).toBe(5.75 * MINUTE_MS + 18_000);
  });

  it('shows no second slow phase during one, and no end of none', () => {
    const state = fiveLapsIn();
    expect(act(state, 5.5 * MINUTE_MS, 'all-clear')).toEqual([]);
    act(state, 5.5 * MINUTE_MS, 'safety-car');
    expect(act(state, 5.6 * MINUTE_MS, 'yellow')).toEqual([]);
  });

  it('stops everybody and the clock for a suspension: what lay ahead, the end and what is to come are later by it', () => {
    const states = Array.from({ length: 30 }, (_, seed) => fiveLapsIn(seed)).map((state) => {
      state.pending.push({ kind: 'warning', atMs: 40 * MINUTE_MS });
      return { state, events: act(state, 5.5 * MINUTE_MS, 'suspension') };
    });
    const untouched = states.filter(({ events }) => !events.some(({ kind }) => kind === 'correction'));
    expect(untouched.length).toBeGreaterThan(3);
    for (const { state, events } of untouched) {
      const pauseMs = (events.at(-1)?.atMs ?? 0) - 5.5 * MINUTE_MS;
      expect(pauseMs).toBeGreaterThanOrEqual(5 * MINUTE_MS);
      expect([runnerOf(state).path[0]?.atMs, state.endMs, state.pending.at(-1)?.atMs]).toEqual([6 * MINUTE_MS + pauseMs, HOUR_MS + pauseMs, 40 * MINUTE_MS + pauseMs]);
    }
  });

  it('takes everybody back to a former moment where a suspension ends so: laps since then are gone, all start from the grid', () => {
    const rolledBack = Array.from({ length: 30 }, (_, seed) => fiveLapsIn(seed)).flatMap((state) => {
      const correction = act(state, 5.5 * MINUTE_MS, 'suspension').find((event) => event.kind === 'correction');
      return correction === undefined ? [] : [{ state, correction }];
    });
    expect(rolledBack.length).toBeGreaterThan(10);
    for (const { state, correction } of rolledBack) {
      for (const { entry, laps } of correction.changes) expect(state.standings.of(entry).laps).toHaveLength(5 + laps);
      expect(state.runners.map(({ path }) => path.map(({ kind }) => kind))).toEqual([['first-passage'], ['first-passage'], ['first-passage']]);
      expect(new Set(state.runners.map(({ path }) => path[0]?.atMs)).size).toBe(3);
    }
  });

  it.each([
    ['seconds', { kind: 'penalty', amount: { seconds: 20 } }],
    ['lap-penalty', { kind: 'penalty', amount: { laps: 1 } }],
    ['passage', { kind: 'penalty', amount: { stop: true } }],
    ['warning', { kind: 'warning', pitMs: null, lap: 6 }],
    ['lap-taken', { kind: 'correction', cause: 'judgement' }],
    ['lap-given', { kind: 'correction', cause: 'judgement' }],
  ] as const)('decides %s against somebody on track', (kind, event) => {
    expect(act(fiveLapsIn(), 5.5 * MINUTE_MS, kind)).toMatchObject([event]);
  });

  it('decides nothing before anybody has done four laps', () => {
    expect(act(sessionState(), MINUTE_MS, 'seconds')).toEqual([]);
  });
});

describe(judgeAfterwards.name, () => {
  it('takes five laps for each stop that is missing from those who have finished, and one for seconds that were not served', () => {
    const state = sessionState();
    const [finished, owing, retired] = [runnerOf(state, 0), runnerOf(state, 1), runnerOf(state, 2)];
    Object.assign(finished, { state: 'finished' });
    Object.assign(owing, { state: 'finished', servedAtMs: [600_000], owedMs: 20_000 });
    Object.assign(retired, { state: 'retired' });
    expect(happen(state, HOUR_MS, () => judgeAfterwards(state))).toMatchObject([
      { entry: finished.entry, amount: { laps: 5 }, reason: 'stop-missing' },
      { entry: owing.entry, amount: { laps: 1 }, reason: 'seconds-not-served' },
    ]);
  });
});
