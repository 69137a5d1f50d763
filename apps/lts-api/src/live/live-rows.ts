import { and, eq, inArray } from 'drizzle-orm';
import type { Sql } from '../database/connection.js';
import { competitions, drivers, metadataCurrent, sessions, teams, timingCurrent, tracks } from '../database/schema.js';

/** A row of the classification as the live stream carries it; times in ms, 0 = not yet. */
export interface LiveRow {
  participant_code: string;
  position: number;
  number: number | null;
  number_text: string;
  team_name: string;
  driver_name: string | null;
  /** As the circuit writes it, null where it has none. */
  category: string | null;
  lap: number;
  last_time: number;
  best_time: number;
  gap: { value: number; unit: string } | null;
  interval: { value: number; unit: string } | null;
  number_pits: number;
  pit_time: number | null;
  state: string;
  /** Race time of the row's last change, Unix ms. */
  at_ms: number | null;
}

/** The current classification, of all teams or of some; by position. */
export async function liveRows(tables: Sql, competitionId: number, teamIds: readonly number[] | null): Promise<LiveRow[]> {
  const which = teamIds === null ? undefined : inArray(timingCurrent.teamId, [...teamIds]);
  const rows = await tables
    .select({ timing: timingCurrent, team: teams, driver: drivers.name })
    .from(timingCurrent)
    .innerJoin(teams, eq(teams.id, timingCurrent.teamId))
    .leftJoin(drivers, eq(drivers.id, timingCurrent.driverId))
    .where(and(eq(timingCurrent.competitionId, competitionId), which))
    .orderBy(timingCurrent.position);
  return rows.map(({ timing, team, driver }) => ({
    participant_code: team.participantCode,
    position: timing.position,
    number: team.number,
    number_text: team.numberText,
    team_name: team.nameText === '' ? team.name : team.nameText,
    driver_name: driver,
    category: team.category,
    lap: timing.lap,
    last_time: timing.lastTime,
    best_time: timing.bestTime,
    gap: distance(timing.gap, timing.gapUnit),
    interval: distance(timing.interval, timing.intervalUnit),
    number_pits: timing.numberPits,
    pit_time: timing.pitTime,
    state: timing.state,
    at_ms: timing.atMs,
  }));
}

function distance(value: number | null, unit: string | null): { value: number; unit: string } | null {
  return value === null || unit === null ? null : { value, unit };
}

/** Codes of teams, for those that left the classification. */
export async function teamCodes(tables: Sql, teamIds: readonly number[]): Promise<string[]> {
  if (teamIds.length === 0) return [];
  const rows = await tables.select({ code: teams.participantCode }).from(teams).where(inArray(teams.id, [...teamIds]));
  return rows.map(({ code }) => code);
}

const NO_SESSION = { number: 0, title1: '', title2: '', track: null };

/** What stands above the table. */
export async function liveMetadata(tables: Sql, competitionId: number): Promise<Record<string, unknown>> {
  const [row] = await tables
    .select({ metadata: metadataCurrent, session: sessions })
    .from(metadataCurrent)
    .innerJoin(competitions, eq(competitions.id, metadataCurrent.competitionId))
    .leftJoin(sessions, and(eq(sessions.competitionId, competitions.id), eq(sessions.number, competitions.session)))
    .where(eq(metadataCurrent.competitionId, competitionId));
  if (row === undefined) return {};
  const { metadata, session } = row;
  const { stage, stageText } = session ?? metadata;
  const { number, title1, title2, track } = session ?? NO_SESSION;
  const { status, flag, remainingLength, remainingLengthUnit } = metadata;
  return { session: number, stage, stage_text: stageText, status, flag, remaining_length: remainingLength, remaining_length_unit: remainingLengthUnit, title1, title2, track };
}

/** Name, counter and time of the last commit (Unix ms) of the competition, null when it does not exist. */
export async function liveCompetition(tables: Sql, competitionId: number): Promise<{ change: number; changedAtMs: number | null; shown: Record<string, unknown> } | null> {
  const [row] = await tables.select().from(competitions).innerJoin(tracks, eq(tracks.id, competitions.trackId)).where(eq(competitions.id, competitionId));
  if (row === undefined) return null;
  const { competitions: competition, tracks: track } = row;
  return { change: competition.change, changedAtMs: competition.changedAtMs, shown: { id: competition.id, code: competition.competitionCode, name: competition.name, track: track.name } };
}
