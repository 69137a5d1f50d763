import type { PgTable } from 'drizzle-orm/pg-core';
import * as schema from '../database/schema.js';
import { KART_STATUSES, LENGTH_UNITS, STAGES, STATUSES } from '../engine/vocabulary.js';

/** What a column of the original holds. */
export type ColumnKind = 'whole' | 'signed' | 'number' | 'text' | 'date' | readonly string[];

/** A column of the original. */
export interface OriginalColumn {
  kind: ColumnKind;
  /** Property of our table; null for a column that the original has and never uses. */
  property: string | null;
  /** Must be given, and not be null. */
  isRequired: boolean;
}

/** A table of the original and ours that takes its place. */
export interface OriginalTable {
  name: string;
  table: PgTable;
  /** Properties of the primary key. */
  key: string;
  columns: Readonly<Record<string, OriginalColumn>>;
  /** What we keep beside the original's columns. */
  beside?: (row: Readonly<Record<string, unknown>>) => Record<string, unknown>;
}

const needed = (property: string, kind: ColumnKind = 'whole'): OriginalColumn => ({ property, kind, isRequired: true });
const optional = (property: string, kind: ColumnKind = 'whole'): OriginalColumn => ({ property, kind, isRequired: false });
const unused: OriginalColumn = { property: null, kind: 'signed', isRequired: false };

const dates = { insert_date: optional('insertDate', 'date'), update_date: optional('updateDate', 'date') };
const id = { id: optional('id') };
const competition = { competition_id: needed('competitionId') };
const kart = { kart_status: optional('kartStatus', KART_STATUSES), fixed_kart_status: optional('fixedKartStatus', KART_STATUSES) };
const participant = { team_id: optional('teamId'), driver_id: optional('driverId') };

const metadata = {
  reference_time: unused,
  reference_current_offset: unused,
  status: needed('status', STATUSES),
  stage: needed('stage', STAGES),
  remaining_length: needed('remainingLength'),
  remaining_length_unit: needed('remainingLengthUnit', LENGTH_UNITS),
};

const named = { participant_code: needed('participantCode', 'text'), name: needed('name', 'text'), number: optional('number'), reference_time_offset: unused };

const timing = {
  ...id,
  ...competition,
  ...participant,
  position: optional('position'),
  last_time: optional('lastTime'),
  best_time: optional('bestTime'),
  lap: optional('lap'),
  gap: optional('gap'),
  gap_unit: optional('gapUnit', LENGTH_UNITS),
  interval: optional('interval'),
  interval_unit: optional('intervalUnit', LENGTH_UNITS),
  stage: needed('stage', STAGES),
  pit_time: optional('pitTime'),
  ...kart,
  number_pits: optional('numberPits'),
  ...dates,
};

/** Rows that a client of the original has made are the feed's: a person's would never be replaced by it. */
const ofTheFeed = (): Record<string, unknown> => ({ source: 'feed' });
const textsOfTeam = ({ name, number }: Readonly<Record<string, unknown>>): Record<string, unknown> => ({ nameText: name, numberText: typeof number === 'number' ? String(number) : '' });

/** The tables that are loaded row by row; what refers to another one stands behind it. */
export const ORIGINAL_TABLES: readonly OriginalTable[] = [
  { name: 'tracks', table: schema.tracks, key: 'id', columns: { ...id, name: needed('name', 'text'), ...dates } },
  {
    name: 'competitions_index',
    table: schema.competitions,
    key: 'id',
    columns: { ...id, track_id: needed('trackId'), competition_code: needed('competitionCode', 'text'), name: needed('name', 'text'), description: needed('description', 'text'), ...dates },
  },
  {
    name: 'competitions_settings',
    table: schema.settings,
    key: 'competitionId',
    columns: { ...competition, length: needed('length'), length_unit: needed('lengthUnit', LENGTH_UNITS), pit_time: optional('pitTime'), min_number_pits: optional('minNumberPits'), ...dates },
  },
  { name: 'competitions_metadata_current', table: schema.metadataCurrent, key: 'competitionId', columns: { ...competition, ...metadata, ...dates } },
  { name: 'competitions_metadata_history', table: schema.metadataHistory, key: 'id', columns: { ...id, ...competition, ...metadata, ...dates } },
  { name: 'participants_teams', table: schema.teams, key: 'id', columns: { ...id, ...competition, ...named, ...dates }, beside: textsOfTeam },
  {
    name: 'participants_drivers',
    table: schema.drivers,
    key: 'id',
    columns: { ...id, ...competition, team_id: optional('teamId'), ...named, total_driving_time: optional('totalDrivingTime'), partial_driving_time: optional('partialDrivingTime'), ...dates },
  },
  { name: 'timing_current', table: schema.timingCurrent, key: 'id', columns: timing },
  { name: 'timing_history', table: schema.timingHistory, key: 'id', columns: timing },
  { name: 'timing_pits_in', table: schema.pitsIn, key: 'id', columns: { ...id, ...competition, ...participant, lap: needed('lap'), pit_time: optional('pitTime'), ...kart, ...dates } },
  { name: 'timing_pits_out', table: schema.pitsOut, key: 'id', columns: { ...id, ...competition, ...participant, ...kart, ...dates } },
  { name: 'strategy_pits_stats', table: schema.pitsStats, key: 'id', columns: { ...id, pit_in_id: needed('pitInId'), best_time: needed('bestTime'), avg_time: needed('avgTime'), ...dates } },
  {
    name: 'strategy_pits_karts',
    table: schema.pitsKarts,
    key: 'id',
    columns: { ...id, ...competition, pit_in_id: needed('pitInId'), step: needed('step'), kart_status: needed('kartStatus', KART_STATUSES), probability: needed('probability', 'number'), ...dates },
  },
  { name: 'parsers_settings', table: schema.parserSettings, key: 'id', columns: { ...id, ...competition, name: needed('name', 'text'), value: needed('value', 'text'), ...dates }, beside: ofTheFeed },
];
