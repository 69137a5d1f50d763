import type { SeededRandom } from '../random/seeded-random.js';
import type { Circuit } from './circuit.js';
import { firstPassage, lineCrossing, loopPassage } from './crossings.js';
import type { Entry, Kart } from './entry.js';
import { Pace } from './pace.js';
import { PitRows } from './pit-rows.js';
import type { RaceEvent, SessionFrame } from './race-event.js';
import { intervene, interventions, judgeAfterwards } from './race-control.js';
import type { RaceRules } from './rules/race-rules.js';
import { type Runner, type Waypoint, newRunner } from './runner.js';
import type { SessionState } from './session-state.js';
import { breakdown, driverChange, kartChange, pitIn, pitOut } from './stops.js';
import { Standings, officialLaps } from './standings.js';
import { TeamPlan } from './team-plan.js';

/** What a session is made of. */
export interface SessionPlan {
  frame: SessionFrame;
  circuit: Circuit;
  rules: RaceRules;
  /** In the order of the grid. */
  grid: readonly Entry[];
  karts: readonly Kart[];
  eventful: boolean;
  random: SeededRandom;
}

const OPENS_BEFORE_MS = 60_000;
const GRID_GAP_MS = 400;
const TO_THE_LINE_MS = 2_500;
const FINISH_WITHIN_MS = 180_000;
const JUDGED_AFTER_MS = 45_000;
const RESULT_AFTER_MS = 30_000;
const GO_OUT_WITHIN_MS = 120_000;

const reached: Record<Waypoint['kind'], (state: SessionState, runner: Runner) => Generator<RaceEvent>> = {
  'first-passage': firstPassage,
  loop: loopPassage,
  line: lineCrossing,
  'pit-in': pitIn,
  'driver-change': driverChange,
  'kart-change': kartChange,
  'pit-out': pitOut,
  breakdown,
};

/** One session from the moment its table is opened to its result. Every team has a path of waypoints; whatever comes next happens. */
export class Session {
  private readonly state: SessionState;
  private flagMs = Number.POSITIVE_INFINITY;

  constructor(session: SessionPlan) {
    const { frame, circuit, rules, grid, karts, random } = session;
    const lengthMs = frame.lengthMs ?? (frame.laps ?? 0) * circuit.lapMs;
    this.state = {
      frame,
      circuit,
      rules,
      plan: new TeamPlan(rules, random.fork('plan')),
      pace: new Pace(circuit, random.fork('pace')),
      rows: new PitRows(rules.rules.karts, karts.slice(grid.length), random.fork('rows')),
      random,
      runners: grid.map((entry, place) => newRunner(entry, karts[place] ?? { name: '', qualityMs: 0 })),
      standings: new Standings(frame.ranking, grid),
      pending: [],
      nowMs: frame.greenAtMs,
      endMs: frame.greenAtMs + lengthMs,
      slowness: 1,
      train: null,
      restartedAtMs: frame.greenAtMs,
      over: false,
      lastPassMs: 0,
    };
    if (frame.stage === 'race') this.state.pending.push(...interventions(this.state, session.eventful));
  }

  /** The classification so far: the grid of the next session. */
  get order(): Entry[] {
    return this.state.standings.order.map(({ entry }) => entry);
  }

  /** What happens, in order of time. Can be run once. */
  *events(): Generator<RaceEvent> {
    for (const event of this.happenings()) {
      this.state.standings.apply(event);
      yield event;
    }
  }

  private *happenings(): Generator<RaceEvent> {
    yield* this.open();
    for (let next = this.next(); next !== null; next = this.next()) {
      this.state.nowMs = next.atMs;
      yield* next.happen();
    }
    yield* this.close();
  }

  private *open(): Generator<RaceEvent> {
    const { frame, runners, endMs } = this.state;
    const atMs = frame.greenAtMs - OPENS_BEFORE_MS;
    const endAtMs = frame.laps === null ? endMs : null;
    yield { kind: 'session-begins', atMs, frame, lineUps: runners.map(({ entry, driver, kart }) => ({ entry, driver: driver.name, kart })) };
    yield { kind: 'flag', atMs, flag: 'red', why: 'before-start', endAtMs };
    yield { kind: 'flag', atMs: frame.greenAtMs, flag: 'green', why: 'start', endAtMs };
    runners.forEach((runner, place) => this.launch(runner, place));
  }

