import type { Action, MessageFacts } from '@lts/race-actions';
import type { Row, Stop } from '../state.js';

/** The warning may count the lap into the pits or the one out of them. */
const LAPS_APART = 1;

/** A comment of race control that names the time of a stop gives it to the stop, where no clock of the table has. */
export function takeComment({ code, stopLedger }: Row, { stop_ms, stop_lap }: Pick<MessageFacts, 'stop_ms' | 'stop_lap'>, { atMs, tell }: { atMs: number; tell: (action: Action) => void }): void {
  const stop = stopLedger.list.findLast(({ valid }) => valid);
  if (stop_ms === null || stop_lap === null || stop === undefined || !isOfLap(stop, stop_lap) || stop.durationSource === 'column') return;
  stop.commentMs = stop_ms;
  if (stop.outAtMs === null) return;
  Object.assign(stop, { durationMs: stop_ms, durationSource: 'comment' });
  tell({ type: 'update-stop', data: { participant_code: code, ordinal: stop.ordinal, stop: stop.stop, duration_ms: stop_ms, source: 'comment', at_ms: atMs } });
}

/** Laps are counted at the entry; the comment speaks of the lap that follows. */
function isOfLap({ lap }: Stop, commented: number): boolean {
  return Math.abs(commented - (lap + 1)) <= LAPS_APART;
}
