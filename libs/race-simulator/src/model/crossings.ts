import { planLap } from './course.js';
import type { LapDone, RaceEvent } from './race-event.js';
import { type Runner, bookStint } from './runner.js';
import type { SessionState } from './session-state.js';
import { officialLaps } from './standings.js';

/** Over the line for the first time, or the first time again: the lap clock starts. */
export function* firstPassage(state: SessionState, runner: Runner): Generator<RaceEvent> {
  const { nowMs, frame, circuit } = state;
  yield { kind: 'first-passage', atMs: nowMs, entry: runner.entry };
  const timedFromGreen = circuit.start === 'standing' && frame.ranking === 'laps' && runner.lapStartMs === frame.greenAtMs;
  startLap(state, runner);
  if (timedFromGreen) runner.lapStartMs = frame.greenAtMs;
  planLap(state, runner);
}

/** Past an intermediate loop. */
export function* loopPassage({ nowMs }: SessionState, runner: Runner): Generator<RaceEvent> {
  const timeMs = nowMs - runner.loopMs;
  runner.loopMs = nowMs;
  runner.sectors.push(timeMs);
  yield { kind: 'sector', atMs: nowMs, entry: runner.entry, sector: runner.sectors.length, timeMs };
}

/** Over the line with a lap; the flag comes out when it is time. */
export function* lineCrossing(state: SessionState, runner: Runner): Generator<RaceEvent> {
  yield* chequered(state, runner);
  yield* closeLap(state, runner, 'line');
  if (runner.state === 'finished') return;
  planLap(state, runner);
}

/** Ends the running lap at any loop; after the flag it was the last one. */
export function* closeLap(state: SessionState, runner: Runner, closedBy: LapDone['closedBy']): Generator<RaceEvent> {
  const { nowMs, standings, circuit } = state;
  const { entry, lapStartMs, loopMs } = runner;
  const sectors = circuit.loops.length === 0 ? [] : [...runner.sectors, nowMs - loopMs];
  const finish = state.over && closedBy !== 'entry';
  const number = officialLaps(standings.of(entry)) + 1;
  runner.lapOfStint += 1;
  if (finish) {
    bookStint(runner, nowMs);
    runner.state = 'finished';
    runner.path = [];
  }
  yield { kind: 'lap', atMs: nowMs, entry, number, timeMs: nowMs - lapStartMs, sectors, driver: runner.driver.name, closedBy, finish };
  startLap(state, runner);
  if (closedBy === 'line') state.lastPassMs = nowMs;
}

function startLap({ nowMs }: SessionState, runner: Runner): void {
  runner.lapStartMs = nowMs;
  runner.loopMs = nowMs;
  runner.sectors = [];
}

/** The leader's crossing after the time, or with the last lap, brings out the flag of a race. */
function* chequered(state: SessionState, { entry }: Runner): Generator<RaceEvent> {
  const { frame, standings, nowMs } = state;
  if (state.over || frame.ranking !== 'laps' || !standings.wouldLead(entry)) return;
  const isDone = frame.laps === null ? nowMs >= state.endMs : officialLaps(standings.of(entry)) + 1 >= frame.laps;
  if (!isDone) return;
  state.over = true;
  yield { kind: 'flag', atMs: nowMs, flag: 'chequered', why: 'finish', endAtMs: null };
}
