import type { Book } from './book.js';
import type { Changes, Reserved } from './changes.js';
import { NO_TIMING, noDriver, noTeam } from './messages.js';
import { Rejection } from './rejection.js';
import type { DriverRow, TeamRow, TimingRow } from './rows.js';

/** What an operation works on. */
export interface OperationContext {
  book: Book;
  changes: Changes;
  reserved: Reserved;
  /** Race time of the operation, Unix ms; null for one that a person sent. */
  atMs: number | null;
  /** The operation's own id. */
  operationId: string;
}

/** A segment or field that names something: `~KEY`, or a number. */
export function naturalKey(reference: string): string | null {
  return reference.startsWith('~') ? reference.slice(1) : null;
}

/** The team that an id or `~CODE` names. */
export function teamIn({ book }: OperationContext, reference: string): TeamRow | undefined {
  const code = naturalKey(reference);
  return code === null ? book.teamById(Number(reference)) : book.teamByCode(code);
}

/** @throws Rejection 400 when the competition has no such team */
export function teamOf(context: OperationContext, reference: string): TeamRow {
  const team = teamIn(context, reference);
  if (team !== undefined) return team;
  const code = naturalKey(reference);
  throw new Rejection(400, code === null ? noTeam(reference) : `The team with code "${code}" does not exist.`);
}

/** The driver a field names (`~NAME` of this team, or an id), null for null. @throws Rejection 400 */
export function driverOf(context: OperationContext, team: TeamRow | null, reference: unknown): DriverRow | null {
  if (reference === null) return null;
  const text = typeof reference === 'number' ? String(reference) : typeof reference === 'string' ? reference : '';
  const name = naturalKey(text);
  const driver = name === null ? context.book.driverById(Number(text)) : context.book.driverByName(team?.id ?? null, name);
  if (driver === undefined) throw new Rejection(400, name === null ? noDriver(text) : `The driver with name "${name}" does not exist.`);
  return driver;
}

/** @throws Rejection 400 when the team is not in the current timing */
export function timingOf({ book }: OperationContext, team: TeamRow): TimingRow {
  const row = book.timing.get(team.id);
  if (row === undefined) throw new Rejection(400, NO_TIMING);
  return row;
}

/** Puts a timing row in its new state, and that state into the history. */
export function recordTiming(context: OperationContext, row: TimingRow): void {
  if (row.teamId === null) return;
  const stamped = { ...row, atMs: context.atMs ?? row.atMs, session: context.book.session };
  context.book.timing.set(row.teamId, stamped);
  context.changes.timing.set(row.teamId, stamped);
  context.changes.timingRemoved.delete(row.teamId);
  context.changes.timingHistory.push(stamped);
}

/** The next id set aside for a table. */
export function nextId({ reserved }: OperationContext, table: keyof Reserved): number {
  const id = reserved[table].shift();
  if (id === undefined) throw new Error(`No id was reserved for ${table}.`);
  return id;
}
