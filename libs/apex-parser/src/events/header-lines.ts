import type { CompetitionStatus, Distance, Flag } from '@lts/race-actions';
import { parseCount, parseTimeMs } from '../durations.js';
import type { ParserLimits } from '../options.js';
import { plainText } from '../plain-text.js';
import type { Line } from '../line.js';
import type { Header } from '../state.js';

/** Light of the flag panel -> flag, and the status it means; a yellow light leaves the status as it is. */
const LIGHTS: ReadonlyMap<string, readonly [Flag, CompetitionStatus | null]> = new Map([
  ['lg', ['green', 'ongoing']], ['lr', ['red', 'paused']], ['ly', ['yellow', null]], ['lf', ['chequered', 'finished']], ['lsc', ['safety-car', null]],
]);

/** Takes note of a line that says something above the table. */
export function readHeaderLine(header: Header, { target, cls, value }: Line, limits: ParserLimits): void {
  if (target === 'title1' || target === 'title2') header[target] = plainText(value, limits.textLength);
  else if (target === 'track') header.track = trackName(plainText(value, limits.textLength)) ?? header.track;
  else if (target === 'light') readLight(header, cls.trim());
  else if (target === 'dyn1' || target === 'dyn2') readClock(header, { target, cls, value });
}

const NUMBER = /^\d[\d.,]*$/u;

/** `ADULTO (1100m)` and `NAME - 1.384 km` without their length. */
function trackName(text: string): string | null {
  const open = text.endsWith(')') ? text.lastIndexOf('(') : text.lastIndexOf('-');
  const length = open === -1 ? '' : text.slice(open + 1, text.endsWith(')') ? -1 : undefined).trim();
  const name = isLength(length) ? text.slice(0, open).trim() : text;
  return name === '' ? null : name;
}

/** `1100m`, `1.384 km`. */
function isLength(text: string): boolean {
  const words = text.toLowerCase();
  const number = words.endsWith('km') ? words.slice(0, -2) : words.endsWith('m') ? words.slice(0, -1) : '';
  return NUMBER.test(number.trim());
}

function readLight(header: Header, light: string): void {
  const [flag, status] = LIGHTS.get(light) ?? ['unknown' as const, null];
  header.flag = flag;
  header.flagText = light;
  if (status !== null) header.status = status;
}

/** The second clock counts only while the first tells nothing; a clock that counts up tells nothing of what remains. */
function readClock(header: Header, { target, cls, value }: Line): void {
  const remaining = remainingOf(cls, value.trim());
  if (remaining === undefined || (target === 'dyn2' && header.remainingFrom === 'dyn1')) return;
  header.remaining = remaining;
  header.remainingFrom = target === 'dyn1' ? 'dyn1' : 'dyn2';
}

function remainingOf(cls: string, value: string): Distance | undefined {
  if (cls === 'countdown') return millis(value === '' ? 0 : clockMs(value));
  if (cls === 'countdown_text') return millis(clockMs(value.split('_')[0] ?? ''));
  return cls === 'text' ? remainingOfText(value) : undefined;
}

function millis(value: number | null): Distance | undefined {
  return value === null ? undefined : { value, unit: 'millis' };
}

/** Whole numbers are milliseconds, those with a dot are seconds. */
function clockMs(value: string): number | null {
  if (!value.includes('.')) return parseCount(value);
  return /^\d+\.\d*$/u.test(value) ? parseTimeMs(value) : null;
}

/** `Lap 3/15` leaves 12 laps, `00:20:00` is the planned length; other texts tell nothing. */
function remainingOfText(value: string): Distance | undefined {
  const [, done, all] = /(\d{1,5}) ?\/ ?(\d{1,5})$/u.exec(value) ?? [];
  if (done !== undefined && all !== undefined) return { value: Math.max(0, Number(all) - Number(done)), unit: 'laps' };
  return millis(value.includes(':') ? parseTimeMs(value) : null);
}
