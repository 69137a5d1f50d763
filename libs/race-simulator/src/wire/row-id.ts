import type { Entry } from '../model/entry.js';
import type { Dialect } from './dialect.js';

const STEP_BETWEEN_SESSIONS = 300;

/** Names of rows for one session, counted from 0. */
export function rowIds({ rows }: Pick<Dialect, 'rows'>): (session: number) => (entry: Entry) => string {
  const first = { small: 2, rental: 22_770, 'nine-digits': 900_005_625 }[rows.size];
  return (session) => {
    const offset = rows.stable ? 0 : session * STEP_BETWEEN_SESSIONS;
    return ({ index }) => `r${first + offset + index * (rows.size === 'rental' ? 1 : 3)}`;
  };
}
