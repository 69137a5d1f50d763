import type { Stage } from '../../model/race-event.js';
import type { PenaltyReason } from '../../model/race-event.js';
import type { Field } from '../columns.js';

/** Everything on a page that depends on its language. */
export interface Language {
  code: 'es' | 'fr' | 'en' | 'it' | 'pt' | 'nl' | 'de';
  /** Label of the button for ranking effects. */
  effects: string;
  /** Heading of the log. */
  comments: string;
  /** Heading of the table of bests, and what its rows for lap and ideal lap are called. */
  bests: { heading: string; lap: string; ideal: string };
  /** Headers by what the column is about; a column that is missing here has none. */
  labels: Partial<Record<Field, string>>;
  /** Headers that differ where the column has no type. */
  freeLabels: Partial<Record<Field, string>>;
  /** One lap, several laps, and the word before the leader's lap number. */
  lap: { one: string; many: string; leader: string };
  /** A lap as a penalty. */
  lapPenalty: string;
  /** Before a race number. */
  numberWord: string;
  /** Before the temperature of the air, and what is said of a dry track. */
  weather: { air: string; dryTrack: string };
  titles: Record<Stage, string>;
  control: { start: string; finish: string; yellow: string; red: string; safetyCar: string; green: string };
  penalty: string;
  warning: string;
  pitTime: string;
  pitSpeed: string;
  conduct: string;
  bestLap: string;
  reasons: Record<PenaltyReason, string>;
}
