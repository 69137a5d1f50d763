import type { FreeCell, ParticipantDetails } from '@lts/race-actions';
import { columnOf, type Column } from '../columns.js';
import type { Row, Told } from '../state.js';
import type { RowContext } from './context.js';

/** Category, nationality and plate of a row. */
export function detailsOf({ category, nationality, plate }: Row): ParticipantDetails {
  return { category: category || null, nationality: nationality || null, plate: plate || null };
}

/** Texts of the row's free columns, those that are not empty. */
export function freeCellsOf({ freeCells }: Row, columns: readonly Column[]): FreeCell[] {
  if (Object.keys(freeCells).length === 0) return [];
  return columns.flatMap(({ id, type, label }) => {
    const text = freeCells[`c${id}`] ?? '';
    return text === '' ? [] : [{ column: id, type, label, text }];
  });
}

export function tellDetails(row: Row, told: Told | null, { tell }: RowContext): void {
  const { code: participant_code, category, nationality, plate } = row;
  if ((told?.category ?? '') === category && (told?.nationality ?? '') === nationality && (told?.plate ?? '') === plate) return;
  tell({ type: 'update-participant-details', data: { participant_code, ...detailsOf(row) } });
}

/** Takes in the cell of a free column. @returns whether its text is another one */
export function noteFreeCell({ freeCells }: Row, column: number, text: string): boolean {
  const key = `c${column}`;
  if ((freeCells[key] ?? '') === text) return false;
  freeCells[key] = text;
  return true;
}

/** Tells a free column whose text has changed. */
export function tellFreeCell({ code, freeCells }: Row, column: number, { columns, tell }: RowContext): void {
  const header = columnOf(columns, column);
  if (header === undefined) return;
  tell({ type: 'update-free-cell', data: { participant_code: code, column, type: header.type, label: header.label, text: freeCells[`c${column}`] ?? '' } });
}
