import { and, eq, inArray, sql } from 'drizzle-orm';
import type { Sql } from '../database/connection.js';
import * as schema from '../database/schema.js';
import type { Book } from './book.js';
import type { Changes } from './changes.js';
import { TableWriter } from './table-writer.js';

const WRITERS = {
  metadata: new TableWriter(schema.metadataCurrent, ['competitionId']),
  metadataHistory: new TableWriter(schema.metadataHistory, []),
  teams: new TableWriter(schema.teams, ['id']),
  drivers: new TableWriter(schema.drivers, ['id']),
  timing: new TableWriter(schema.timingCurrent, ['competitionId', 'teamId']),
  timingHistory: new TableWriter(schema.timingHistory, []),
  laps: new TableWriter(schema.laps, ['competitionId', 'session', 'teamId', 'ordinal']),
  stops: new TableWriter(schema.pitsIn, ['id']),
  stopsOut: new TableWriter(schema.pitsOut, ['id']),
  messages: new TableWriter(schema.messages, ['competitionId', 'action']),
  penalties: new TableWriter(schema.penalties, ['competitionId', 'action']),
};

/**
 * Writes all changes of a batch; the order respects what refers to what. What touches rows only is sent without waiting
 * for the statement before: most batches change a few tables, and each wait is a round trip to the database.
 */
export async function writeChanges(tables: Sql, book: Book, changes: Changes): Promise<void> {
  await writeSessions(tables, book, changes);
  await removeTiming(tables, book, changes);
  await Promise.all([
    WRITERS.metadata.write(tables, changes.metadata === null ? [] : [changes.metadata]),
    WRITERS.metadataHistory.write(tables, changes.metadataHistory),
    WRITERS.teams.write(tables, [...changes.teams.values()]),
    WRITERS.drivers.write(tables, [...changes.drivers.values()]),
    WRITERS.timing.write(tables, [...changes.timing.values(), ...changes.soloTiming]),
    WRITERS.timingHistory.write(tables, changes.timingHistory),
    WRITERS.laps.write(tables, [...changes.laps.values()]),
    WRITERS.stops.write(tables, [...changes.stops.values()]),
    WRITERS.stopsOut.write(tables, [...changes.stopsOut.values()]),
    WRITERS.messages.write(tables, [...changes.messages.values()]),
    WRITERS.penalties.write(tables, [...changes.penalties.values()]),
  ]);
  await writeParserSettings(tables, book, changes);
}

async function writeSessions(tables: Sql, book: Book, changes: Changes): Promise<void> {
  for (const session of changes.sessions.values()) {
    await tables.insert(schema.sessions).values(session).onConflictDoUpdate({ target: [schema.sessions.competitionId, schema.sessions.number], set: session });
  }
  if (changes.timingReset) await tables.delete(schema.timingCurrent).where(eq(schema.timingCurrent.competitionId, book.competitionId));
}

async function removeTiming(tables: Sql, book: Book, changes: Changes): Promise<void> {
  if (changes.timingRemoved.size === 0) return;
  const { timingCurrent } = schema;
  await tables.delete(timingCurrent).where(and(eq(timingCurrent.competitionId, book.competitionId), inArray(timingCurrent.teamId, [...changes.timingRemoved])));
}

async function writeParserSettings(tables: Sql, book: Book, changes: Changes): Promise<void> {
  const { parserSettings } = schema;
  if (changes.parserSettingsRemoved.size > 0) {
    await tables.delete(parserSettings).where(and(eq(parserSettings.competitionId, book.competitionId), inArray(parserSettings.name, [...changes.parserSettingsRemoved])));
  }
  if (changes.parserSettings.size === 0) return;
  await tables
    .insert(parserSettings)
    .values([...changes.parserSettings.values()])
    .onConflictDoUpdate({ target: [parserSettings.competitionId, parserSettings.name], set: { value: sql`excluded.value`, source: sql`excluded.source` } });
}
