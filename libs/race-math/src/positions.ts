import type { RowState, SessionState } from './session-state.js';

/** Order in which rows completed a lap. */
export interface LapOrder {
  lap: number;
  /** Codes, the first to complete it first. */
  codes: string[];
}

/** The lap chart: who completed which lap as the how many-th; laps that were taken back are not in it. */
export function lapChart({ rows }: SessionState): LapOrder[] {
  const passages = new Map<number, { code: string; atMs: number }[]>();
  for (const { code, crossings } of Object.values(rows)) {
    crossings.atMs.forEach((atMs, place) => {
      const lap = crossings.from + place;
      const passed = passages.get(lap);
      if (passed === undefined) passages.set(lap, [{ code, atMs }]);
      else passed.push({ code, atMs });
    });
  }
  return [...passages]
    .sort(([a], [b]) => a - b)
    .map(([lap, passed]) => ({ lap, codes: passed.sort((a, b) => a.atMs - b.atMs || (a.code < b.code ? -1 : 1)).map(({ code }) => code) }));
}

/** Time a row has led by the feed's own positions, up to an instant, ms. */
export function ledMs(session: SessionState, row: RowState, nowMs: number): number {
  return row.ledMs + (session.leader === row.code ? Math.max(0, nowMs - session.leadsSinceMs) : 0);
}
