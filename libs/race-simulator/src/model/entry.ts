/** Whether a team keeps to the rules, goes to their limit, or beyond it. */
export type Conduct = 'follows' | 'bends' | 'breaks';

/** Somebody who drives; ms are per lap, against an average driver. */
export interface Driver {
  name: string;
  paceMs: number;
  /** Factor on the scatter of lap times: below 1 is steadier than most. */
  scatter: number;
  /** What every hour in the kart costs a lap. */
  fatigueMsPerHour: number;
}

/** A physical kart; `qualityMs` per lap against the mean of all, negative is quicker. */
export interface Kart {
  name: string;
  qualityMs: number;
}

/** A team as it is entered; it stays the same all day. */
export interface Entry {
  /** Place in the entry list, from 0. */
  index: number;
  /** Race number. */
  number: string;
  team: string;
  category: string;
  nation: string;
  drivers: readonly [Driver, ...Driver[]];
  conduct: Conduct;
}
