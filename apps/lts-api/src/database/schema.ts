import { type AnyPgColumn, bigint, bigserial, boolean, doublePrecision, index, integer, jsonb, pgTable, primaryKey, serial, text, unique } from 'drizzle-orm/pg-core';
import { atMs, count, dates, id } from './columns.js';

export const tracks = pgTable('tracks', { id: id(), name: text().notNull().unique(), ...dates });

export const competitions = pgTable('competitions', {
  id: id(),
  trackId: integer().notNull().references(() => tracks.id),
  competitionCode: text().notNull().unique(),
  name: text().notNull().unique(),
  description: text().notNull(),
  /** Number of the current session, 0 before the first. */
  session: count(),
  /** Rises with every committed change; ids of the live stream. */
  change: bigint({ mode: 'number' }).notNull().default(0),
  /** When the last of them was committed. */
  changedAtMs: atMs(),
  ...dates,
});

const competitionId = () => integer().notNull().references((): AnyPgColumn => competitions.id, { onDelete: 'cascade' });

export const settings = pgTable('competition_settings', {
  competitionId: competitionId().primaryKey(),
  length: integer().notNull(),
  lengthUnit: text().notNull(),
  pitTime: integer(),
  minNumberPits: count(),
  ...dates,
});

const metadata = {
  status: text().notNull(),
  stage: text().notNull(),
  stageText: text().notNull().default(''),
  remainingLength: integer().notNull(),
  remainingLengthUnit: text().notNull(),
  flag: text(),
  flagText: text().notNull().default(''),
};

export const metadataCurrent = pgTable('metadata_current', { competitionId: competitionId().primaryKey(), ...metadata, ...dates });
export const metadataHistory = pgTable('metadata_history', { id: id(), competitionId: competitionId(), ...metadata, atMs: atMs(), ...dates }, (table) => [index().on(table.competitionId)]);

export const sessions = pgTable(
  'sessions',
  {
    id: id(),
    competitionId: competitionId(),
    number: integer().notNull(),
    stage: text().notNull(),
    stageText: text().notNull(),
    title1: text().notNull(),
    title2: text().notNull(),
    ranking: text().notNull(),
    track: text(),
    ...dates,
  },
  (table) => [unique().on(table.competitionId, table.number)],
);

export const teams = pgTable(
  'teams',
  {
    id: id(),
    competitionId: competitionId(),
    participantCode: text().notNull(),
    name: text().notNull(),
    number: integer(),
    /** What the feed says, where the contract's fields cannot hold it. */
    numberText: text().notNull().default(''),
    nameText: text().notNull().default(''),
    category: text(),
    /** Code as the feed writes it, e.g. `ESP`. */
    nationality: text(),
    ...dates,
  },
  (table) => [unique().on(table.competitionId, table.participantCode), unique().on(table.competitionId, table.name)],
);

export const drivers = pgTable(
  'drivers',
  {
    id: id(),
    competitionId: competitionId(),
    teamId: integer().references(() => teams.id, { onDelete: 'cascade' }),
    participantCode: text().notNull(),
    name: text().notNull(),
    number: integer(),
    totalDrivingTime: count(),
    partialDrivingTime: count(),
    ...dates,
  },
  (table) => [unique().on(table.teamId, table.name), index().on(table.competitionId)],
);

const timing = {
  competitionId: competitionId(),
  session: count(),
  teamId: integer().references(() => teams.id, { onDelete: 'cascade' }),
  driverId: integer().references(() => drivers.id, { onDelete: 'cascade' }),
  position: count(),
  lastTime: count(),
  bestTime: count(),
  lap: count(),
  gap: integer(),
  gapUnit: text(),
  interval: integer(),
  intervalUnit: text(),
  stage: text().notNull(),
  pitTime: integer(),
  kartStatus: text().notNull().default('unknown'),
  fixedKartStatus: text(),
  numberPits: count(),
  state: text().notNull().default('unknown'),
  sectors: jsonb().$type<(number | null)[]>().notNull().default([]),
  atMs: atMs(),
};

export const timingCurrent = pgTable('timing_current', { id: id(), ...timing, ...dates }, (table) => [unique().on(table.competitionId, table.teamId)]);
/** References are not checked here: the check of three of them costs more than the row itself, and the current row has just passed it. */
export const timingHistory = pgTable(
  'timing_history',
  { id: bigserial({ mode: 'number' }).primaryKey(), ...timing, competitionId: integer().notNull(), teamId: integer(), driverId: integer(), ...dates },
  (table) => [index().on(table.competitionId, table.teamId)],
);

