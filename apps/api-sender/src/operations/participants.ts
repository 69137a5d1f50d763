import type { ActionPayloads, Distance, Initialize, Participant, SessionFacts } from '@lts/race-actions';
import { type Target, key, reference } from './target.js';

/** A session with what the feed says of it. */
export function putSession(facts: SessionFacts, to: Target): void {
  const { stage, stage_text, title1, title2, ranking, track } = facts;
  to.put(to.session, { stage, stage_text, title1, title2, ranking, track });
}

/** A whole page: the session, what stands above the table, the columns, and every row. */
export function initialize(page: Initialize, to: Target): void {
  // session 0 is none: a page without live timing came before any race
  if (page.session > 0) putSession(page, to);
  to.put('metadata', { status: page.status, stage_text: page.stage_text, ...stageOf(page.stage), ...remainingOf(page.remaining_length) });
  if (page.flag !== null) to.put('metadata/flag', { flag: page.flag, text: page.flag });
  to.delete('parsers/settings');
  for (const [name, value] of Object.entries(page.parsers_settings)) to.put(`parsers/settings/${key(name)}`, { value });
  for (const participant of page.participants) putParticipant(participant, to);
}

/** The contract knows no unknown stage; the last known one stays. */
export function stageOf(stage: SessionFacts['stage']): { stage?: string } {
  return stage === 'unknown' ? {} : { stage };
}

export function remainingOf(remaining: Distance | null): { remaining_length?: number; remaining_length_unit?: string } {
  return remaining === null ? {} : { remaining_length: remaining.value, remaining_length_unit: remaining.unit };
}

/** A distance in the contract's two fields. */
export function distanceOf(name: 'gap' | 'interval', distance: Distance | null): Record<string, unknown> {
  return { [name]: distance?.value ?? null, [`${name}_unit`]: distance?.unit ?? null };
}

export function putTeam(team: ActionPayloads['update-team'], to: Target): void {
  const { participant_code: code, name, number, number_text } = team;
  to.put(`teams/${key(code)}`, { participant_code: code, name, number, number_text, name_text: name });
}

export function putTeamDetails({ participant_code, category, nationality }: ActionPayloads['update-participant-details'], to: Target): void {
  to.put(`teams/${key(participant_code)}/details`, { category, nationality });
}

export function putDriver(code: string, name: string, to: Target): void {
  to.put(`teams/${key(code)}/drivers/${key(name)}`, { participant_code: code, name });
}

function putParticipant(row: Participant, to: Target): void {
  const { participant_code: code, driver_name: driver } = row;
  putTeam({ participant_code: code, name: row.team_name ?? '', number: row.kart_number, number_text: row.number_text }, to);
  if (row.details !== undefined) putTeamDetails({ participant_code: code, ...row.details }, to);
  if (driver !== null) putDriver(code, driver, to);
  to.put(`timing/teams/${key(code)}`, {
    driver_id: reference(driver),
    position: row.position,
    last_time: row.last_time ?? 0,
    best_time: row.best_time ?? 0,
    lap: row.laps,
    ...distanceOf('gap', row.gap),
    ...distanceOf('interval', row.interval),
    pit_time: row.pit_time,
    number_pits: row.number_pits,
    state: row.state,
    auto_best_time: false,
    auto_other_positions: false,
  });
}
