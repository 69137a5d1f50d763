import { planFromExit } from './course.js';
import { closeLap } from './crossings.js';
import type { RaceEvent, StopReason } from './race-event.js';
import { type Runner, type Waypoint, bookStint, nextDriver } from './runner.js';
import type { SessionState } from './session-state.js';

const PASSAGE_MS = { least: 14_000, most: 22_000 };
const TRIAL_STOP_MS = { least: 40_000, most: 150_000 };
const REPAIR_MS = { least: 60_000, most: 300_000 };
const STARTED_MINUTE_MS = 60_000;
/** What the timekeeper's clock may be off before a breach is written down. */
const TOLERANCE_MS = 200;

/** Into the pit lane; the work that will be done there is decided now. */
export function* pitIn(state: SessionState, runner: Runner): Generator<RaceEvent> {
  const { nowMs, circuit, standings } = state;
  if (circuit.pit.closes === 'entry') yield* closeLap(state, runner, 'entry');
  const why = reasonOf(state, runner);
  const { dueMs, stayMs } = stay(state, runner, why);
  const stintMs = nowMs - (runner.outSinceMs ?? nowMs);
  bookStint(runner, nowMs);
  runner.state = 'in-pit';
  runner.entriesAtMs.push(nowMs);
  runner.stop = { inAtMs: nowMs, why, dueMs };
  runner.path = work(state, why, stayMs);
  yield { kind: 'pit-in', atMs: nowMs, entry: runner.entry, stop: standings.of(runner.entry).stops + 1, why };
  if (state.frame.stage === 'race' && why !== 'repair') yield* judgeEntry(state, runner, stintMs);
}

/** Another driver, or the same one who must or may stay. */
export function* driverChange({ nowMs, rules }: SessionState, runner: Runner): Generator<RaceEvent> {
  const before = runner.driver;
  const after = nextDriver(runner, rules.rules.driverChange === 'every-stop');
  runner.driver = after;
  if (after !== before) yield { kind: 'driver-change', atMs: nowMs, entry: runner.entry, before: before.name, after: after.name };
}

/** The kart goes to the back of a row, the one at the front comes out. */
export function* kartChange({ nowMs, rows }: SessionState, runner: Runner): Generator<RaceEvent> {
  const before = runner.kart;
  runner.kart = rows.exchange(before);
  if (runner.kart !== before) yield { kind: 'kart-change', atMs: nowMs, entry: runner.entry, before, after: runner.kart };
}

/** Back on the track. */
export function* pitOut(state: SessionState, runner: Runner): Generator<RaceEvent> {
  const { nowMs, circuit } = state;
  const { stop } = runner;
  runner.state = 'running';
  runner.stop = null;
  runner.outSinceMs = nowMs;
  runner.lapOfStint = 0;
  runner.stintOffsetMs = state.pace.stint();
  state.plan.newStint(runner);
  yield { kind: 'pit-out', atMs: nowMs, entry: runner.entry, inAtMs: stop?.inAtMs ?? null };
  if (stop === null) {
    planFromExit(state, runner, 'first-passage');
    return;
  }
  if (stop.why === 'change' && state.frame.stage === 'race') yield* judgeStop(state, runner, { pitMs: nowMs - stop.inAtMs, dueMs: stop.dueMs });
  if (circuit.pit.closes === 'exit') yield* closeLap(state, runner, 'exit');
  if (!isFinished(runner)) planFromExit(state, runner, 'line');
}

/** A kart stands on the track and is towed in, or does not go on at all. */
export function* breakdown({ nowMs, random }: SessionState, runner: Runner): Generator<RaceEvent> {
  const final = random.chance(0.04);
  runner.path = final ? [] : [{ kind: 'pit-in', atMs: nowMs + random.whole(60_000, 400_000) }];
  if (final) bookStint(runner, nowMs);
  runner.state = final ? 'retired' : 'running';
  runner.mustPass = false;
  runner.broken = !final;
  yield { kind: 'breakdown', atMs: nowMs, entry: runner.entry, final };
}

function isFinished({ state }: Runner): boolean {
  return state === 'finished';
}

function reasonOf(state: SessionState, runner: Runner): StopReason {
  const wasBroken = runner.broken;
  runner.broken = false;
  if (wasBroken) return 'repair';
  const passes = runner.mustPass && state.frame.stage === 'race';
  runner.mustPass = false;
  if (passes) return 'penalty';
  runner.servedAtMs.push(state.nowMs);
  return 'change';
}

function stay({ frame, plan, random }: SessionState, runner: Runner, why: StopReason): { dueMs: number; stayMs: number } {
  const drawn = ({ least, most }: { least: number; most: number }): { dueMs: number; stayMs: number } => ({ dueMs: 0, stayMs: random.whole(least, most) });
  if (why === 'penalty') return drawn(PASSAGE_MS);
  if (why === 'repair') return drawn(REPAIR_MS);
  if (frame.stage !== 'race') return drawn(TRIAL_STOP_MS);
  const asked = plan.pitTime(runner);
  runner.owedMs = 0;
  return asked;
}

function work({ nowMs, rules }: SessionState, why: StopReason, stayMs: number): Waypoint[] {
  const path: Waypoint[] = [];
  if (why !== 'penalty') path.push({ kind: 'driver-change', atMs: nowMs + Math.round(stayMs * 0.4) });
  if (why === 'repair' || (why === 'change' && rules.rules.karts.change)) path.push({ kind: 'kart-change', atMs: nowMs + Math.round(stayMs * 0.5) });
  return [...path, { kind: 'pit-out', atMs: nowMs + stayMs }];
}

/** Too long on track, or in while the pits are closed. */
function* judgeEntry(state: SessionState, runner: Runner, stintMs: number): Generator<RaceEvent> {
  const { rules, nowMs, frame, endMs } = state;
  const { penalties } = rules.rules;
  const overMs = stintMs - rules.maxStintMs(runner.entry.category);
  if (overMs > TOLERANCE_MS) yield* seconds(state, runner, penalties.overstayedPerMinute * Math.ceil(overMs / STARTED_MINUTE_MS), 'stint-too-long');
  const isClosed = nowMs < frame.greenAtMs + rules.closedFirstMs || nowMs > endMs - rules.closedLastMs;
  if (isClosed && !state.over) yield* seconds(state, runner, penalties.closedPit, 'pit-closed');
}

/** Too short in the pits. */
function* judgeStop(state: SessionState, runner: Runner, { pitMs, dueMs }: { pitMs: number; dueMs: number }): Generator<RaceEvent> {
  const spareMs = pitMs - dueMs;
  if (spareMs > -TOLERANCE_MS) return;
  const { nowMs, standings, rules } = state;
  const lap = standings.of(runner.entry).laps.length + 1;
  yield { kind: 'warning', atMs: nowMs, entry: runner.entry, about: 'pit-time', pitMs, lap };
  yield* seconds(state, runner, rules.rules.penalties.shortStop(-spareMs), 'pit-too-short');
}

/** Seconds to be served on top of the next stop. */
function* seconds({ nowMs }: SessionState, runner: Runner, amount: number, reason: 'stint-too-long' | 'pit-closed' | 'pit-too-short'): Generator<RaceEvent> {
  runner.owedMs += amount * 1_000;
  yield { kind: 'penalty', atMs: nowMs, entry: runner.entry, amount: { seconds: amount }, reason };
}
