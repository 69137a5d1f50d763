import { changeSlowness } from './course.js';
import type { Intervention } from './intervention.js';
import type { RaceEvent } from './race-event.js';
import { bookStint, type Runner } from './runner.js';
import { CATCHING_UP_SLOWNESS, newTrain } from './safety-car.js';
import type { SessionState } from './session-state.js';
import { officialLaps } from './standings.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const YELLOW_SLOWNESS = 1.25;
const FALSE_RESTART_CHANCE = 0.4;
const GRID_GAP_MS = 900;
const ROLLBACK_CHANCE = 0.7;

/** How often things happen, per hour; whatever is not certain may also not happen at all. */
const PER_HOUR = { yellow: 0.3, 'safety-car': 0.15, suspension: 0.06, seconds: 0.8, 'lap-penalty': 0.25, passage: 0.3, warning: 1.2, 'lap-taken': 0.12, 'lap-given': 0.12 } as const;
const KINDS = ['yellow', 'safety-car', 'suspension', 'seconds', 'lap-penalty', 'passage', 'warning', 'lap-taken', 'lap-given'] as const;

/** What will happen in a race of that length, in order of time; slow phases never overlap. */
export function interventions({ frame, endMs, random }: SessionState, eventful: boolean): Intervention[] {
  const lengthMs = endMs - frame.greenAtMs;
  if (eventful) return eventfulPlan(frame.greenAtMs, lengthMs);
  const drawn = KINDS.flatMap((kind) => Array.from({ length: random.poisson((PER_HOUR[kind] * lengthMs) / HOUR_MS) }, (): Intervention => ({ kind, atMs: frame.greenAtMs + Math.round(random.between(0.1, 0.9) * lengthMs) })));
  drawn.sort((left, right) => left.atMs - right.atMs);
  return drawn.flatMap((intervention) => withAllClear(intervention, random.between(2, 8) * MINUTE_MS)).sort((left, right) => left.atMs - right.atMs);
}

/** Carries one out. A suspension takes its whole length at once: nobody moves meanwhile. */
export function* intervene(state: SessionState, { kind }: Intervention): Generator<RaceEvent> {
  if (kind === 'yellow' || kind === 'safety-car') yield* slowDown(state, kind);
  else if (kind === 'all-clear') yield* allClear(state);
  else if (kind === 'suspension') yield* suspend(state, state.random.chance(ROLLBACK_CHANCE) ? state.nowMs - state.random.whole(20_000, 2 * state.circuit.lapMs) : null);
  else if (kind === 'false-restart') yield* suspend(state, state.restartedAtMs);
  else yield* judge(state, kind);
}

function withAllClear(intervention: Intervention, lengthMs: number): Intervention[] {
  if (intervention.kind !== 'yellow' && intervention.kind !== 'safety-car') return [intervention];
  return [intervention, { kind: 'all-clear', atMs: intervention.atMs + Math.round(lengthMs) }];
}

function eventfulPlan(greenAtMs: number, lengthMs: number): Intervention[] {
  const at = (kind: Intervention['kind'], share: number): Intervention => ({ kind, atMs: greenAtMs + Math.round(share * lengthMs) });
  return [at('warning', 0.1), at('seconds', 0.16), at('safety-car', 0.26), at('all-clear', 0.31), at('lap-penalty', 0.42), at('passage', 0.5), at('yellow', 0.6), at('all-clear', 0.63), at('seconds', 0.72), at('warning', 0.8)];
}

function* slowDown(state: SessionState, kind: 'yellow' | 'safety-car'): Generator<RaceEvent> {
  if (state.slowness !== 1) return;
  changeSlowness(state, kind === 'yellow' ? YELLOW_SLOWNESS : CATCHING_UP_SLOWNESS);
  if (kind === 'safety-car') state.train = newTrain();
  yield { kind: 'flag', atMs: state.nowMs, flag: kind, why: 'slow', endAtMs: state.endMs };
}

function* allClear(state: SessionState): Generator<RaceEvent> {
  if (state.slowness === 1) return;
  goFree(state);
  yield { kind: 'flag', atMs: state.nowMs, flag: 'green', why: 'restart', endAtMs: state.endMs };
}

/**
 * Red: everybody stands, the clock too. Where it goes on from a former state, all start again from the grid and get back the
 * time since then. Some restarts were a mistake: half a minute later the race is suspended again, and goes back to the grid.
 */
function* suspend(state: SessionState, goOnFromMs: number | null): Generator<RaceEvent> {
  const { random, pending } = state;
  goFree(state);
  const stoppedAtMs = state.nowMs;
  yield { kind: 'flag', atMs: stoppedAtMs, flag: 'red', why: 'suspended', endAtMs: state.endMs };
  const pauseMs = random.whole(5 * MINUTE_MS, 40 * MINUTE_MS);
  const givenBackMs = goOnFromMs === null ? 0 : stoppedAtMs - goOnFromMs;
  state.nowMs += pauseMs;
  state.endMs += pauseMs + givenBackMs;
  for (const next of pending) next.atMs += pauseMs + givenBackMs;
  for (const runner of state.runners) holdBack(runner, pauseMs, state);
  if (goOnFromMs !== null) yield* rollBack(state, goOnFromMs);
  state.restartedAtMs = state.nowMs;
  yield { kind: 'flag', atMs: state.nowMs, flag: 'green', why: 'restart', endAtMs: state.endMs };
  if (goOnFromMs !== null && random.chance(FALSE_RESTART_CHANCE)) pending.unshift({ kind: 'false-restart', atMs: state.nowMs + random.whole(20_000, 50_000) });
}

