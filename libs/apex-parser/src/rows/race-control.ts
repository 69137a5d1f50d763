import type { RowContext } from './context.js';
import type { RowFrame } from './row-frame.js';

/** Before the flag of a race every lap that is driven expects a next one: a crossing that expects nothing is race control's. */
export function isByRaceControl({ row, crossed, status }: RowFrame, { isRacing }: Pick<RowContext, 'isRacing'>): boolean {
  return crossed === 'bare' && isRacing && row.state !== 'finished' && status !== 'sf';
}
