import type { Snapshot } from '../src/index.js';
import type { StatedPage } from './stated-page.js';

type Folded = Snapshot['state'];
type Row = Folded['rows'][number];

/** A place where the fold and the page differ: which, what the fold holds, what the page states. */
export interface Difference {
  place: string;
  folded: string;
  stated: string;
}

/** Compares what a fold holds with what a page states, cell by cell and line by line. */
export function compareWithPage(folded: Folded, page: StatedPage): { compared: number; differences: Difference[] } {
  const rows = new Map(folded.rows.filter(({ present }) => present).map((row) => [row.code, row]));
  const places = [...page.cells].map(([place, value]): Difference => ({ place, folded: cellOf(rows, place, value), stated: value }));
  places.push(...[...page.lines].map(([place, value]): Difference => ({ place, folded: lineOf(folded, place), stated: value })));
  return { compared: places.length, differences: places.filter((place) => place.folded !== place.stated) };
}

function cellOf(rows: ReadonlyMap<string, Row>, place: string, statedValue: string): string {
  const [code = '', column = '', told = ''] = place.split(' ');
  const row = rows.get(code);
  return row === undefined ? 'no such row' : (CELLS[told]?.(row, { column, statedValue }) ?? 'not held');
}

const ms = (value: number | null | undefined): string => (value === null || value === undefined ? 'none' : `${value} ms`);

type Cell = (row: Row, of: { column: string; statedValue: string }) => string;

const CELLS: Readonly<Record<string, Cell>> = {
  state: ({ state }) => state,
  position: ({ position, classified }) => (classified ? String(position) : 'none'),
  number: ({ numberText, plate }) => `${numberText} ${plate}`,
  name: ({ team, driver }, { statedValue }) => (statedValue.startsWith('driver ') ? `driver ${driver ?? ''}` : `team ${team ?? ''}`),
  'last-lap': ({ lastMs }) => ms(lastMs),
  'best-lap': ({ bestMs }) => ms(bestMs),
  gap: ({ gap, raceLap }) => distance(gap, raceLap),
  'other-gap': ({ otherGap, otherRaceLap }) => distance(otherGap, otherRaceLap),
  interval: ({ interval }) => distance(interval, null),
  laps: ({ laps }) => String(laps),
  clock: ({ stintMs, stopLedger: { clockMs } }, { statedValue }) => (statedValue.startsWith('in the pit') ? `in the pit ${ms(clockMs)}` : `on track ${ms(stintMs)}`),
  stops: ({ stops }) => String(stops),
  'sector-1': ({ sectors }) => ms(sectors[0]),
  'sector-2': ({ sectors }) => ms(sectors[1]),
  'sector-3': ({ sectors }) => ms(sectors[2]),
  category: ({ category }) => category || 'none',
  nationality: ({ nationality }) => nationality,
  penalty: ({ penalty }) => penalty || 'none',
  free: ({ freeCells }, { column }) => freeCells[column] || 'none',
};

function distance(gap: Row['gap'], raceLap: number | null): string {
  if (raceLap !== null) return `leads in ${raceLap}`;
  return gap === null ? 'none' : `${gap.value} ${gap.unit === 'laps' ? 'laps' : 'ms'}`;
}

const SKIES: Readonly<Record<string, string>> = { sunny: 'ws', mixed: 'wm', cloudy: 'wc', overcast: 'wo', rain: 'wr' };
const CLOCKS: Readonly<Record<string, string>> = { countdown: 'countdown', elapsed: 'count', laps: 'text', text: 'text' };

type HeaderLine = (folded: Folded) => string;

const LINES: Readonly<Record<string, HeaderLine>> = {
  title1: ({ header }) => header.title1,
  title2: ({ header }) => header.title2,
  light: ({ header }) => header.flagText,
  dyn1: ({ header }) => clock(header.clocks[0]),
  dyn2: ({ header }) => clock(header.clocks[1]),
  gmt: ({ header }) => String(header.utcOffsetH ?? ''),
  wth1: ({ header }) => SKIES[header.weather.sky ?? ''] ?? '',
  wth2: ({ header }) => header.weather.air_text,
  wth3: ({ header }) => header.weather.track_text,
  msg: ({ ticker }) => ticker,
  com: ({ log }) => log.flatMap(({ key, shown }) => (shown ? [key] : [])).sort().join('\n'),
};

function lineOf(folded: Folded, place: string): string {
  return place.startsWith('css ') ? (folded.styles[place.slice('css '.length)] ?? 'none') : (LINES[place]?.(folded) ?? 'not held');
}

function clock(face: Folded['header']['clocks'][number]): string {
  return face === null ? 'none' : `${CLOCKS[face.kind] ?? face.kind} ${face.text}`;
}
