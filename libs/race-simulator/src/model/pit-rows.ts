import type { SeededRandom } from '../random/seeded-random.js';
import type { Kart } from './entry.js';
import type { RuleSet } from './rules/rule-set.js';

/** The karts that wait in the pits, in rows: who comes in leaves his kart at the back of a row and takes the one at its front. */
export class PitRows {
  private readonly rows: Kart[][];
  private turn = 0;

  constructor(private readonly rules: RuleSet['karts'], waiting: readonly Kart[], private readonly random: SeededRandom) {
    this.rows = Array.from({ length: rules.rows }, (_, row) => waiting.filter((_kart, index) => index % rules.rows === row));
  }

  /** The kart for the next stint. */
  exchange(kart: Kart): Kart {
    if (this.rows.length === 0) return kart;
    const row = this.rows[this.rules.draw === 'drawn' ? this.random.whole(0, this.rows.length - 1) : this.turn % this.rows.length];
    this.turn += 1;
    if (row === undefined) return kart;
    row.push(kart);
    return row.shift() ?? kart;
  }
}
