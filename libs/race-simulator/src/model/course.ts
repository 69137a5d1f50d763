import { type Runner, type Waypoint } from './runner.js';
import { lapInTrain, queueUp } from './safety-car.js';
import type { SessionState } from './session-state.js';

const CLOSE_BEHIND_MS = 1_000;
const BREAKDOWN_CHANCE = 0.000_4;
const TRIAL_STOP_CHANCE = 0.03;
const TRIAL_LAST_STOP_MS = 180_000;

/** What lies ahead of a team that has just crossed the line: the loops, and the line again or the pit entry. */
export function planLap(state: SessionState, runner: Runner): void {
  const { circuit, nowMs, random } = state;
  const lapMs = lapInTrain(state, runner, drawLap(state, runner));
  const stops = wantsToStop(state, runner, lapMs);
  const at = (share: number): number => nowMs + Math.round(lapMs * share);
  if (state.frame.stage === 'race' && !state.over && random.chance(BREAKDOWN_CHANCE)) {
    const where = random.between(0.2, 0.8);
    runner.path = [...loops(state, 0, where).map((share): Waypoint => ({ kind: 'loop', atMs: at(share) })), { kind: 'breakdown', atMs: at(where) }];
    return;
  }
  const end = stops ? circuit.pit.entryAt : 1;
  if (!stops) queueUp(state, at(1));
  runner.path = [...loops(state, 0, end).map((share): Waypoint => ({ kind: 'loop', atMs: at(share) })), { kind: stops ? 'pit-in' : 'line', atMs: at(end) }];
}

/** What lies ahead of a team that leaves the pits: what is left of the lap. */
export function planFromExit(state: SessionState, runner: Runner, end: 'line' | 'first-passage'): void {
  const { circuit, nowMs } = state;
  const lapMs = drawLap(state, runner);
  const left = circuit.pit.exitToLine;
  const passed = end === 'line' ? loops(state, 1 - left, 1) : [];
  const at = (share: number): number => nowMs + Math.round(lapMs * (share - (1 - left)));
  runner.path = [...passed.map((share): Waypoint => ({ kind: 'loop', atMs: at(share) })), { kind: end, atMs: at(1) }];
}

/** Those on track go slower or faster from now on. */
export function changeSlowness(state: SessionState, slowness: number): void {
  const ratio = slowness / state.slowness;
  state.slowness = slowness;
  for (const runner of state.runners) {
    if (runner.state !== 'running') continue;
    for (const point of runner.path) point.atMs = state.nowMs + Math.round((point.atMs - state.nowMs) * ratio);
  }
}

function loops({ circuit }: SessionState, from: number, to: number): number[] {
  return circuit.loops.filter((share) => share > from && share < to);
}

function drawLap(state: SessionState, runner: Runner): number {
  const { frame, nowMs, pace } = state;
  const { lapMs, scatterMs } = pace.lap({
    driver: runner.driver,
    kart: runner.kart,
    lapOfStint: runner.lapOfStint,
    stintMs: nowMs - (runner.outSinceMs ?? nowMs),
    stintOffsetMs: runner.stintOffsetMs,
    elapsedMs: nowMs - frame.greenAtMs,
    lengthMs: state.endMs - frame.greenAtMs,
    held: nowMs > state.lastPassMs && nowMs - state.lastPassMs < CLOSE_BEHIND_MS,
    lastScatterMs: runner.lastScatterMs,
  });
  runner.lastScatterMs = scatterMs;
  return lapMs * state.slowness;
}

function wantsToStop(state: SessionState, runner: Runner, lapMs: number): boolean {
  if (state.over) return false;
  const { frame, nowMs, endMs, random, plan } = state;
  if (frame.stage === 'race') return plan.stopsNext(runner, { nowMs, startMs: frame.greenAtMs, endMs, lapMs });
  return runner.lapOfStint > 4 && endMs - nowMs > TRIAL_LAST_STOP_MS && random.chance(TRIAL_STOP_CHANCE);
}
