import type { BestLap, ClockFace, CompetitionStatus, Distance, Flag, Reason, RowState, Source, Stage, Weather } from '@lts/race-actions';
import type { Column } from './columns.js';
import type { SessionBests } from './events/session-bests.js';
import type { StageBook } from './stage.js';

/** A lap as the row's own list keeps it; withdrawn ones stay in it. */
export interface Lap {
  ordinal: number;
  /** Official number at the time. */
  lap: number;
  timeMs: number | null;
  driver: string | null;
  atMs: number;
  sectors: (number | null)[];
  inLap: boolean;
  outLap: boolean;
  valid: boolean;
  reason: Reason | null;
}

/** A stop as the row's own list keeps it. */
export interface Stop {
  ordinal: number;
  stop: number;
  lap: number;
  driver: string | null;
  inAtMs: number | null;
  outAtMs: number | null;
  durationMs: number | null;
  /** Where the duration was read, null as long as there is none. */
  durationSource: Source | null;
  /** Time of the stop in a comment of race control that came before the exit, ms. */
  commentMs: number | null;
  source: Source;
  valid: boolean;
  reason: Reason | null;
}

/** Laps of a row in the present session. */
export interface LapLedger {
  /** Laps counted but not listed: made before we listened, or forgotten. */
  base: number;
  /** Ordinal of the last lap listed. */
  lastOrdinal: number;
  list: Lap[];
  /** A lap whose time has not come yet. */
  awaiting: { ordinal: number; sinceMs: number } | null;
  /** A last-lap cell that no lap count has confirmed yet. */
  unclaimed: { timeMs: number; atMs: number } | null;
  /** Stamp of a line crossing that no lap has claimed yet. */
  crossedAtMs: number | null;
  /** The last lap has claimed a line crossing. */
  hasCrossing: boolean;
  /** The lap under way holds a way out of the pit lane. */
  leftPit: boolean;
}

/** Stops of a row in the present session. */
export interface StopLedger {
  base: number;
  lastOrdinal: number;
  list: Stop[];
  /** Whether the row is in the pit lane, as its events say. */
  inPit: boolean;
  /** The stop that runs. */
  openOrdinal: number | null;
  /** The count was emptied at an entry, and shows nothing since then. */
  countHidden: boolean;
  /** An entry that the stop count has not confirmed yet. */
  entry: { atMs: number; source: Source } | null;
  /** Stamp of a stop that the count told of before any entry was seen. */
  countedAtMs: number | null;
  enteredAtMs: number | null;
  leftAtMs: number | null;
  /** Pit clock of the running or last stop, ms. */
  clockMs: number | null;
}

/** What was last told of a row, so that only changes are told. */
export interface Told {
  position: number;
  team: string;
  number: string;
  driver: string | null;
  laps: number;
  lastMs: number | null;
  bestMs: number | null;
  gap: Distance | null;
  interval: Distance | null;
  stops: number;
  pitMs: number | null;
  stintMs: number | null;
  state: RowState;
  sectors: (number | null)[];
  category: string;
  nationality: string;
  plate: string;
  raceLap: number | null;
}

/** A row of the table in the present session. */
export interface Row {
  code: string;
  /** False once a page came without it. */
  present: boolean;
  /** Place in the table, also of a row that is not classified. */
  position: number;
  /** False while the position cell is empty. */
  classified: boolean;
  numberText: string;
  team: string | null;
  driver: string | null;
  /** Highest driving time told of each driver, ms. */
  drivingMs: Record<string, number>;
  laps: number;
  lastMs: number | null;
  bestMs: number | null;
  gap: Distance | null;
  otherGap: Distance | null;
  interval: Distance | null;
  stops: number;
  /** Time on the track since the last stop, ms; null while the pit clock stands in its place. */
  stintMs: number | null;
  sectors: (number | null)[];
  penalty: string;
  category: string;
  nationality: string;
  plate: string;
  /** Texts of columns without a meaning, by `c` and the column's number. */
  freeCells: Record<string, string>;
  /** Lap of the race as the gap cell of a leader tells it, and as the second gap cell does. */
  raceLap: number | null;
  otherRaceLap: number | null;
  state: RowState;
  lapLedger: LapLedger;
  stopLedger: StopLedger;
  told: Told | null;
}

