import type { Entry } from '../model/entry.js';
import type { Dialect } from './dialect.js';

const STEP_BETWEEN_SESSIONS = 300;
/** Where ids of entries begin that came from another database. */
const FOREIGN = 900_025_752;

/** Names of rows for one session, counted from 0. */
export function rowIds({ rows }: Pick<Dialect, 'rows'>): (session: number) => (entry: Entry) => string {
  const first = { small: 2, rental: 22_770, 'nine-digits': 900_005_625, mixed: 149_686 }[rows.size];
  return (session) => {
    const offset = rows.stable ? 0 : session * STEP_BETWEEN_SESSIONS;
    const isForeign = (index: number): boolean => rows.size === 'mixed' && index % 3 === 1;
    return ({ index }) => `r${(isForeign(index) ? FOREIGN : first) + offset + index * (rows.size === 'rental' ? 1 : 3)}`;
  };
}
