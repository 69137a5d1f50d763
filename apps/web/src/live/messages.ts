/** A distance between two rows: whole laps or whole milliseconds. */
export interface Distance {
  value: number;
  unit: 'laps' | 'millis';
}

const ROW_STATES = ['running', 'in-pit', 'out-lap', 'stopped', 'finished', 'unknown'] as const;
const FLAGS = ['green', 'yellow', 'red', 'chequered', 'safety-car', 'unknown'] as const;

/** What a row of the timing table is doing. */
export type RowState = (typeof ROW_STATES)[number];

/** Flag panel of the circuit; `unknown` also when there is none. */
export type Flag = (typeof FLAGS)[number];

/** One row of the timing table. Times in milliseconds, 0 = not yet. Texts come from the circuit: show them as text only. */
export interface Row {
  /** Row id of the feed, e.g. `r12`: the key of the row. */
  code: string;
  /** 1-based place; 0 when not classified. */
  position: number;
  numberText: string;
  teamName: string;
  driverName: string;
  /** As the circuit writes it; empty where it has none. */
  category: string;
  laps: number;
  lastMs: number;
  bestMs: number;
  /** To the leader. */
  gap: Distance | null;
  /** To the row ahead. */
  interval: Distance | null;
  stops: number;
  /** Length of the running or last stop; null when none is known. */
  pitMs: number | null;
  state: RowState;
  /** Race time of the row's last change, Unix ms; null when unknown. */
  atMs: number | null;
}

/** State of the competition and its session. */
export interface Metadata {
  session: number;
  stage: string;
  stageText: string;
  status: string;
  flag: Flag;
  remaining: Distance | null;
  title1: string;
  title2: string;
}

/** Which competition a stream is about. */
export interface Competition {
  code: string;
  name: string;
  track: string;
}

/** Times of the data, Unix ms: stamp of the last frame, when it was stored, and the API's present. Null = unknown. */
export interface Clock {
  lastFrameAtMs: number | null;
  appliedAtMs: number | null;
  nowMs: number | null;
}

/** One event of the live stream. */
export type LiveMessage =
  | { kind: 'snapshot'; competition: Competition; metadata: Metadata; rows: Row[]; clock: Clock }
  | { kind: 'change'; metadata: Metadata | null; rows: Row[]; removed: string[]; clock: Clock }
  | { kind: 'heartbeat'; clock: Clock };

/** Most rows a message may carry; the rest is ignored. The largest fields have about sixty. */
export const MAX_ROWS = 500;

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one when it is none. */
export function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}

/** The value as text; empty when it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The value as a list; empty when it is none. */
export function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function oneOf<const T extends string>(allowed: readonly T[], value: unknown, otherwise: T): T {
  return allowed.find((name) => name === value) ?? otherwise;
}

function distanceOf(value: unknown, unit: unknown): Distance | null {
  const size = numberOf(value);
  if (size === null || (unit !== 'laps' && unit !== 'millis')) return null;
  return { value: size, unit };
}

function gapOf(value: unknown): Distance | null {
  const { value: size, unit } = fieldsOf(value);
  return distanceOf(size, unit);
}

function rowOf(value: unknown): Row | null {
  const fields = fieldsOf(value);
  const code = textOf(fields['participant_code']);
  if (code === '') return null;
  return {
    code,
    position: numberOf(fields['position']) ?? 0,
    numberText: numberTextOf(fields),
    teamName: textOf(fields['team_name']),
    driverName: textOf(fields['driver_name']),
    category: textOf(fields['category']),
    ...figuresOf(fields),
    gap: gapOf(fields['gap']),
    interval: gapOf(fields['interval']),
    pitMs: numberOf(fields['pit_time']),
    state: oneOf(ROW_STATES, fields['state'], 'unknown'),
    atMs: numberOf(fields['at_ms']),
  };
}

function numberTextOf(fields: Fields): string {
  const text = textOf(fields['number_text']);
  return text === '' ? String(numberOf(fields['number']) ?? '') : text;
}

function figuresOf(fields: Fields): Pick<Row, 'laps' | 'lastMs' | 'bestMs' | 'stops'> {
  return {
    laps: numberOf(fields['lap']) ?? 0,
    lastMs: numberOf(fields['last_time']) ?? 0,
    bestMs: numberOf(fields['best_time']) ?? 0,
    stops: numberOf(fields['number_pits']) ?? 0,
  };
}

function rowsOf(value: unknown): Row[] {
  return listOf(value)
    .slice(0, MAX_ROWS)
    .map(rowOf)
    .filter((row) => row !== null);
}

function metadataOf(value: unknown): Metadata {
  const fields = fieldsOf(value);
  return {
    session: numberOf(fields['session']) ?? 0,
    stage: textOf(fields['stage']),
    stageText: textOf(fields['stage_text']),
    status: textOf(fields['status']),
    flag: oneOf(FLAGS, fields['flag'], 'unknown'),
    remaining: distanceOf(fields['remaining_length'], fields['remaining_length_unit']),
    title1: textOf(fields['title1']),
    title2: textOf(fields['title2']),
  };
}

function competitionOf(value: unknown): Competition {
  const fields = fieldsOf(value);
  const code = textOf(fields['code']);
  const name = textOf(fields['name']);
  return { code, name: name === '' ? code : name, track: textOf(fields['track']) };
}

function clockOf(value: unknown): Clock {
  const fields = fieldsOf(value);
  return { lastFrameAtMs: numberOf(fields['last_frame_at_ms']), appliedAtMs: numberOf(fields['applied_at_ms']), nowMs: numberOf(fields['now_ms']) };
}

/**
 * Reads one event of the live stream. Missing and malformed fields become "nothing", so that one odd value never hides a race.
 * @returns null for a kind of event this page does not know
 * @throws SyntaxError when the text is not JSON
 */
export function readMessage(event: string, text: string): LiveMessage | null {
  const fields = fieldsOf(JSON.parse(text));
  const clock = clockOf(fields['clock']);
  switch (event) {
    case 'snapshot':
      return { kind: 'snapshot', competition: competitionOf(fields['competition']), metadata: metadataOf(fields['metadata']), rows: rowsOf(fields['rows']), clock };
    case 'change': {
      const metadata = isFields(fields['metadata']) ? metadataOf(fields['metadata']) : null;
      const removed = listOf(fields['removed']).map(textOf);
      return { kind: 'change', metadata, rows: rowsOf(fields['rows']), removed, clock };
    }
    case 'heartbeat':
      return { kind: 'heartbeat', clock };
    default:
      return null;
  }
}
