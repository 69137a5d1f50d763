import type { ActionPayloads } from '@lts/race-actions';
import { type Target, key, reference } from './target.js';

/** Body fields that an action gives; those it leaves out keep their value. */
function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function ofRow(kind: 'laps' | 'stops', row: { participant_code: string; ordinal: number }, to: Target): string {
  return `${to.session}/${kind}/${key(`${row.participant_code}:${row.ordinal}`)}`;
}

/** A lap, or a change of one. */
export function putLap(lap: ActionPayloads['add-lap'] | ActionPayloads['update-lap'], to: Target): void {
  const { time_ms: lap_time, driver: driver_name, at_ms, sectors, in_lap, out_lap, valid, reason } = lap;
  to.put(ofRow('laps', lap, to), given({ lap: lap.lap, lap_time, driver_name, at_ms, sectors, in_lap, out_lap, valid, reason }));
}

export function withdrawLaps({ participant_code, ordinals, laps, reason }: ActionPayloads['withdraw-laps'], to: Target): void {
  for (const ordinal of ordinals) to.put(ofRow('laps', { participant_code, ordinal }, to), { valid: false, reason });
  to.put(`timing/teams/${key(participant_code)}/lap`, { lap: laps });
}

export function putPitIn(stop: ActionPayloads['add-pit-in'], to: Target): void {
  const { at_ms: in_at_ms, source, lap, driver } = stop;
  if (driver !== null) to.put(`teams/${key(stop.participant_code)}/drivers/${key(driver)}`, { participant_code: stop.participant_code, name: driver });
  to.put(ofRow('stops', stop, to), { stop: stop.stop, lap, driver_id: reference(driver), in_at_ms, source });
}

export function putPitOut(stop: ActionPayloads['add-pit-out'], to: Target): void {
  const { at_ms: out_at_ms, duration_ms, driver } = stop;
  if (driver !== null) to.put(`teams/${key(stop.participant_code)}/drivers/${key(driver)}`, { participant_code: stop.participant_code, name: driver });
  to.put(ofRow('stops', stop, to), { out_at_ms, duration_ms, driver_out_id: reference(driver) });
}

export function updateStop(stop: ActionPayloads['update-stop'], to: Target): void {
  const driver = stop.driver === undefined ? undefined : reference(stop.driver);
  to.put(ofRow('stops', stop, to), given({ duration_ms: stop.duration_ms, driver_id: driver }));
}

export function withdrawStop(stop: ActionPayloads['withdraw-stop'], to: Target): void {
  to.put(ofRow('stops', stop, to), { valid: false, reason: stop.reason });
  to.put(`timing/teams/${key(stop.participant_code)}/number_pits`, { number_pits: stop.number_pits });
}
