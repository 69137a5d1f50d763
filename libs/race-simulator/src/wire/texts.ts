import type { Language } from './languages/language.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** `1:02.345`, `59.340`, `1:22:31.566`: a lap or gap as the wire writes it. */
export function timeText(timeMs: number): string {
  const whole = Math.round(timeMs);
  const hours = Math.floor(whole / HOUR_MS);
  const minutes = Math.floor((whole % HOUR_MS) / MINUTE_MS);
  const seconds = ((whole % MINUTE_MS) / 1000).toFixed(3);
  if (hours > 0) return `${hours}:${String(minutes).padStart(2, '0')}:${seconds.padStart(6, '0')}`;
  return minutes === 0 ? seconds : `${minutes}:${seconds.padStart(6, '0')}`;
}

/** `24.85`, `26.138`, `100.78`: a sector, in seconds however long. */
export function sectorText(timeMs: number, digits: number): string {
  return (timeMs / 1000).toFixed(digits);
}

/** `24.850`, `1:26.3`: a sector, above a minute with minutes and one decimal. */
export function sectorWithMinutesText(timeMs: number, digits: number): string {
  const tenths = Math.round(timeMs / 100);
  if (tenths < 600) return sectorText(timeMs, digits);
  return `${Math.floor(tenths / 600)}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`;
}

/** `61.43`: km/h over so many metres. */
export function speedText(lengthM: number, timeMs: number, digits: number): string {
  return ((lengthM * 3_600) / timeMs).toFixed(digits);
}

/** `00.`, `1:08.`: the pit clock. */
export function pitClockText(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  const rest = String(seconds % 60).padStart(2, '0');
  return seconds < 60 ? `${rest}.` : `${Math.floor(seconds / 60)}:${rest}.`;
}

/** `0:54`: hours and minutes. */
export function hoursMinutesText(timeMs: number): string {
  const minutes = Math.floor(timeMs / MINUTE_MS);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `01:49`: minutes and seconds, as in a warning. */
export function minutesSecondsText(timeMs: number): string {
  const seconds = Math.floor(timeMs / 1000);
  return [Math.floor(seconds / 60), seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `02:00:00`: the planned length before the start, or a standing clock. */
export function lengthText(timeMs: number): string {
  const seconds = Math.round(timeMs / 1000);
  return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** `10:34`: the local wall clock of the race-control log. */
export function wallClockText(unixMs: number, gmtHours: number): string {
  return new Date(unixMs + gmtHours * HOUR_MS).toISOString().slice(11, 16);
}

/** `1 Vuelta`, `14 Vueltas`. */
export function lapsBehindText(laps: number, { lap }: Pick<Language, 'lap'>): string {
  return `${laps} ${laps === 1 ? lap.one : lap.many}`;
}

/** `Vuelta 604`: what the leader has instead of a gap. */
export function leaderText(laps: number, { lap }: Pick<Language, 'lap'>): string {
  return `${lap.leader} ${laps}`;
}

/** Text as it must stand in HTML. */
export function htmlText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
