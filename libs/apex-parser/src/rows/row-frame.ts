import type { ColumnMeaning } from '../columns.js';
import { parseCount, parseDistance, parseHoursMinutesMs, parseTimeMs } from '../durations.js';
import { plainText } from '../plain-text.js';
import type { Row } from '../state.js';

/** What one frame says of one row, gathered before anything is concluded from it. */
export interface RowFrame {
  row: Row;
  /** Last lap as it stood before the frame, ms. */
  lastMsBefore: number | null;
  /** A `*` line came; `bare` when it expects nothing. */
  crossed: 'timed' | 'bare' | null;
  /** Times in last-lap cells, in order. */
  lastLaps: number[];
  lapCount: number | null;
  stopCount: number | null;
  /** The stop count was emptied. */
  stopCountEmptied: boolean;
  pitIn: boolean;
  pitOut: boolean;
  status: string | null;
  /** Pit clock, ms. */
  clockMs: number | null;
  /** The on-track clock stands where the pit clock was. */
  onTrack: boolean;
  /** The name cell shows this driver, with the driving time in ms. */
  driver: { name: string; drivingMs: number | null } | null;
  penalty: string | null;
}

export function newRowFrame(row: Row): RowFrame {
  return {
    row,
    lastMsBefore: row.lastMs,
    crossed: null,
    lastLaps: [],
    lapCount: null,
    stopCount: null,
    stopCountEmptied: false,
    pitIn: false,
    pitOut: false,
    status: null,
    clockMs: null,
    onTrack: false,
    driver: null,
    penalty: null,
  };
}

const DRIVING_TIME = /^(.*?)\s*\[(\d+:\d{2})\]$/u;

type ReadCell = (frame: RowFrame, cls: string, value: string, textLength: number) => void;

const sector = (index: number): ReadCell => (frame, _cls, value) => {
  const { sectors } = frame.row;
  while (sectors.length < index) sectors.push(null);
  sectors[index] = parseTimeMs(value);
};

const nothing: ReadCell = () => undefined;

const READERS: { readonly [Meaning in ColumnMeaning]: ReadCell } = {
  status: (frame, cls) => (frame.status = cls.trim()),
  position: (frame, _cls, value) => (frame.row.position = parseCount(value) ?? frame.row.position),
  number: (frame, _cls, value, textLength) => (frame.row.numberText = plainText(value, textLength)),
  name: (frame, cls, value, textLength) => readName(frame, cls, plainText(value, textLength)),
  'last-lap': (frame, _cls, value) => {
    const time = parseTimeMs(value);
    frame.row.lastMs = time;
    if (time !== null) frame.lastLaps.push(time);
  },
  'best-lap': (frame, _cls, value) => (frame.row.bestMs = parseTimeMs(value)),
  gap: (frame, _cls, value) => (frame.row.gap = parseDistance(value)),
  'gap-more': (frame, _cls, value) => (frame.row.otherGap = parseDistance(value)),
  interval: (frame, _cls, value) => (frame.row.interval = parseDistance(value)),
  laps: (frame, _cls, value) => (frame.lapCount = parseCount(value) ?? frame.lapCount),
  'on-track': (frame, cls, value) => {
    if (cls === 'to') frame.clockMs = parseTimeMs(value);
    else frame.onTrack = value !== '';
  },
  stops: (frame, _cls, value) => {
    frame.stopCount = parseCount(value) ?? frame.stopCount;
    frame.stopCountEmptied = value.trim() === '';
  },
  'sector-1': sector(0),
  'sector-2': sector(1),
  'sector-3': sector(2),
  penalty: (frame, _cls, value, textLength) => (frame.penalty = plainText(value, textLength)),
  ignored: nothing,
};

/** Takes note of a cell. */
export function readCell(frame: RowFrame, meaning: ColumnMeaning, cell: { cls: string; value: string }, textLength: number): void {
  READERS[meaning](frame, cell.cls, cell.value, textLength);
}

/** The name cell shows the team, or in turn the driver with the driving time in hours and minutes. */
function readName(frame: RowFrame, cls: string, text: string): void {
  if (!cls.startsWith('drteam')) {
    if (text !== '') frame.row.team = text;
    return;
  }
  const [, name = '', clock = ''] = DRIVING_TIME.exec(text) ?? [text, text];
  if (name !== '') frame.driver = { name, drivingMs: parseHoursMinutesMs(clock) };
}

/** Takes note of a `*` line of a row. */
export function readPassage(frame: RowFrame, cls: string, expected: string): void {
  if (cls === '*') frame.crossed = expected.trim() === '' ? 'bare' : 'timed';
  else if (cls === '*in') frame.pitIn = true;
  else if (cls === '*out') frame.pitOut = true;
  else if (cls === '#') frame.row.position = parseCount(expected) ?? frame.row.position;
}
