import type { Distance, Flag, Metadata, Row } from './live/messages.js';

/** What stands where a value is missing; as wide as a value's first character, so that nothing jumps. */
export const NOTHING = '–';

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** A lap time, `m:ss.mmm` (`h:mm:ss.mmm` from an hour on); {@link NOTHING} for 0, which means "not yet". */
export function lapTime(timeMs: number): string {
  if (timeMs <= 0) return NOTHING;
  const seconds = Math.floor(timeMs / 1000);
  return `${clock(seconds)}.${padded(Math.floor(timeMs) % 1000, 3)}`;
}

/** Whole seconds as `m:ss`, or `h:mm:ss` from an hour on. */
function clock(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = padded(seconds % 60, 2);
  return minutes < 60 ? `${minutes}:${rest}` : `${Math.floor(minutes / 60)}:${padded(minutes % 60, 2)}:${rest}`;
}

/** A distance to another row: `+12.345`, `+1:02.345`, `+1 lap`, `+2 laps`. */
export function distance(value: Distance | null): string {
  if (value === null) return NOTHING;
  const sign = value.value < 0 ? '-' : '+';
  const size = Math.abs(value.value);
  if (value.unit === 'laps') return `${sign}${size} ${size === 1 ? 'lap' : 'laps'}`;
  if (size < 60_000) return `${sign}${Math.floor(size / 1000)}.${padded(Math.floor(size) % 1000, 3)}`;
  return `${sign}${lapTime(size)}`;
}

/** Time in the pit lane, `m:ss`; `1h02` from an hour on, so that it keeps its width. */
export function pitTime(timeMs: number): string {
  const seconds = Math.max(0, Math.floor(timeMs / 1000));
  if (seconds < 3600) return clock(seconds);
  return `${Math.floor(seconds / 3600)}h${padded(Math.floor(seconds / 60) % 60, 2)}`;
}

/** Time left, `m:ss` or `h:mm:ss`; a started second counts in full, so that zero means over. */
export function remainingTime(timeMs: number): string {
  return clock(Math.max(0, Math.ceil(timeMs / 1000)));
}

/** Age of the data: `3 s` below a minute, then as a clock, then in days. */
export function age(ageMs: number): string {
  const seconds = Math.floor(Math.max(0, ageMs) / 1000);
  if (seconds < 60) return `${seconds} s`;
  return seconds < 86_400 ? clock(seconds) : `${Math.floor(seconds / 86_400)} d`;
}

/** A team as the page calls it: its name, else its driver, else its number. */
export function teamName(row: Row): string {
  return [row.teamName, row.driverName, row.numberText].find((text) => text.trim() !== '') ?? row.code;
}

const STAGES = new Map([
  ['free-practice', 'Free practice'],
  ['qualifying', 'Qualifying'],
  ['race', 'Race'],
]);

/** Stage in words; an unknown one as the feed writes it. */
export function stageName(metadata: Metadata): string {
  return STAGES.get(metadata.stage) ?? metadata.stageText;
}

/** Titles and stage of the session without those that only repeat the competition's name or each other. */
export function sessionTitles(metadata: Metadata, competitionName: string): string[] {
  const titles = new Map<string, string>();
  for (const title of [metadata.title1, metadata.title2, stageName(metadata)]) titles.set(title.trim().toLowerCase(), title.trim());
  titles.delete('');
  titles.delete(competitionName.trim().toLowerCase());
  return [...titles.values()];
}

const FLAGS: Record<Flag, string> = {
  green: 'Green',
  yellow: 'Yellow',
  red: 'Red flag',
  chequered: 'Chequered',
  'safety-car': 'Safety car',
  unknown: 'No flag',
};

/** The flag panel in words; without a flag the state of the competition. */
export function flagName(metadata: Metadata): string {
  if (metadata.flag !== 'unknown') return FLAGS[metadata.flag];
  return metadata.status === '' ? FLAGS.unknown : `${metadata.status.charAt(0).toUpperCase()}${metadata.status.slice(1)}`;
}
