import type { ClockFace, Distance } from '@lts/race-actions';
import { parseCount, parseTimeMs } from '../durations.js';
import type { Line } from '../line.js';
import type { ParserLimits } from '../options.js';
import { plainText } from '../plain-text.js';
import type { Header } from '../state.js';

const MOST_LAP_DIGITS = 5;

/** Takes note of what a clock shows. The second one tells what remains only while the first tells nothing of it. */
export function readClock(header: Header, { target, cls, value }: Line, limits: ParserLimits): void {
  const clock = target === 'dyn1' ? 1 : 2;
  const face = faceOf(clock, cls.trim(), plainText(value, limits.textLength));
  header.clocks[clock - 1] = face;
  const remaining = remainingOf(face);
  if (remaining === null || (clock === 2 && header.remainingFrom === 'dyn1')) return;
  header.remaining = remaining;
  header.remainingFrom = clock === 1 ? 'dyn1' : 'dyn2';
}

/** Whether two faces show the same. */
export function sameFace(a: ClockFace | null, b: ClockFace | null): boolean {
  return a === b || (a !== null && b !== null && a.kind === b.kind && a.text === b.text);
}

/** An empty countdown has run out. Whole numbers are milliseconds, those with a dot are seconds. */
function faceOf(clock: 1 | 2, cls: string, text: string): ClockFace {
  if (cls === 'countdown') return faceOfTime(clock, cls, text === '' ? 0 : clockMs(text), text);
  if (cls === 'countdown_text') return faceOfTime(clock, 'countdown', clockMs(text.split('_', 1)[0] ?? ''), text);
  if (cls === 'count') return faceOfTime(clock, 'elapsed', clockMs(text), text);
  if (cls !== 'text') return faceOfTime(clock, 'unknown', null, text);
  const laps = lapsOf(text);
  if (laps === null) return faceOfTime(clock, 'text', text.includes(':') ? parseTimeMs(text) : null, text);
  return { clock, kind: 'laps', millis: null, laps_done: laps.done, laps_total: laps.total, text };
}

function faceOfTime(clock: 1 | 2, kind: ClockFace['kind'], millis: number | null, text: string): ClockFace {
  return { clock, kind, millis, laps_done: null, laps_total: null, text };
}

/** A clock that counts up, or a text that is no time, tells nothing of what remains; a text that is one is the planned length. */
function remainingOf({ kind, millis, laps_done: done, laps_total: total }: ClockFace): Distance | null {
  if (done !== null && total !== null) return { value: Math.max(0, total - done), unit: 'laps' };
  return millis === null || kind === 'elapsed' ? null : { value: millis, unit: 'millis' };
}

function clockMs(text: string): number | null {
  if (text.includes('.')) return /^\d+\.\d*$/u.test(text) ? parseTimeMs(text) : null;
  return parseCount(text);
}

/** `Lap 3/15`: the two numbers about the last slash. */
function lapsOf(text: string): { done: number; total: number } | null {
  const slash = text.lastIndexOf('/');
  if (slash === -1) return null;
  const before = text.slice(0, slash).trimEnd();
  const done = lapCount(before.slice(before.lastIndexOf(' ') + 1));
  const total = lapCount(text.slice(slash + 1));
  return done === null || total === null ? null : { done, total };
}

function lapCount(text: string): number | null {
  return text.trim().length > MOST_LAP_DIGITS ? null : parseCount(text);
}
