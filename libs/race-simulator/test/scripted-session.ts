import type { Circuit } from '../src/model/circuit.js';
import type { Entry, Kart } from '../src/model/entry.js';
import { Pace } from '../src/model/pace.js';
import { PitRows } from '../src/model/pit-rows.js';
import type { RaceEvent, SessionFrame } from '../src/model/race-event.js';
import { raceRules } from '../src/model/rules/race-rules.js';
import type { RuleSet } from '../src/model/rules/rule-set.js';
import { ruleSets } from '../src/model/rules/rule-sets.js';
import { type Runner, newRunner } from '../src/model/runner.js';
import type { SessionState } from '../src/model/session-state.js';
import { Standings } from '../src/model/standings.js';
import { TeamPlan } from '../src/model/team-plan.js';
import { SeededRandom } from '../src/random/seeded-random.js';

export const HOUR_MS = 3_600_000;
export const circuit: Circuit = { name: 'TRACK', lengthM: 1_200, lapMs: 60_000, loops: [0.5], pit: { closes: 'line', entryAt: 0.9, exitToLine: 0.1 }, start: 'standing' };
const frame: SessionFrame = { stage: 'race', ranking: 'laps', greenAtMs: 0, lengthMs: HOUR_MS, laps: null };

/** A team of two average drivers. */
export function entry(index: number, conduct: Entry['conduct'] = 'follows', category = 'PRO'): Entry {
  const driver = (name: string): Entry['drivers'][0] => ({ name, paceMs: 0, scatter: 1, fatigueMsPerHour: 0 });
  return { index, number: String(index + 1), team: `TEAM ${index + 1}`, category, nation: 'ESP', drivers: [driver('ALBA'), driver('BRUNO')], conduct };
}

export function kart(name: string): Kart {
  return { name, qualityMs: 0 };
}

export function rulesNamed(name: string): RuleSet {
  return ruleSets.find((rules) => rules.name === name) ?? ruleSets[0];
}

/** An hour's race of three teams that are on track since the green light at 0, none of them with anything ahead. */
export function sessionState(given: Partial<SessionState> = {}, rules = rulesNamed('pomposa-24h'), entries = [entry(0), entry(1), entry(2)]): SessionState {
  const random = new SeededRandom(3);
  const figures = raceRules(rules, HOUR_MS, false);
  const runners = entries.map((team, place) => newRunner(team, kart(`K${place}`)));
  for (const runner of runners) Object.assign(runner, { state: 'running', outSinceMs: 0 } satisfies Partial<Runner>);
  return {
    frame,
    circuit,
    rules: figures,
    plan: new TeamPlan(figures, random.fork('plan')),
    pace: new Pace(circuit, random.fork('pace')),
    rows: new PitRows(rules.karts, ['A', 'B', 'C', 'D'].map(kart), random.fork('rows')),
    random,
    runners,
    standings: new Standings('laps', entries),
    pending: [],
    nowMs: 0,
    endMs: HOUR_MS,
    slowness: 1,
    train: null,
    restartedAtMs: 0,
    over: false,
    lastPassMs: 0,
    ...given,
  };
}

/** One of the runners. */
export function runnerOf({ runners }: SessionState, place = 0): Runner {
  const runner = runners[place];
  if (runner === undefined) throw new Error(`There is no runner ${place}.`);
  return runner;
}

/** Lets something happen at a moment, as a session does: what comes of it counts in the standings. */
export function happen(state: SessionState, atMs: number, what: () => Generator<RaceEvent>): RaceEvent[] {
  state.nowMs = atMs;
  return [...what()].map((event) => {
    state.standings.apply(event);
    return event;
  });
}
