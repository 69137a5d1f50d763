import { Rejection } from '../engine/rejection.js';
import type { GivenTables } from './original-row.js';

/** What is asked of the rows: to load them, after emptying everything or not, or to read them. */
export type RowsRequest = { op: 'reset' | 'load'; tables: GivenTables } | { op: 'rows'; tables: ReadonlyMap<string, readonly string[]> };

/** @throws Rejection 422 for anything but `{"op","tables"}` */
export function rowsRequest(body: unknown): RowsRequest {
  const op = isRecord(body) ? body['op'] : undefined;
  const tables = isRecord(body) ? (body['tables'] ?? {}) : {};
  if (!isRecord(tables)) throw new Rejection(422, 'tables must be an object, table by table.');
  if (op === 'reset' || op === 'load') return { op, tables: new Map(Object.entries(tables).map(([name, rows]) => [name, rowsOf(name, rows)])) };
  if (op === 'rows') return { op, tables: new Map(Object.entries(tables).map(([name, columns]) => [name, columnsOf(name, columns)])) };
  throw new Rejection(422, 'op must be one of reset, load, rows.');
}

function rowsOf(name: string, rows: unknown): Record<string, unknown>[] {
  if (!Array.isArray(rows) || !rows.every((row) => isRecord(row))) throw new Rejection(422, `${name} must be a list of rows, each an object.`);
  return rows;
}

function columnsOf(name: string, columns: unknown): string[] {
  if (!Array.isArray(columns) || !columns.every((column) => typeof column === 'string')) throw new Rejection(422, `${name} must be a list of columns.`);
  return columns;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
