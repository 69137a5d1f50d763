import type { FlagShown } from '../../model/race-event.js';
import { officialLaps } from '../../model/standings.js';
import { type FeedState, isOdd, isRace, say } from '../feed-state.js';
import { lengthText } from '../texts.js';
import { flagTooEarly, repeatLight, showLight } from './lights.js';
import { log } from './log.js';
import { startFlipping } from './names.js';
import { giveOwnColours } from './plates.js';
import { tellNextOnTicker } from './ticker.js';
import { flickerTitles } from './titles.js';
import { changeWeather } from './weather.js';

const RESYNC_MS = { countdown: 30_000, count: 15_000, text: 5_000, laps: 30_000 } as const;
/** A countdown starts a little above its nominal value. */
const ABOVE_NOMINAL_MS = 809;
const WRONG_BY_MS = 420_000;
const CORRECTED_AFTER_MS = 25_000;

/** A flag: the light, the log, the clock. */
export function tellFlag(state: FeedState, event: FlagShown): void {
  state.endAtMs = event.endAtMs;
  if (event.why === 'start') tellStart(state);
  else if (event.why === 'restart') tellGreen(state);
  else if (event.why === 'slow') tellSlow(state, event.flag === 'safety-car');
  else if (event.why === 'suspended') tellSuspension(state);
  else if (event.why === 'finish') tellFinish(state);
}

function tellStart(state: FeedState): void {
  const { board, dialect } = state;
  showLight(state, 'lg');
  state.running = true;
  if (isRace(state)) {
    for (const row of state.rows.values()) {
      row.outSinceMs = state.nowMs;
      row.lastPassMs = state.nowMs;
      board.set(row.id, 'status', 'in', '');
    }
  }
  tellClock(state, ABOVE_NOMINAL_MS);
  log(state, 'green', dialect.language.control.start);
  say(state);
  resyncLater(state);
  if (!isOdd(state, 'names-flip-early')) startFlipping(state);
  flagTooEarly(state);
  flickerTitles(state);
  changeWeather(state);
  giveOwnColours(state);
}

function tellGreen(state: FeedState): void {
  state.running = true;
  showLight(state, 'lg');
  tellClock(state, 0);
  log(state, 'green', state.dialect.language.control.green);
  say(state);
}

function tellSlow(state: FeedState, isSafetyCar: boolean): void {
  const { dialect } = state;
  const { control } = dialect.language;
  showLight(state, isSafetyCar ? dialect.lights.safetyCar : 'ly');
  log(state, 'yellow', isSafetyCar ? control.safetyCar : control.yellow);
  say(state);
}

/** The clock stands: one line with the frozen value, then silence. */
function tellSuspension(state: FeedState): void {
  showLight(state, state.dialect.lights.suspended);
  tellClock(state, 0);
  log(state, 'red', state.dialect.language.control.red);
  say(state);
  state.running = false;
}

function tellFinish(state: FeedState): void {
  state.over = true;
  state.running = false;
  showLight(state, 'lf');
  state.board.head('dyn1', 'text', '');
  log(state, 'chequered', state.dialect.language.control.finish);
  say(state);
  repeatLight(state);
  tellNextOnTicker(state);
}

/** What the clock shows before the start: the planned length, which may have to be corrected. */
export function clockBeforeStart(state: FeedState): string {
  const { dialect, frame } = state;
  if (frame?.lengthMs == null) return `${dialect.language.lap.leader} 0/${frame?.laps ?? 0}`;
  return lengthText(frame.lengthMs + (isOdd(state, 'length-corrected') ? WRONG_BY_MS : 0));
}

/** Puts a planned length right that was announced wrongly. */
export function correctLength(state: FeedState): void {
  const lengthMs = state.frame?.lengthMs ?? null;
  if (!isOdd(state, 'length-corrected') || lengthMs === null) return;
  state.agenda.at(state.nowMs + CORRECTED_AFTER_MS, () => {
    state.board.head('dyn1', 'text', lengthText(lengthMs));
    say(state);
  });
}

/** The leader's lap, where the session is run over laps. */
export function tellLeaderLap(state: FeedState): void {
  const { frame, standings, dialect, board } = state;
  const leader = standings.order[0];
  if (frame?.laps == null || leader === undefined || state.over) return;
  const lap = Math.min(frame.laps, officialLaps(leader));
  const value = `${dialect.language.lap.leader} ${lap}/${frame.laps}`;
  if (state.leaderLapShown === value) return;
  state.leaderLapShown = value;
  board.head('dyn1', 'text', value);
}

function tellClock(state: FeedState, aboveMs: number): void {
  const { frame, board, dialect, nowMs, endAtMs } = state;
  if (frame === null) return;
  const goneMs = nowMs - frame.greenAtMs;
  if (frame.lengthMs === null || endAtMs === null) {
    tellLeaderLap(state);
    if (dialect.flavour === 'championship') board.head('dyn2', 'count', String(goneMs));
    return;
  }
  const leftMs = endAtMs - nowMs;
  if (dialect.clock === 'count') board.head('dyn1', 'count', String(goneMs));
  else if (dialect.clock === 'text') board.head('dyn1', 'text', leftMs > 0 ? lengthText(leftMs) : '');
  else board.head('dyn1', 'countdown', leftMs > 0 ? String(leftMs + aboveMs) : '');
}

function resyncLater(state: FeedState): void {
  state.agenda.at(state.nowMs + RESYNC_MS[state.dialect.clock], () => {
    if (state.over) return;
    if (state.running && !isRunOut(state)) {
      tellClock(state, 0);
      say(state);
    }
    resyncLater(state);
  });
}

/** An empty countdown is sent once; the leader still has to finish his lap. */
function isRunOut(state: FeedState): boolean {
  if (state.endAtMs === null || state.dialect.clock === 'count' || state.nowMs <= state.endAtMs) return false;
  const wasTold = state.runOut;
  state.runOut = true;
  return wasTold;
}
