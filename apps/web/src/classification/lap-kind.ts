/** How a lap time is marked: best of the session, best of its own row, or not at all. */
export type LapKind = 'session-best' | 'own-best' | '';

/** Judges the last lap of a row against the row's and the session's best. All times in ms, 0 = not yet. */
export function lapKind(lastMs: number, ownBestMs: number, sessionBestMs: number): LapKind {
  if (lastMs <= 0 || lastMs > ownBestMs) return '';
  return lastMs === sessionBestMs ? 'session-best' : 'own-best';
}
