import { and, eq, inArray, or, sql } from 'drizzle-orm';
import type { Sql } from '../database/connection.js';
import { type competitions, drivers, laps, metadataCurrent, parserSettings, pitsIn, pitsOut, sessions, teams, timingCurrent } from '../database/schema.js';
import { Book, lapKey, stopKey } from './book.js';
import type { Reserved } from './changes.js';
import type { RoutedOperation } from './operation-table.js';
import { noCompetition } from './messages.js';
import { ordinalKey } from './operations/laps-and-stops.js';
import { sessionNumber } from './operations/session.js';
import { Rejection } from './rejection.js';

/** Reads all that the engine keeps of a competition. */
export async function loadBook(tables: Sql, competition: Pick<typeof competitions.$inferSelect, 'id' | 'competitionCode' | 'session' | 'change'>): Promise<Book> {
  const ofCompetition = competition.id;
  const [metadata] = await tables.select().from(metadataCurrent).where(eq(metadataCurrent.competitionId, ofCompetition));
  if (metadata === undefined) throw new Rejection(400, noCompetition(ofCompetition));
  const book = new Book(competition, metadata);
  for (const row of await tables.select().from(sessions).where(eq(sessions.competitionId, ofCompetition))) book.sessions.set(row.number, row);
  for (const row of await tables.select().from(teams).where(eq(teams.competitionId, ofCompetition))) book.putTeam(row);
  for (const row of await tables.select().from(drivers).where(eq(drivers.competitionId, ofCompetition))) book.putDriver(row);
  for (const row of await tables.select().from(timingCurrent).where(eq(timingCurrent.competitionId, ofCompetition))) if (row.teamId !== null) book.timing.set(row.teamId, row);
  for (const row of await tables.select().from(parserSettings).where(eq(parserSettings.competitionId, ofCompetition))) book.parserSettings.set(row.name, row);
  return book;
}

interface Named {
  session: number;
  teamId: number;
  ordinal: number;
}

/** Reads the laps that operations change in part, and the stops they name, unless the book has them. */
export async function loadNamedRows(tables: Sql, book: Book, operations: readonly RoutedOperation[]): Promise<void> {
  book.laps.clear();
  const lapsNamed = named(book, operations.filter(({ pattern, operation }) => pattern === 'sessions/:/laps/:' && operation.body['at_ms'] === undefined));
  if (lapsNamed.length > 0) {
    const where = and(eq(laps.competitionId, book.competitionId), or(...lapsNamed.map((key) => and(eq(laps.session, key.session), eq(laps.teamId, key.teamId), eq(laps.ordinal, key.ordinal)))));
    for (const row of await tables.select().from(laps).where(where)) book.laps.set(lapKey(row.session, row.teamId, row.ordinal), row);
  }
  book.stops.clear();
  book.stopsOut.clear();
  const stopsNamed = named(book, operations.filter(({ pattern }) => pattern === 'sessions/:/stops/:'));
  if (stopsNamed.length > 0) await loadStops(tables, book, stopsNamed);
}

async function loadStops(tables: Sql, book: Book, keys: readonly Named[]): Promise<void> {
  const where = and(eq(pitsIn.competitionId, book.competitionId), or(...keys.map((key) => and(eq(pitsIn.session, key.session), eq(pitsIn.teamId, key.teamId), eq(pitsIn.ordinal, key.ordinal)))));
  const rows = await tables.select().from(pitsIn).where(where);
  for (const row of rows) if (row.teamId !== null && row.ordinal !== null) book.stops.set(stopKey(row.session, row.teamId, row.ordinal), row);
  if (rows.length === 0) return;
  for (const row of await tables.select().from(pitsOut).where(inArray(pitsOut.pitInId, rows.map(({ id }) => id)))) if (row.pitInId !== null) book.stopsOut.set(row.pitInId, row);
}

function named(book: Book, operations: readonly RoutedOperation[]): Named[] {
  const found = new Map<string, Named>();
  for (const { keys } of operations) {
    const { code, ordinal } = ordinalKey(keys[1]);
    const session = sessionNumber(keys[0]);
    const teamId = book.teamByCode(code)?.id;
    if (teamId !== undefined) found.set(lapKey(session, teamId, ordinal), { session, teamId, ordinal });
  }
  return [...found.values()];
}

/** Sets ids aside for every row the operations may make. */
export async function reserveIds(tables: Sql, book: Book, operations: readonly RoutedOperation[]): Promise<Reserved> {
  const ofPattern = (pattern: string): RoutedOperation[] => operations.filter((candidate) => candidate.pattern === pattern);
  const newTeams = ofPattern('teams/:').filter(({ keys }) => book.teamByCode(keys[0].slice(1)) === undefined).length;
  const newDrivers = ofPattern('teams/:/drivers/:').filter(({ keys }) => {
    const team = book.teamByCode(keys[0].slice(1));
    return team === undefined || book.driverByName(team.id, keys[1].slice(1)) === undefined;
  }).length;
  const stops = ofPattern('sessions/:/stops/:');
  return {
    teams: await nextIds(tables, 'teams', newTeams),
    drivers: await nextIds(tables, 'drivers', newDrivers),
    pits_in: await nextIds(tables, 'pits_in', stops.length),
    pits_out: await nextIds(tables, 'pits_out', stops.filter(({ operation }) => operation.body['out_at_ms'] !== undefined).length),
  };
}

/** Fresh ids of a table, in order. */
export async function nextIds(tables: Sql, table: keyof Reserved, wanted: number): Promise<number[]> {
  if (wanted === 0) return [];
  const rows = await tables.execute<{ id: string }>(sql`select nextval(pg_get_serial_sequence(${table}, 'id')) as id from generate_series(1, ${sql.raw(String(wanted))})`);
  return rows.map(({ id }) => Number(id));
}
