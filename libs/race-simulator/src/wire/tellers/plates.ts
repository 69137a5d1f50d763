import type { Entry } from '../../model/entry.js';
import type { Dialect } from '../dialect.js';
import { type FeedState, isOdd, isRace, rowsInOrder, say } from '../feed-state.js';

/** Colours of plates that a server knows. */
export const PLATES = 20;
const RECOLOUR_AFTER_MS = 180_000;
/** Decimal values of 0xBBGGRR, as the provider names the colours of teams. */
const OWN_COLOURS = [{ number: 65_535, css: '#FFFF00' }, { number: 16_731_983, css: '#4F4FFF' }] as const;

/** The colour class of a category. */
export function numberClass({ dialect }: { dialect: Dialect }, { category }: Entry): string {
  const colour = Array.from(category).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % PLATES, 0) + 1;
  return dialect.flavour === 'championship' ? ` no${colour}` : `no${colour}`;
}

/** The last teams of the race get plates of their own: the style first, then their numbers. */
export function giveOwnColours(state: FeedState): void {
  if (!isOdd(state, 'own-colours') || !isRace(state)) return;
  state.agenda.at(state.nowMs + RECOLOUR_AFTER_MS, () => {
    const last = rowsInOrder(state).slice(-OWN_COLOURS.length);
    last.forEach(({ row }, index) => {
      const colour = OWN_COLOURS[index] ?? OWN_COLOURS[0];
      state.board.head('css', `notc${colour.number}`, `border-bottom-color:${colour.css} !important; color:#000000 !important;`);
      state.board.set(row.id, 'number', `notc${colour.number}`, state.board.get(row.id, 'number').text);
    });
    say(state);
  });
}
