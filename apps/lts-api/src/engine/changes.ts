import type { DriverRow, LapRow, MessageRow, MetadataRow, ParserSettingRow, PenaltyRow, PitInRow, PitOutRow, SessionRow, TeamRow, TimingRow } from './rows.js';

/** Ids handed out before the rows that carry them are written. */
export type Reserved = Record<'teams' | 'drivers' | 'pits_in' | 'pits_out', number[]>;

/** What a batch of operations is to write, each row in its last state; history rows in the order they arose. */
export class Changes {
  metadata: MetadataRow | null = null;
  readonly metadataHistory: (MetadataRow & { atMs: number | null })[] = [];
  readonly sessions = new Map<number, SessionRow>();
  /** The current timing starts anew. */
  timingReset = false;
  readonly timingRemoved = new Set<number>();
  readonly timing = new Map<number, TimingRow>();
  readonly timingHistory: TimingRow[] = [];
  /** First rows of drivers without a team. */
  readonly soloTiming: TimingRow[] = [];
  readonly teams = new Map<number, TeamRow>();
  readonly drivers = new Map<number, DriverRow>();
  readonly laps = new Map<string, LapRow>();
  readonly stops = new Map<number, PitInRow>();
  readonly stopsOut = new Map<number, PitOutRow>();
  readonly messages = new Map<string, MessageRow>();
  readonly penalties = new Map<string, PenaltyRow>();
  readonly parserSettings = new Map<string, ParserSettingRow>();
  readonly parserSettingsRemoved = new Set<string>();
}
