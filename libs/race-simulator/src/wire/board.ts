import type { Column, Field } from './columns.js';
import type { Line } from './line.js';
import type { Cell, NewTable } from './screen.js';

/**
 * The table as the timekeeping has it. What changes is kept until it is taken as the lines of one message: cells first, by
 * the place of their row, then the marks by row id, those of one row as they were made; that is the order on the wire.
 */
export class Board {
  private cells = new Map<string, Map<Field, Cell>>();
  private columns = new Map<Field, Column>();
  private changed = new Map<string, { row: string; column: number; cell: Cell }>();
  private marks: (Line & { kind: 'mark' })[] = [];
  private heads: Line[] = [];
  private readonly places = new Map<string, number>();

  /** A new, empty table; fields without a column are left out. */
  open(letter: NewTable['letter'], columns: readonly Column[], rows: readonly { id: string; cells: ReadonlyMap<Field, Cell> }[]): NewTable {
    this.columns = new Map(columns.map((column) => [column.field, column]));
    this.cells = new Map(rows.map(({ id, cells }) => [id, new Map(cells)]));
    this.changed.clear();
    this.places.clear();
    rows.forEach(({ id }, place) => this.places.set(id, place));
    const byId = rows.map(({ id, cells }): [string, Map<number, Cell>] => [id, new Map(columns.flatMap(({ id: column, field }) => (cells.has(field) ? [[column, cells.get(field) ?? { cls: '', text: '' }]] : [])))]);
    return { letter, columns, rows: rows.map(({ id }) => id), cells: new Map(byId) };
  }

  /** Where a row stands on the table, from 0. */
  place(row: string, place: number): void {
    this.places.set(row, place);
  }

  has(field: Field): boolean {
    return this.columns.has(field);
  }

  /** Changes a cell; one that stays as it is, or has no column, says nothing. */
  set(row: string, field: Field, cls: string, text: string): void {
    const column = this.columns.get(field);
    const before = this.cells.get(row)?.get(field);
    if (column === undefined || (before?.cls === cls && before.text === text)) return;
    this.put(row, field, { cls, text });
  }

  /** Writes a cell even when it stays as it is: a lap as long as the one before is told again. */
  put(row: string, field: Field, cell: Cell): void {
    const column = this.columns.get(field);
    if (column === undefined) return;
    this.cells.get(row)?.set(field, cell);
    this.changed.set(`${row}c${column.id}`, { row, column: column.id, cell });
  }

  /** What the cell holds; nothing where there is no such column. */
  get(row: string, field: Field): Cell {
    return this.cells.get(row)?.get(field) ?? { cls: '', text: '' };
  }

  /** A mark of a row, e.g. `*in`. */
  mark(row: string, cls: string, value: string): void {
    this.marks.push({ kind: 'mark', row, cls, value });
  }

  /** A line above the table, e.g. `light` with class `lg`. */
  head(target: string, cls: string, value: string): void {
    this.heads.push({ kind: 'head', target, cls, value });
  }

  /** The lines since the last call, in the order of the wire. */
  take(): Line[] {
    const cells = [...this.changed.values()].map(({ row, column, cell }) => ({ place: this.places.get(row) ?? 0, line: cellLine(row, column, cell) }));
    cells.sort((left, right) => left.place - right.place || left.line.column - right.line.column);
    this.marks.sort((left, right) => numberOf(left.row) - numberOf(right.row));
    const lines = [...this.heads, ...cells.map(({ line }) => line), ...this.marks];
    this.changed.clear();
    this.marks = [];
    this.heads = [];
    return lines;
  }
}

function numberOf(row: string): number {
  return Number(row.slice(1));
}

function cellLine(row: string, column: number, { cls, text }: Cell): Line & { kind: 'cell' } {
  return { kind: 'cell', row, column, cls, text };
}