  /** A race starts on the grid, any other session in the pits. */
  private launch(runner: Runner, place: number): void {
    const { frame, random, plan, pace } = this.state;
    plan.newStint(runner);
    runner.stintOffsetMs = pace.stint();
    runner.lapStartMs = frame.greenAtMs;
    if (frame.ranking === 'best') {
      runner.path = [{ kind: 'pit-out', atMs: frame.greenAtMs + random.whole(2_000, Math.min(GO_OUT_WITHIN_MS, (this.state.endMs - frame.greenAtMs) / 4)) }];
      return;
    }
    runner.state = 'running';
    runner.outSinceMs = frame.greenAtMs;
    runner.path = [{ kind: 'first-passage', atMs: frame.greenAtMs + TO_THE_LINE_MS + place * GRID_GAP_MS }];
  }

  /** What comes first: a team at its next waypoint, race control, or the end of the time. Null when all is done. */
  private next(): { atMs: number; happen: () => Generator<RaceEvent> } | null {
    const { runners, over } = this.state;
    const runner = runners.reduce<Runner | undefined>((first, candidate) => (first === undefined || dueMs(candidate) < dueMs(first) ? candidate : first), undefined);
    const choices = [
      { atMs: this.timeUpMs(), happen: () => this.timeUp() },
      { atMs: this.controlMs(), happen: () => this.control() },
      { atMs: runner === undefined ? Number.POSITIVE_INFINITY : dueMs(runner), happen: () => this.reach(runner) },
    ];
    const first = choices.reduce((earliest, choice) => (choice.atMs < earliest.atMs ? choice : earliest));
    if (first.atMs === Number.POSITIVE_INFINITY || (over && first.atMs > this.flagMs + FINISH_WITHIN_MS)) return null;
    return first;
  }

  /** Only sessions for the best lap end by the clock. */
  private timeUpMs(): number {
    const { frame, over, endMs } = this.state;
    return frame.ranking === 'best' && !over ? endMs : Number.POSITIVE_INFINITY;
  }

  private controlMs(): number {
    const [next] = this.state.pending;
    return this.state.over || next === undefined ? Number.POSITIVE_INFINITY : Math.max(next.atMs, this.state.nowMs);
  }

  private *reach(runner: Runner | undefined): Generator<RaceEvent> {
    const point = runner?.path.shift();
    if (runner === undefined || point === undefined) return;
    yield* reached[point.kind](this.state, runner);
    if (this.state.over) this.flagMs = Math.min(this.flagMs, this.state.nowMs);
  }

  private *control(): Generator<RaceEvent> {
    const intervention = this.state.pending.shift();
    if (intervention !== undefined) yield* intervene(this.state, intervention);
  }

  /** A session for the best lap ends when the time is up; whoever is out finishes the lap. */
  private *timeUp(): Generator<RaceEvent> {
    this.state.over = true;
    this.flagMs = this.state.nowMs;
    yield { kind: 'flag', atMs: this.state.nowMs, flag: 'chequered', why: 'finish', endAtMs: null };
  }

  private *close(): Generator<RaceEvent> {
    const { state } = this;
    state.nowMs += JUDGED_AFTER_MS;
    yield* judgeAfterwards(state);
    state.nowMs += RESULT_AFTER_MS;
    const atMs = state.nowMs;
    for (const [index, standing] of state.standings.order.entries()) {
      const { entry, bestMs, stops } = standing;
      const drivenMs = state.runners.find((runner) => runner.entry === entry)?.drivenMs ?? new Map<string, number>();
      const drivers = [...drivenMs].map(([name, drivingMs]) => ({ name, drivingMs }));
      yield { kind: 'result', atMs, entry, position: index + 1, laps: officialLaps(standing), bestLapMs: bestMs, stops, drivers };
    }
    yield { kind: 'session-ends', atMs };
  }
}

function dueMs({ path }: Runner): number {
  return path[0]?.atMs ?? Number.POSITIVE_INFINITY;
}
