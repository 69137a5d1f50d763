import { Rejection } from '../engine/rejection.js';
import { LARGEST_WHOLE } from '../rest/request/kinds.js';
import type { ColumnKind, OriginalColumn, OriginalTable } from './original-tables.js';

/** Rows by table, as a request gives them. */
export type GivenTables = ReadonlyMap<string, readonly Record<string, unknown>[]>;

const DATE = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.\d+)?$/;

/** What a cell of each kind may be, and how that is said. */
const CELLS: Readonly<Record<'whole' | 'signed' | 'number' | 'text' | 'date', [(value: unknown) => boolean, string]>> = {
  whole: [(value) => typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= LARGEST_WHOLE, `a whole number from 0 to ${LARGEST_WHOLE}`],
  signed: [(value) => typeof value === 'number' && Number.isInteger(value), 'a whole number'],
  number: [(value) => typeof value === 'number', 'a number'],
  text: [(value) => typeof value === 'string', 'a text'],
  date: [(value) => typeof value === 'string' && DATE.test(value), 'a date, YYYY-MM-DD HH:MM:SS'],
};

/** A row of the original as we keep it; columns left out are left to the database. @throws Rejection 422 */
export function ourRow({ name, columns, beside }: OriginalTable, row: Record<string, unknown>, index: number): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  const place = `${name}[${index}]`;
  for (const [column, value] of Object.entries(row)) {
    const known = columns[column];
    if (known === undefined) throw new Rejection(422, `${place}.${column} is no column of the original.`);
    checkCell(`${place}.${column}`, known, value);
    if (known.property !== null && !(value === null && isSetByDatabase(column))) kept[known.property] = value;
  }
  const absent = Object.keys(columns).find((column) => columns[column]?.isRequired === true && row[column] === undefined);
  if (absent !== undefined) throw new Rejection(422, `${place}.${absent} is required.`);
  return { ...beside?.(row), ...kept };
}

/** @throws Rejection 422 for a text that is none, a number that is none, or null where something must be */
export function checkCell(place: string, { kind, isRequired }: Pick<OriginalColumn, 'kind' | 'isRequired'>, value: unknown): void {
  if (value === null && !isRequired) return;
  const [fits, wanted] = cellsOf(kind);
  if (!fits(value)) throw new Rejection(422, `${place} must be ${wanted}.`);
}

function cellsOf(kind: ColumnKind): [(value: unknown) => boolean, string] {
  if (typeof kind === 'string') return CELLS[kind];
  return [(value) => kind.some((word) => word === value), `one of ${kind.join(', ')}`];
}

function isSetByDatabase(column: string): boolean {
  return column === 'id' || column === 'insert_date' || column === 'update_date';
}
