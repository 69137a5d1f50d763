import { parseCount, parseTimeMs } from '../durations.js';
import { comparable } from '../plain-text.js';
import type { Column } from '../columns.js';
import type { Row, State } from '../state.js';
import type { Grid, GridRow } from './grid.js';

/** A page with its table, to be judged against the present session. */
export interface JudgedPage {
  ranking: State['ranking'];
  columns: readonly Column[];
  grid: Grid;
}

/** Laps below which a lower count is not told from a correction. */
const FEW_LAPS = 3;

/**
 * Whether a page belongs to another session. The page is sent again at any time, so by itself it means nothing; a new
 * session shows in the kind of ranking, the titles, the rows, or in counts that have begun anew.
 */
export function beginsSession(state: State, page: JudgedPage): boolean {
  if (state.session === 0 || state.ranking !== page.ranking) return true;
  const known = [...state.rows.values()].filter(({ present }) => present);
  if (hasOtherTitles(state) || hasOtherRows(known, page.grid.rows)) return true;
  return hasBegunAnew(known, page);
}

/** Whether the titles have changed since the last page; those that come late or are empty say nothing. */
export function hasOtherTitles({ pageTitles, header }: State): boolean {
  const differ = (before: string, now: string): boolean => before !== now && before !== '' && now !== '' && comparable(before) !== comparable(now);
  return differ(pageTitles.title1, header.title1) || differ(pageTitles.title2, header.title2);
}

function hasOtherRows(known: readonly Row[], rows: readonly GridRow[]): boolean {
  if (known.length === 0) return false;
  const codes = new Set(known.map(({ code }) => code));
  const common = rows.filter(({ code }) => codes.has(code)).length;
  return common * 2 < Math.max(known.length, rows.length);
}

/** Most of the rows have lost most of their laps, or all they had to show. */
function hasBegunAnew(known: readonly Row[], { columns, grid }: JudgedPage): boolean {
  const laps = columns.find(({ meaning }) => meaning === 'laps')?.id;
  const last = columns.find(({ meaning }) => meaning === 'last-lap')?.id;
  const rows = new Map(grid.rows.map((row) => [row.code, row]));
  const judged = known.filter((row) => (laps === undefined ? row.lastMs !== null : row.laps >= FEW_LAPS));
  const anew = judged.filter((row) => {
    const page = rows.get(row.code);
    if (page === undefined) return false;
    return laps === undefined ? parseTimeMs(textOf(page, last)) === null : (parseCount(textOf(page, laps)) ?? 0) * 2 < row.laps;
  });
  return anew.length > 0 && anew.length * 2 > judged.length;
}

function textOf(row: GridRow, column: number | undefined): string {
  return column === undefined ? '' : (row.cells[column]?.value ?? '');
}
