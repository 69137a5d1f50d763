import type { HeaderCell } from '../columns.js';
import { type Attributes, readMarkup, standsAt } from '../markup.js';

/** A cell of the page: its class and readable text. */
export interface GridCell {
  cls: string;
  value: string;
}

/** A row of the page, with its cells by column number. */
export interface GridRow {
  code: string;
  /** Place in the table, from 1. */
  position: number;
  cells: (GridCell | undefined)[];
}

export interface Grid {
  header: HeaderCell[];
  rows: GridRow[];
}

const ROW_ID = /^r\d{1,12}$/;
const MOST_DIGITS = 4;
const LETTER_C = 99;

/** Reads the HTML of a table; the id of a cell may stand on an element inside it. Never throws: what cannot be read is left out. */
export function readGrid(html: string, limits: { rows: number; columns: number; textLength: number }): Grid {
  const reader = new GridReader(limits);
  readMarkup(html, reader);
  return reader.grid();
}

class GridReader {
  private readonly header: HeaderCell[] = [];
  private readonly rows = new Map<string, GridRow>();
  private row: GridRow | null = null;
  private headerCell: HeaderCell | null = null;
  private cell: GridCell | null = null;

  constructor(private readonly limits: { rows: number; columns: number; textLength: number }) {}

  opened(name: string, attributes: Attributes): void {
    if (name === 'td' || name === 'tr') this.closed(name);
    if (!attributes.find('data-id')) return;
    if (name === 'tr') this.openRow(attributes);
    else this.openCell(attributes);
  }

  text(text: string): void {
    const { cell, headerCell, limits } = this;
    if (cell !== null) cell.value = appended(cell.value, text, limits.textLength);
    else if (headerCell !== null) headerCell.label = appended(headerCell.label, text, limits.textLength);
  }

  closed(name: string): void {
    if (name === 'td' || name === 'tr') {
      this.cell = null;
      this.headerCell = null;
    }
    if (name === 'tr') this.row = null;
  }

  grid(): Grid {
    return { header: this.header, rows: [...this.rows.values()].sort((left, right) => left.position - right.position) };
  }

  private openRow(attributes: Attributes): void {
    const id = attributes.value('data-id');
    if (!ROW_ID.test(id) || attributes.value('class') === 'head' || this.rows.size >= this.limits.rows) return;
    const stated = Number(attributes.value('data-pos'));
    this.row = { code: id, position: Number.isSafeInteger(stated) && stated > 0 ? stated : this.rows.size + 1, cells: new Array<GridCell | undefined>(this.header.length + 1) };
    this.rows.set(id, this.row);
  }

  /** `c3` of the header, or `r12c3` inside its row. */
  private openCell(attributes: Attributes): void {
    const { html, from, to } = attributes;
    const { row } = this;
    if (html.charCodeAt(from) === LETTER_C) {
      this.openHeaderCell(columnNumber(html, from + 1, to), attributes);
      return;
    }
    if (row === null || !standsAt(html, row.code, from)) return;
    const letter = from + row.code.length;
    const column = html.charCodeAt(letter) === LETTER_C ? columnNumber(html, letter + 1, to) : null;
    if (column === null || column > this.limits.columns) return;
    this.cell = { cls: attributes.value('class'), value: '' };
    row.cells[column] = this.cell;
  }

  private openHeaderCell(id: number | null, attributes: Attributes): void {
    if (id === null || id > this.limits.columns || this.header.length >= this.limits.columns) return;
    this.headerCell = { id, type: attributes.value('data-type'), label: '' };
    this.header.push(this.headerCell);
  }
}

function appended(before: string, text: string, limit: number): string {
  return before === '' && text.length <= limit ? text : (before + text).slice(0, limit);
}

/** The digits from one place to another, as a number; null for anything else. */
function columnNumber(text: string, from: number, to: number): number | null {
  if (from >= to || to - from > MOST_DIGITS) return null;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}