function goFree(state: SessionState): void {
  changeSlowness(state, 1);
  state.train = null;
}

/** Nobody leaves the pits before the restart, and then one by one. */
function holdBack(runner: Runner, pauseMs: number, { nowMs, random }: SessionState): void {
  if (runner.state === 'running') for (const point of runner.path) point.atMs += pauseMs;
  if (runner.state !== 'in-pit') return;
  const lateMs = Math.max(0, nowMs + random.whole(1_000, 20_000) - (runner.path.at(-1)?.atMs ?? nowMs));
  for (const point of runner.path) point.atMs += lateMs;
}

/** The race is put back to a former moment: laps and stops since then do not count, all start again from the grid. */
function* rollBack(state: SessionState, toMs: number): Generator<RaceEvent> {
  const { runners, standings, nowMs } = state;
  const changes = runners.map((runner) => {
    const { entry } = runner;
    const stops = runner.entriesAtMs.filter((atMs) => atMs > toMs).length;
    runner.entriesAtMs = runner.entriesAtMs.filter((atMs) => atMs <= toMs);
    runner.servedAtMs = runner.servedAtMs.filter((atMs) => atMs <= toMs);
    return { entry, laps: -standings.of(entry).laps.filter(({ atMs }) => atMs > toMs).length, stops: 0 - stops };
  });
  yield { kind: 'correction', atMs: nowMs, cause: 'rollback', changes: changes.filter(({ laps, stops }) => laps !== 0 || stops !== 0) };
  standings.order.forEach(({ entry }, place) => {
    const runner = runners.find((candidate) => candidate.entry === entry);
    if (runner === undefined) return;
    const isBackOnTrack = runner.state === 'in-pit' && (runner.stop?.inAtMs ?? 0) > toMs;
    if (isBackOnTrack) {
      runner.state = 'running';
      runner.stop = null;
      runner.outSinceMs = nowMs;
    }
    if (runner.state === 'running' && !runner.broken) runner.path = [{ kind: 'first-passage', atMs: nowMs + 3_000 + place * GRID_GAP_MS }];
  });
}

function* judge(state: SessionState, kind: 'seconds' | 'lap-penalty' | 'passage' | 'warning' | 'lap-taken' | 'lap-given'): Generator<RaceEvent> {
  const runner = victim(state, kind);
  if (runner === null) return;
  const { entry } = runner;
  const { random, nowMs: atMs, standings } = state;
  const reason = random.pick(['contact', 'yellow-flag'] as const);
  const lap = officialLaps(standings.of(entry)) + 1;
  if (kind === 'warning') yield { kind, atMs, entry, about: random.pick(['pit-speed', 'driving'] as const), pitMs: null, lap };
  else if (kind === 'lap-penalty') yield { kind: 'penalty', atMs, entry, amount: { laps: 1 }, reason };
  else if (kind === 'lap-taken') yield { kind: 'correction', atMs, cause: 'judgement', changes: [{ entry, laps: -random.whole(1, 2), stops: 0 }] };
  else if (kind === 'lap-given') yield { kind: 'correction', atMs, cause: 'judgement', changes: [{ entry, laps: random.whole(1, 4), stops: 0 }] };
  else if (kind === 'passage') {
    runner.mustPass = true;
    yield { kind: 'penalty', atMs, entry, amount: { stop: true }, reason };
  } else {
    runner.owedMs += 20_000;
    yield { kind: 'penalty', atMs, entry, amount: { seconds: 20 }, reason };
  }
}

/** Somebody on track with laps enough to lose some; seconds hit the top of the field as often as not. */
function victim({ runners, standings, random }: SessionState, kind: Intervention['kind']): Runner | null {
  const eligible = runners.filter((runner) => runner.state === 'running' && !runner.broken && standings.of(runner.entry).laps.length > 3);
  const front = eligible.filter(({ entry }) => standings.order.findIndex((standing) => standing.entry === entry) < 3);
  const among = kind === 'seconds' && front.length > 0 ? front : eligible;
  return among[random.whole(0, among.length - 1)] ?? null;
}

/** What is judged after the flag: stops that are missing, seconds that were not served. */
export function* judgeAfterwards({ frame, runners, plan, rules, nowMs }: SessionState): Generator<RaceEvent> {
  if (frame.stage !== 'race') return;
  for (const runner of runners) {
    const { entry } = runner;
    const missing = runner.state === 'finished' ? plan.missing(runner) : 0;
    if (missing > 0) yield { kind: 'penalty', atMs: nowMs, entry, amount: { laps: missing * rules.rules.penalties.missingStopLaps }, reason: 'stop-missing' };
    else if (runner.owedMs > 0 || runner.mustPass) yield { kind: 'penalty', atMs: nowMs, entry, amount: { laps: 1 }, reason: 'seconds-not-served' };
    bookStint(runner, nowMs);
  }
}