/** What stands above the table, and what of it was told. */
export interface Header {
  title1: string;
  title2: string;
  track: string | null;
  trackLengthM: number | null;
  utcOffsetH: number | null;
  weather: Weather;
  /** What the two clocks show. */
  clocks: [ClockFace | null, ClockFace | null];
  status: CompetitionStatus;
  flag: Flag | null;
  flagText: string;
  remaining: Distance | null;
  /** The clock that told what remains. */
  remainingFrom: 'dyn1' | 'dyn2' | null;
}

/** What was last told of what stands above and beside the table. */
export interface ToldHeader {
  title1: string;
  title2: string;
  track: string | null;
  trackLengthM: number | null;
  status: CompetitionStatus | null;
  flag: Flag | null;
  flagText: string;
  remaining: Distance | null;
  stage: Stage;
  stageText: string;
  weather: Weather;
  clocks: [ClockFace | null, ClockFace | null];
  bestLap: BestLap | null;
}

/** An entry of the race-control log. */
export interface LoggedEntry {
  key: string;
  ordinal: number;
  /** False once the log came without it. */
  shown: boolean;
}

/** The whole state of a competition: plain data, so that a snapshot is a copy. */
export interface State {
  /** 1-based, 0 before any page. */
  session: number;
  ranking: 'best-time' | 'laps' | 'none';
  stage: Stage;
  stageText: string;
  /** A page has begun whose table has not come yet. */
  pageOpen: 'p' | 'r' | 'n' | null;
  header: Header;
  /** Titles of the last page that was judged. */
  pageTitles: { title1: string; title2: string };
  told: ToldHeader;
  columns: Column[];
  rows: Map<string, Row>;
  /** Race-control entries known, oldest first, and how many there have been. */
  log: LoggedEntry[];
  logCount: number;
  ticker: string;
  /** Stamp of the last time that many rows lost laps at once. */
  rollbackAtMs: number | null;
  bestLap: BestLap | null;
  /** Colours of plates, by style. */
  styles: Record<string, string>;
  bests: SessionBests;
}

export function newState(): State {
  return {
    session: 0,
    ranking: 'none',
    stage: 'unknown',
    stageText: '',
    pageOpen: null,
    header: { title1: '', title2: '', track: null, trackLengthM: null, utcOffsetH: null, weather: noWeather(), clocks: [null, null], status: 'paused', flag: null, flagText: '', remaining: null, remainingFrom: null },
    pageTitles: { title1: '', title2: '' },
    told: { title1: '', title2: '', track: null, trackLengthM: null, status: null, flag: null, flagText: '', remaining: null, stage: 'unknown', stageText: '', weather: noWeather(), clocks: [null, null], bestLap: null },
    columns: [],
    rows: new Map(),
    log: [],
    logCount: 0,
    ticker: '',
    rollbackAtMs: null,
    bestLap: null,
    styles: {},
    bests: {},
  };
}

function noWeather(): Weather {
  return { sky: null, air_text: '', track_text: '' };
}

export function newRow(code: string): Row {
  return {
    code,
    present: true,
    position: 0,
    classified: true,
    numberText: '',
    team: null,
    driver: null,
    drivingMs: {},
    laps: 0,
    lastMs: null,
    bestMs: null,
    gap: null,
    otherGap: null,
    interval: null,
    stops: 0,
    stintMs: null,
    sectors: [],
    penalty: '',
    category: '',
    nationality: '',
    plate: '',
    freeCells: {},
    raceLap: null,
    otherRaceLap: null,
    state: 'unknown',
    lapLedger: { base: 0, lastOrdinal: 0, list: [], awaiting: null, unclaimed: null, crossedAtMs: null, hasCrossing: false, leftPit: false },
    stopLedger: { base: 0, lastOrdinal: 0, list: [], inPit: false, openOrdinal: null, countHidden: false, entry: null, countedAtMs: null, enteredAtMs: null, leftAtMs: null, clockMs: null },
    told: null,
  };
}

/** The stage that the titles speak of now. */
export function refreshStage(state: State, stages: StageBook): void {
  const { title1, title2 } = state.header;
  state.stage = stages.stageOf({ title1, title2, ranking: state.ranking });
  state.stageText = title2 === '' ? title1 : title2;
}
