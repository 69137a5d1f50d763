import type { Circuit } from '../model/circuit.js';
import type { Stage } from '../model/race-event.js';
import type { ColumnSpec } from './columns.js';
import type { Language } from './languages/language.js';
import type { Oddity } from './oddity.js';

/** How the name cell is used. */
export type NameStyle =
  /** Team for twenty seconds, driver for ten, the driver with his minutes or without. */
  | { kind: 'flip'; minutes: boolean }
  /** Always the team. */
  | { kind: 'team' }
  /** Always all drivers, `A / B / C`. */
  | { kind: 'crew' };

/** What the clock line shows while a race runs: time left, time gone, time left as a standing text, or the leader's lap. */
export type ClockStyle = 'countdown' | 'count' | 'text' | 'laps';

/** How one circuit's installation writes the feed. */
export interface Dialect {
  name: string;
  help: string;
  language: Language;
  /** The two servers that are known: their pages differ in what they hold and in which order. */
  flavour: 'rental' | 'championship';
  circuit: Circuit;
  event: string;
  /** What the sessions are called; null where it is what the language has. */
  titles: Record<Stage, string> | null;
  columns: { trials: readonly ColumnSpec[]; race: readonly ColumnSpec[] };
  /** Row ids: a few digits, five of a rental database, nine, or six and nine in one table; the same all day or new ones in each session. */
  rows: { size: 'small' | 'rental' | 'nine-digits' | 'mixed'; stable: boolean };
  names: NameStyle;
  clock: ClockStyle;
  /** Whether the number on the table is the team's or that of the kart it sits in. */
  numbers: 'team' | 'kart';
  /** Hundredths in sector times, or thousandths. */
  sectorDigits: 2 | 3;
  /** The panel during a suspension and behind a safety car. */
  lights: { suspended: 'lr' | 'ly'; safetyCar: 'lsc' | 'ly' };
  /** Hours from UTC of the log's wall clock. */
  gmtHours: number;
  /** The whole page again, unasked: every so often in a race, and so often after the flag. Each time an empty block before it, or not. */
  pages: { everyMs: number | null; afterFlag: number; blankBefore: boolean };
  /** An empty page between two sessions. */
  blankBetween: boolean;
  /** Shares of laps and entries that come in two frames, and of laps that are shown wrongly for a moment. */
  shares: { splitLaps: number; splitEntries: number; repaints: number; retouched: number };
  /** After a rollback every row gets a lone entry mark a second later. */
  strayEntries: boolean;
  /** The feed is joined so long after its beginning, without a page; null when it is there from the start. */
  joinedAfterMs: number | null;
  /** What it does that others do not. */
  oddities: readonly Oddity[];
}
