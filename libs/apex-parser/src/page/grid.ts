import { Parser } from 'htmlparser2';
import type { HeaderCell } from '../columns.js';

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
const CELL_ID = /^(r\d{1,12})c(\d{1,4})$/;
const HEADER_ID = /^c(\d{1,4})$/;

/** Reads the HTML of a table; the id of a cell may stand on an element inside it. Never throws: what cannot be read is left out. */
export function readGrid(html: string, limits: { rows: number; columns: number; textLength: number }): Grid {
  const reader = new GridReader(limits);
  const parser = new Parser(reader, { decodeEntities: true, lowerCaseTags: true });
  parser.end(html);
  return reader.grid();
}

class GridReader {
  private readonly header: HeaderCell[] = [];
  private readonly rows = new Map<string, GridRow>();
  private row: GridRow | null = null;
  private headerCell: HeaderCell | null = null;
  private cell: GridCell | null = null;

  constructor(private readonly limits: { rows: number; columns: number; textLength: number }) {}

  onopentag(name: string, attributes: Record<string, string>): void {
    const id = attributes['data-id'] ?? '';
    if (name === 'tr') this.openRow(id, attributes);
    else this.openCell(id, attributes);
  }

  ontext(text: string): void {
    const { cell, headerCell, limits } = this;
    if (cell !== null && cell.text.length < limits.textLength) cell.text += text;
    else if (headerCell !== null && headerCell.label.length < limits.textLength) headerCell.label += text;
  }

  onclosetag(name: string): void {
    if (name === 'td' || name === 'tr') {
      this.cell = null;
      this.headerCell = null;
    }
    if (name === 'tr') this.row = null;
  }

  grid(): Grid {
    return { header: this.header, rows: [...this.rows.values()].sort((left, right) => left.position - right.position) };
  }

  private openRow(id: string, attributes: Record<string, string>): void {
    if (!ROW_ID.test(id) || attributes['class'] === 'head' || this.rows.size >= this.limits.rows) return;
    const stated = Number(attributes['data-pos']);
    this.row = { code: id, position: Number.isSafeInteger(stated) && stated > 0 ? stated : this.rows.size + 1, cells: new Map() };
    this.rows.set(id, this.row);
  }

  private openCell(id: string, attributes: Record<string, string>): void {
    const header = HEADER_ID.exec(id);
    if (header !== null) {
      const column = Number(header[1]);
      if (column > this.limits.columns) return;
      this.headerCell = { id: column, type: attributes['data-type'] ?? '', label: '' };
      this.header.push(this.headerCell);
      return;
    }
    const [, code, column] = CELL_ID.exec(id) ?? [];
    if (this.row === null || code !== this.row.code || Number(column) > this.limits.columns) return;
    this.cell = { cls: attributes['class'] ?? '', text: '' };
    this.row.cells.set(Number(column), this.cell);
  }
}
