import type { HeaderCell } from '../columns.js';
import { type Attributes, readMarkup } from '../markup.js';

/** A cell of the page: its class and readable text. */
export interface GridCell {
  cls: string;
  text: string;
}

/** A row of the page, with its cells by column number. */
export interface GridRow {
  code: string;
  /** Place in the table, from 1. */
  position: number;
  cells: Map<number, GridCell>;
}

export interface Grid {
  header: HeaderCell[];
  rows: GridRow[];
}

const ROW_ID = /^r\d{1,12}$/;
const MOST_DIGITS = 4;

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

  opened(name: string, attribute: Attributes): void {
    if (name === 'td' || name === 'tr') this.closed(name);
    const id = attribute('data-id');
    if (id === '') return;
    if (name === 'tr') this.openRow(id, attribute);
    else this.openCell(id, attribute);
  }

  text(text: string): void {
    const { cell, headerCell, limits } = this;
    if (cell !== null) cell.text = appended(cell.text, text, limits.textLength);
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

  private openRow(id: string, attribute: Attributes): void {
    if (!ROW_ID.test(id) || attribute('class') === 'head' || this.rows.size >= this.limits.rows) return;
    const stated = Number(attribute('data-pos'));
    this.row = { code: id, position: Number.isSafeInteger(stated) && stated > 0 ? stated : this.rows.size + 1, cells: new Map() };
    this.rows.set(id, this.row);
  }

  private openCell(id: string, attribute: Attributes): void {
    if (id.charCodeAt(0) === 99) {
      this.openHeaderCell(columnNumber(id, 1), attribute);
      return;
    }
    if (this.row === null || !id.startsWith(this.row.code)) return;
    const { length } = this.row.code;
    const column = id.charCodeAt(length) === 99 ? columnNumber(id, length + 1) : null;
    if (column === null || column > this.limits.columns) return;
    this.cell = { cls: attribute('class'), text: '' };
    this.row.cells.set(column, this.cell);
  }

  private openHeaderCell(column: number | null, attribute: Attributes): void {
    if (column === null || column > this.limits.columns || this.header.length >= this.limits.columns) return;
    this.headerCell = { id: column, type: attribute('data-type'), label: '' };
    this.header.push(this.headerCell);
  }
}

function appended(before: string, text: string, limit: number): string {
  return before === '' && text.length <= limit ? text : (before + text).slice(0, limit);
}

/** The digits from a place to the end, as a number; null for anything else. */
function columnNumber(id: string, from: number): number | null {
  if (from === id.length || id.length - from > MOST_DIGITS) return null;
  let value = 0;
  for (let at = from; at < id.length; at += 1) {
    const digit = id.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}