export const laps = pgTable(
  'laps',
  {
    competitionId: competitionId(),
    session: integer().notNull(),
    teamId: integer().notNull().references(() => teams.id, { onDelete: 'cascade' }),
    ordinal: integer().notNull(),
    lap: integer().notNull(),
    lapTime: integer(),
    driverName: text(),
    atMs: atMs().notNull(),
    sectors: jsonb().$type<(number | null)[]>().notNull(),
    inLap: boolean().notNull(),
    outLap: boolean().notNull(),
    valid: boolean().notNull(),
    reason: text(),
  },
  (table) => [primaryKey({ columns: [table.competitionId, table.session, table.teamId, table.ordinal] })],
);

const pit = {
  competitionId: competitionId(),
  teamId: integer().references(() => teams.id, { onDelete: 'cascade' }),
  driverId: integer().references(() => drivers.id, { onDelete: 'cascade' }),
  kartStatus: text().notNull().default('unknown'),
  fixedKartStatus: text(),
};

export const pitsIn = pgTable(
  'pits_in',
  {
    id: serial().primaryKey(),
    ...pit,
    lap: integer().notNull(),
    pitTime: integer(),
    session: count(),
    /** Place in the team's list of stops of the session; null for a stop that a client wrote by hand. */
    ordinal: integer(),
    stop: integer(),
    inAtMs: atMs(),
    source: text().notNull().default('manual'),
    valid: boolean().notNull().default(true),
    reason: text(),
    ...dates,
  },
  (table) => [unique().on(table.competitionId, table.session, table.teamId, table.ordinal), index().on(table.teamId)],
);

export const pitsOut = pgTable(
  'pits_out',
  { id: serial().primaryKey(), ...pit, pitInId: integer().unique().references(() => pitsIn.id, { onDelete: 'cascade' }), outAtMs: atMs(), ...dates },
  (table) => [index().on(table.competitionId), index().on(table.teamId)],
);

export const messages = pgTable(
  'messages',
  {
    competitionId: competitionId(),
    session: integer().notNull(),
    action: text().notNull(),
    atMs: atMs().notNull(),
    kind: text().notNull(),
    text: text().notNull(),
    numberText: text(),
    clock: text(),
    channel: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.competitionId, table.action] })],
);

export const penalties = pgTable(
  'penalties',
  {
    competitionId: competitionId(),
    session: integer().notNull(),
    action: text().notNull(),
    teamId: integer().references(() => teams.id, { onDelete: 'cascade' }),
    atMs: atMs().notNull(),
    text: text().notNull(),
    laps: integer(),
    seconds: doublePrecision(),
  },
  (table) => [primaryKey({ columns: [table.competitionId, table.action] })],
);

export const parserSettings = pgTable(
  'parser_settings',
  { id: id(), competitionId: competitionId(), name: text().notNull(), value: text().notNull(), source: text().notNull(), ...dates },
  (table) => [unique().on(table.competitionId, table.name)],
);

const pitInId = () => integer().notNull().references(() => pitsIn.id, { onDelete: 'cascade' });

export const pitsStats = pgTable('strategy_pits_stats', { id: id(), pitInId: pitInId(), bestTime: integer().notNull(), avgTime: integer().notNull(), ...dates }, (table) => [index().on(table.pitInId)]);

export const pitsKarts = pgTable(
  'strategy_pits_karts',
  { id: id(), competitionId: competitionId(), pitInId: pitInId(), step: integer().notNull(), kartStatus: text().notNull(), probability: doublePrecision().notNull(), ...dates },
  (table) => [index().on(table.pitInId)],
);

export const apiAuth = pgTable('api_auth', { id: id(), keyHash: text().notNull().unique(), name: text().notNull(), role: text().notNull(), ...dates });

/** Sessions of keys, those of the settings included; `sealed` is the bearer of a batch key, which only that key opens. */
export const bearers = pgTable(
  'bearers',
  { bearerHash: text().primaryKey(), keyHash: text().notNull(), untilMs: atMs().notNull(), sealed: text() },
  (table) => [index().on(table.keyHash)],
);

export const watermarks = pgTable('watermarks', { competitionId: competitionId(), writer: text().notNull(), frame: text().notNull() }, (table) => [primaryKey({ columns: [table.competitionId, table.writer] })]);

export const rejectedOperations = pgTable(
  'rejected_operations',
  {
    competitionId: competitionId(),
    writer: text().notNull(),
    operation: text().notNull(),
    index: integer().notNull(),
    method: text().notNull(),
    path: text().notNull(),
    body: jsonb().$type<Record<string, unknown>>().notNull(),
    statusCode: integer().notNull(),
    message: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.competitionId, table.writer, table.operation, table.index] })],
);
