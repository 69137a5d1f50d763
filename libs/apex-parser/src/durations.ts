import type { Distance } from '@lts/race-actions';

const ZERO = 48;
const COLON = 58;
const BLANK = 32;
const NO_BREAK_SPACE = 160;
const PLUS = 43;
const MINUS = 45;
const MAX_DIGITS = 9;
const LONGEST_MS = 24 * 24 * 3_600_000;
const FRACTION_WEIGHTS = [100, 10, 1];

const isBlank = (code: number): boolean => code === BLANK || code === NO_BREAK_SPACE;
const isDigit = (code: number): boolean => code >= ZERO && code < COLON;

/**
 * `59.340`, `1:06.019`, `1:22:31.566`, `3:49.9`, `100.78`, and pit clocks such as `1:08.`, in milliseconds.
 * Digits after the third decimal are dropped. Null for anything else, `-`, the empty text, and 24 days or more included.
 */
export function parseTimeMs(text: string): number | null {
  let at = 0;
  let end = text.length;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
  if (text.charCodeAt(at) === PLUS) at++;
  const dot = text.indexOf('.', at);
  const wholeEnd = dot === -1 ? end : dot;
  const seconds = parseSexagesimal(text, at, wholeEnd);
  if (seconds === null) return null;
  const fraction = dot === -1 ? 0 : parseFraction(text, dot + 1, end);
  return fraction === null ? null : storable(seconds * 1000 + fraction);
}

/** `h:mm`, as drivers' and on-track times are written, in milliseconds; null for anything else. */
export function parseHoursMinutesMs(text: string): number | null {
  const colon = text.indexOf(':');
  if (colon < 1 || text.indexOf('.') !== -1 || text.lastIndexOf(':') !== colon) return null;
  const minutes = parseSexagesimal(text, 0, text.length);
  return minutes === null ? null : storable(minutes * 60_000);
}

/** No session lasts as long: what is longer is no time, and no database column of 32 bits would hold it. */
function storable(ms: number): number | null {
  return ms <= LONGEST_MS ? ms : null;
}

/** A whole number without sign, of at most nine digits; blanks around it are allowed. Null for anything else. */
export function parseCount(text: string): number | null {
  let at = 0;
  let end = text.length;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
  if (at === end || end - at > MAX_DIGITS) return null;
  let value = 0;
  for (; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return null;
    value = value * 10 + code - ZERO;
  }
  return value;
}

/**
 * A gap or interval: a time, or laps down (`14 Vueltas`).
 * Null for an empty cell, for the leader's lap label (`Vuelta 604`) and for a negative difference.
 */
export function parseDistance(text: string): Distance | null {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first) || !(isDigit(first) || first === PLUS || isBlank(first))) return null;
  const millis = parseTimeMs(text);
  if (millis !== null) return { value: millis, unit: 'millis' };
  const trimmed = text.trim();
  const blank = trimmed.search(/\s/u);
  const laps = blank === -1 ? null : parseCount(trimmed.slice(0, blank));
  return laps === null ? null : { value: laps, unit: 'laps' };
}

/** Lap of the race in the leader's gap cell, `Vuelta 604` or `Lap 16`; null for any other gap. */
export function parseLeaderLap(text: string): number | null {
  const first = text.charCodeAt(0);
  if (Number.isNaN(first) || isDigit(first) || isBlank(first) || first === PLUS || first === MINUS) return null;
  const trimmed = text.trimEnd();
  return parseCount(trimmed.slice(trimmed.lastIndexOf(' ') + 1));
}

function parseSexagesimal(text: string, start: number, end: number): number | null {
  let total = 0;
  let part = 0;
  let digits = 0;
  let colons = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      if (++digits > MAX_DIGITS) return null;
      part = part * 10 + code - ZERO;
    } else {
      if (code !== COLON || digits === 0 || ++colons > 2) return null;
      total = (total + part) * 60;
      part = 0;
      digits = 0;
    }
  }
  return digits === 0 ? null : total + part;
}

function parseFraction(text: string, start: number, end: number): number | null {
  let millis = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (!isDigit(code)) return null;
    millis += (FRACTION_WEIGHTS[at - start] ?? 0) * (code - ZERO);
  }
  return millis;
}

/** Whether two distances say the same. */
export function sameDistance(a: Distance | null, b: Distance | null): boolean {
  return a === b || (a !== null && b !== null && a.value === b.value && a.unit === b.unit);
}
