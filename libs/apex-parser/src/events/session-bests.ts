import type { SessionBest } from '@lts/race-actions';
import { parseTimeMs } from '../durations.js';
import { readMarkup } from '../markup.js';
import type { ParserLimits } from '../options.js';
import { plainText } from '../plain-text.js';

const CELL = /^br(\d{1,2})c([1-3])$/u;

/** Rows of the circuit's table of bests: label, start number and value, by row. */
export type SessionBests = Record<string, [label: string, number: string, value: string]>;

/** Takes in one cell of the table. @returns the row's number when it has changed */
export function readBestCell(bests: SessionBests, id: string, value: string, limits: ParserLimits): string | null {
  const [, place, column] = CELL.exec(id) ?? [];
  if (place === undefined) return null;
  const row = (bests[place] ??= ['', '', '']);
  const index = column === '1' ? 0 : column === '2' ? 1 : 2;
  const text = plainText(value, limits.textLength);
  if (row[index] === text) return null;
  row[index] = text;
  return place;
}

/** Takes in the whole table. @returns the numbers of the rows that have changed */
export function readBestTable(bests: SessionBests, html: string, limits: ParserLimits): string[] {
  const changed = new Set<string>();
  const cells: [id: string, text: string][] = [];
  readMarkup(html, {
    opened: (_name, attributes) => {
      const id = attributes.value('data-id');
      if (CELL.test(id)) cells.push([id, '']);
    },
    text: (text) => {
      const cell = cells.at(-1);
      if (cell !== undefined) cell[1] = (cell[1] + text).slice(0, limits.textLength);
    },
    closed: () => undefined,
  });
  for (const [id, text] of cells) {
    const place = readBestCell(bests, id, text, limits);
    if (place !== null) changed.add(place);
  }
  return [...changed];
}

/** A row of the table as it is told. */
export function sessionBestOf(bests: SessionBests, place: string): SessionBest {
  const [label, number_text, text] = bests[place] ?? ['', '', ''];
  return { place: Number(place), label, number_text, text, time_ms: parseTimeMs(text) };
}
