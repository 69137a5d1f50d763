import type { CompetitionStatus, Flag, Sky } from '@lts/race-actions';
import { parseCount } from '../durations.js';
import type { Line } from '../line.js';
import type { ParserLimits } from '../options.js';
import { plainText } from '../plain-text.js';
import type { Header } from '../state.js';
import { readClock } from './clocks.js';
import { readTrack } from './track.js';

/** Light of the flag panel -> flag, and the status it means; a yellow light leaves the status as it is. */
const LIGHTS: ReadonlyMap<string, readonly [Flag, CompetitionStatus | null]> = new Map([
  ['lg', ['green', 'ongoing']], ['lr', ['red', 'paused']], ['ly', ['yellow', null]], ['lf', ['chequered', 'finished']], ['lsc', ['safety-car', null]],
]);

const SKIES: ReadonlyMap<string, Sky> = new Map([['ws', 'sunny'], ['wm', 'mixed'], ['wc', 'cloudy'], ['wo', 'overcast'], ['wr', 'rain']]);
const MOST_HOURS = 14;

type ReadLine = (header: Header, line: Line, limits: ParserLimits) => void;

const READERS: ReadonlyMap<string, ReadLine> = new Map<string, ReadLine>([
  ['title1', (header, { value }, limits) => void (header.title1 = plainText(value, limits.textLength))],
  ['title2', (header, { value }, limits) => void (header.title2 = plainText(value, limits.textLength))],
  ['track', (header, { value }, limits) => readTrackLine(header, plainText(value, limits.textLength))],
  ['light', (header, { cls }, limits) => readLight(header, cls.trim().slice(0, limits.textLength))],
  ['dyn1', readClock],
  ['dyn2', readClock],
  ['wth1', (header, { cls }) => void (header.weather.sky = cls.trim() === '' ? null : (SKIES.get(cls.trim()) ?? 'unknown'))],
  ['wth2', (header, { value }, limits) => void (header.weather.air_text = plainText(value, limits.textLength))],
  ['wth3', (header, { value }, limits) => void (header.weather.track_text = plainText(value, limits.textLength))],
  ['gmt', (header, { value }) => void (header.utcOffsetH = hoursOf(value.trim()) ?? header.utcOffsetH)],
]);

/** Takes note of a line that says something above the table. */
export function readHeaderLine(header: Header, line: Line, limits: ParserLimits): void {
  READERS.get(line.target)?.(header, line, limits);
}

/** An empty line, as a page without live timing has it, leaves the track as it was. */
function readTrackLine(header: Header, text: string): void {
  const { name, lengthM } = readTrack(text);
  if (name === '') return;
  header.track = name;
  header.trackLengthM = lengthM;
}

function readLight(header: Header, light: string): void {
  const [flag, status] = LIGHTS.get(light) ?? ['unknown' as const, null];
  header.flag = flag;
  header.flagText = light;
  if (status !== null) header.status = status;
}

function hoursOf(text: string): number | null {
  const hours = parseCount(text.startsWith('-') || text.startsWith('+') ? text.slice(1) : text);
  if (hours === null || hours > MOST_HOURS) return null;
  return text.startsWith('-') ? -hours : hours;
}
