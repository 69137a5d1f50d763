import type { SimulatedFrame } from '../src/index.js';

/** What a stretch of feed is made of: figures that do not depend on who drives how fast. */
export interface MakeUp {
  /** Share of each kind of line, by column type or mark. */
  shares: Map<string, number>;
  /** Lines of each kind for one crossing of the line. */
  perCrossing: Map<string, number>;
  /** Shares of frames with one line, with up to six, with more than sixteen. */
  single: number;
  small: number;
  large: number;
  /** Share of lap counts whose frame has neither the last lap of the row nor a crossing. */
  splitLaps: number;
  /** Share of entries whose status comes in another frame. */
  splitEntries: number;
  /** Share of crossings whose lines come in the order: cells of the row by column, with the lap among them, the crossing, the move of the row. */
  ordered: number;
  /** How long names show the driver, and how long the team; median time between two lines of the clock, ms. */
  driverMs: number;
  teamMs: number;
  clockMs: number;
  /** Median time between two ticks of a row's pit clock, and of its clock on track, ms. */
  pitTickMs: number;
  trackTickMs: number;
  /** Names in a frame of a flip, against the rows of the table. */
  flipRows: number;
  /** Of the first page: its lines, and the characters of its table for each cell. */
  pageLines: number;
  cellChars: number;
}

/** A line that the protocol has, taken apart. */
interface Part {
  row: string;
  /** Where the line belongs among those of its row: cells by column, the crossing, the move. */
  rank: number;
  kind: string;
  cls: string;
  value: string;
}
interface Parts {
  atMs: number;
  lines: Part[];
}

const CELL = /^(r\d+)c(\d+)$/;
const VALID = /^(r\d+(c\d+)?|[bc]r\d+c\d+|[a-z_]+\d?)\|/;
const MARK_RANKS: Record<string, number> = { '*': 1_000, '#': 1_001 };
const FLIP_NAMES = 8;

/** Takes a stretch of feed apart; columns by the type of the header, untyped ones by their label. */
export function makeUp(frames: readonly SimulatedFrame[]): MakeUp {
  const columns = new Map<number, string>();
  const parts: Parts[] = [];
  for (const { atMs, text } of frames) {
    if (text.includes('grid||')) readHeader(text, columns);
    if (text.startsWith('init|')) continue;
    const lines = text.split('\n').filter((line) => VALID.test(line)).map((line) => partOf(line, columns));
    if (lines.length > 0) parts.push({ atMs, lines });
  }
  const lines = parts.flatMap((part) => part.lines);
  const counts = countsOf(lines);
  return {
    shares: new Map([...counts].map(([kind, count]) => [kind, count / lines.length])),
    perCrossing: new Map([...counts].map(([kind, count]) => [kind, count / (counts.get('*') ?? Number.NaN)])),
    ...sizesOf(parts),
    splitLaps: splitShare(parts, 'tlp', ['llp', '*']),
    splitEntries: splitShare(parts, '*in', ['sta']),
    ordered: orderedShare(parts),
    ...flipsOf(parts),
    clockMs: medianStep(parts.filter((part) => part.lines.some(({ kind, value }) => kind === 'dyn1' && value !== '')).map(({ atMs }) => atMs)),
    pitTickMs: tickMs(parts, 'to'),
    trackTickMs: tickMs(parts, 'in'),
    ...pageOf(frames),
  };
}

function readHeader(page: string, columns: Map<number, string>): void {
  columns.clear();
  for (const [, id = '', type = '', label = ''] of page.matchAll(/<td data-id="c(\d+)" data-type="([^"]*)"[^>]*>([^<]*)</g)) columns.set(Number(id), type === '' ? `untyped ${label}` : type);
}

function partOf(line: string, columns: ReadonlyMap<number, string>): Part {
  const [target = '', cls = '', ...rest] = line.split('|');
  const cell = CELL.exec(target);
  const value = rest.join('|');
  if (cell !== null) return { row: cell[1] ?? '', rank: Number(cell[2]), kind: columns.get(Number(cell[2])) ?? 'unknown', cls, value };
  return /^r\d+$/.test(target) ? { row: target, rank: MARK_RANKS[cls] ?? 999, kind: cls, cls, value } : { row: '', rank: 0, kind: target, cls, value };
}

function countsOf(lines: readonly Part[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of lines) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
}

function sizesOf(parts: readonly Parts[]): Pick<MakeUp, 'single' | 'small' | 'large'> {
  const share = (test: (size: number) => boolean): number => parts.filter(({ lines }) => test(lines.length)).length / parts.length;
  return { single: share((size) => size === 1), small: share((size) => size <= 6), large: share((size) => size > 16) };
}

/** Share of the lines of one kind whose frame has none of the others for the same row. */
function splitShare(parts: readonly Parts[], kind: string, others: readonly string[]): number {
  const found = parts.flatMap(({ lines }) => lines.filter((line) => line.kind === kind).map((line) => lines.some((other) => other.row === line.row && others.includes(other.kind))));
  return found.filter((isTogether) => !isTogether).length / found.length;
}

/** A frame may hold several messages: what comes after the crossing of a row may belong to the next one, but not its lap. */
function orderedShare(parts: readonly Parts[]): number {
  const crossings = parts.flatMap(({ lines }) => lines.filter(({ kind }) => kind === '*').map((crossing) => lines.filter(({ row }) => row === crossing.row)));
  const ordered = crossings.filter((lines) => {
    const at = lines.findIndex(({ kind }) => kind === '*');
    const before = lines.slice(0, at);
    return before.every(({ rank }, index) => rank < 1_000 && (index === 0 || rank > (before[index - 1]?.rank ?? 0))) && !lines.slice(at).some(({ kind }) => kind === 'llp');
  });
  return ordered.length / crossings.length;
}

function flipsOf(parts: readonly Parts[]): Pick<MakeUp, 'driverMs' | 'teamMs' | 'flipRows'> {
  const flips = parts.map(({ atMs, lines }) => ({ atMs, names: lines.filter(({ kind }) => kind === 'dr') })).filter(({ names }) => names.length > FLIP_NAMES);
  const until = (cls: string): number => median(flips.slice(1).flatMap(({ atMs, names }, index) => (names[0]?.cls === cls ? [] : [atMs - (flips[index]?.atMs ?? atMs)])));
  return { driverMs: until('drteam'), teamMs: until('dr'), flipRows: median(flips.map(({ names }) => names.length)) };
}

/** Between two lines of one class of the clock on track or in the pits, of the same row, as long as it goes on. */
function tickMs(parts: readonly Parts[], cls: string): number {
  const last = new Map<string, Part & { atMs: number }>();
  const steps = parts.flatMap(({ atMs, lines }) =>
    lines.filter(({ kind }) => kind === 'otr').flatMap((line) => {
      const before = last.get(line.row);
      last.set(line.row, { ...line, atMs });
      return before?.cls === cls && line.cls === cls ? [atMs - before.atMs] : [];
    }),
  );
  return median(steps);
}

function pageOf(frames: readonly SimulatedFrame[]): Pick<MakeUp, 'pageLines' | 'cellChars'> {
  const page = frames.find(({ text }) => /^init\|[pr]\|/.test(text))?.text ?? '';
  const grid = /^grid\|\|(.*)$/m.exec(page)?.[1] ?? '';
  return { pageLines: page.split('\n').length, cellChars: grid.length / (grid.match(/<td/g) ?? []).length };
}

function medianStep(moments: readonly number[]): number {
  return median(moments.slice(1).map((atMs, index) => atMs - (moments[index] ?? atMs)));
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
