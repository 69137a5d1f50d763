import type { SimulatedFrame } from '../src/index.js';

/** What a stretch of feed is made of: figures that do not depend on who drives how fast. */
export interface MakeUp {
  /** Share of each kind of line, by column type or mark. */
  shares: Map<string, number>;
  /** Shares of frames with one line, with up to six, with more than sixteen. */
  single: number;
  small: number;
  large: number;
  /** Share of last-lap cells whose frame has neither the count of the lap nor a crossing; and of counts without a last lap. */
  splitLaps: number;
  /** Share of entries whose status comes in another frame. */
  splitEntries: number;
  /** Share of crossings whose lines come in the order: cells of the row by column, then the crossing. */
  ordered: number;
  /** Median time from one flip of all names to the next one the same way, and between two lines of the clock, ms. */
  flipMs: number;
  clockMs: number;
  /** Lines per frame of a flip, against the rows of the table. */
  flipRows: number;
}

/** A line that the protocol has, taken apart. */
interface Part {
  row: string;
  column: number;
  kind: string;
  value: string;
}

const CELL = /^(r\d+)c(\d+)$/;
const VALID = /^(r\d+(c\d+)?|[bc]r\d+c\d+|[a-z_]+\d?)\|/;

/** Takes a stretch of feed apart; columns by the type of the header, untyped ones by their label. */
export function makeUp(frames: readonly SimulatedFrame[]): MakeUp {
  const columns = new Map<number, string>();
  const parts: { atMs: number; lines: Part[] }[] = [];
  for (const { atMs, text } of frames) {
    if (text.includes('grid||')) readHeader(text, columns);
    if (text.startsWith('init|')) continue;
    const lines = text.split('\n').filter((line) => VALID.test(line)).map((line) => partOf(line, columns));
    if (lines.length > 0) parts.push({ atMs, lines });
  }
  const sizes = parts.map(({ lines }) => lines.length);
  const share = (test: (size: number) => boolean): number => sizes.filter(test).length / sizes.length;
  const flips = parts.filter(({ lines }) => lines.filter(({ kind }) => kind === 'dr').length > 8);
  return {
    shares: sharesOf(parts.flatMap(({ lines }) => lines)),
    single: share((size) => size === 1),
    small: share((size) => size <= 6),
    large: share((size) => size > 16),
    splitLaps: splitShare(parts, 'tlp', ['llp', '*']),
    splitEntries: splitShare(parts, '*in', ['sta']),
    ordered: orderedShare(parts),
    flipMs: medianStep(flips.filter((_, index) => index % 2 === 0).map(({ atMs }) => atMs)),
    clockMs: medianStep(parts.filter(({ lines }) => lines.some(({ kind, value }) => kind === 'dyn1' && value !== '')).map(({ atMs }) => atMs)),
    flipRows: median(flips.map(({ lines }) => lines.filter(({ kind }) => kind === 'dr').length)),
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
  if (cell !== null) return { row: cell[1] ?? '', column: Number(cell[2]), kind: columns.get(Number(cell[2])) ?? 'unknown', value };
  return /^r\d+$/.test(target) ? { row: target, column: 1_000, kind: cls, value } : { row: '', column: 0, kind: target, value };
}

function sharesOf(lines: readonly Part[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { kind } of lines) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return new Map([...counts].map(([kind, count]) => [kind, count / lines.length]));
}

/** Share of the lines of one kind whose frame has none of the others for the same row. */
function splitShare(parts: readonly { lines: Part[] }[], kind: string, others: readonly string[]): number {
  const found = parts.flatMap(({ lines }) => lines.filter((line) => line.kind === kind).map((line) => lines.some((other) => other.row === line.row && others.includes(other.kind))));
  return found.filter((isTogether) => !isTogether).length / found.length;
}

function orderedShare(parts: readonly { lines: Part[] }[]): number {
  const crossings = parts.flatMap(({ lines }) => lines.flatMap((line, index) => (line.kind === '*' ? [lines.slice(0, index).filter(({ row }) => row === line.row)] : [])));
  const ordered = crossings.filter((before) => before.every(({ column }, index) => index === 0 || column > (before[index - 1]?.column ?? 0)));
  return ordered.length / crossings.length;
}

function medianStep(moments: readonly number[]): number {
  return median(moments.slice(1).map((atMs, index) => atMs - (moments[index] ?? atMs)));
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}
