import type { Column, ColumnMeaning } from '../columns.js';
import { parseCount, parseDistance, parseLeaderLap, parseHoursMinutesMs, parseTimeMs } from '../durations.js';
import { beforeBar } from '../line.js';
import { plainText } from '../plain-text.js';
import type { Row } from '../state.js';
import { noteFreeCell } from './details.js';

/** What one frame says of one row, gathered before anything is concluded from it. */
export interface RowFrame {
  row: Row;
  /** Last lap as it stood before the frame, ms. */
  lastMsBefore: number | null;
  /** A `*` line came; `bare` when it expects nothing. */
  crossed: 'timed' | 'bare' | null;
  /** Times in last-lap cells, in order. */
  lastLaps: number[];
  /** How many of them stood before the last crossing that expects a next lap; null without one. */
  drivenTimes: number | null;
  lapCount: number | null;
  /** The highest count of the frame: a lap may be driven and taken away within one. */
  highestLapCount: number;
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
  /** A cell wears the colour of the session's best: the best lap's, or the last lap's. */
  holdsBest: 'best' | 'last' | null;
  /** Free columns whose text has changed. */
  freeColumns: number[];
}

export function newRowFrame(row: Row): RowFrame {
  return {
    row,
    lastMsBefore: row.lastMs,
    crossed: null,
    lastLaps: [],
    drivenTimes: null,
    lapCount: null,
    highestLapCount: 0,
    stopCount: null,
    stopCountEmptied: false,
    pitIn: false,
    pitOut: false,
    status: null,
    clockMs: null,
    onTrack: false,
    driver: null,
    penalty: null,
    holdsBest: null,
    freeColumns: [],
  };
}

type ReadCell = (frame: RowFrame, cls: string, value: string, textLength: number) => void;

const sector = (index: number): ReadCell => (frame, _cls, value) => {
  const { sectors } = frame.row;
  while (sectors.length < index) sectors.push(null);
  sectors[index] = parseTimeMs(value);
};

const nothing: ReadCell = () => undefined;

const READERS: { readonly [Meaning in ColumnMeaning]: ReadCell } = {
  status: (frame, cls) => (frame.status = cls.trim()),
  position: ({ row }, _cls, value) => {
    row.position = parseCount(value) ?? row.position;
    row.classified = value.trim() !== '';
  },
  number: (frame, cls, value, textLength) => {
    frame.row.numberText = plainText(value, textLength);
    frame.row.plate = cls.trim().slice(0, textLength);
  },
  name: (frame, cls, value, textLength) => readName(frame, cls, plainText(value, textLength)),
  'last-lap': (frame, cls, value) => {
    const time = parseTimeMs(value);
    frame.row.lastMs = time;
    if (time === null) return;
    frame.lastLaps.push(time);
    if (cls === 'tb') frame.holdsBest ??= 'last';
  },
  'best-lap': (frame, cls, value) => {
    frame.row.bestMs = parseTimeMs(value);
    if (cls === 'tb' && frame.row.bestMs !== null) frame.holdsBest = 'best';
  },
  gap: (frame, _cls, value) => {
    frame.row.gap = parseDistance(value);
    frame.row.raceLap = parseLeaderLap(value);
  },
  'gap-more': (frame, _cls, value) => {
    frame.row.otherGap = parseDistance(value);
    frame.row.otherRaceLap = parseLeaderLap(value);
  },
  interval: (frame, _cls, value) => (frame.row.interval = parseDistance(value)),
  laps: (frame, _cls, value) => {
    frame.lapCount = parseCount(value) ?? frame.lapCount;
    frame.highestLapCount = Math.max(frame.highestLapCount, frame.lapCount ?? 0);
  },
  'on-track': (frame, cls, value) => {
    const isPitClock = cls === 'to';
    frame.row.stintMs = isPitClock ? null : parseHoursMinutesMs(value);
    if (isPitClock) frame.clockMs = parseTimeMs(value);
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
  category: (frame, _cls, value, textLength) => (frame.row.category = plainText(value, textLength)),
  nationality: (frame, cls, value, textLength) => (frame.row.nationality = nationalityOf(cls, plainText(value, textLength))),
  free: nothing,
  ignored: nothing,
};

/** Takes note of a cell. */
export function readCell(frame: RowFrame, { id, meaning }: Column, cell: { cls: string; value: string }, textLength: number): void {
  if (meaning !== 'free') READERS[meaning](frame, cell.cls, cell.value, textLength);
  else if (noteFreeCell(frame.row, id, freeText(cell.cls, plainText(cell.value, textLength)))) frame.freeColumns.push(id);
}

/** Places lost wear a class of their own, `rkw`, and no sign. */
function freeText(cls: string, text: string): string {
  return text !== '' && cls.trimStart().startsWith('rkw') ? `-${text}` : text;
}

/** The code stands in the class, `ESP nat`; a page may write it as text. */
function nationalityOf(cls: string, text: string): string {
  const code = cls.trim().split(' ', 1)[0] ?? '';
  return code === 'nat' || !cls.includes('nat') ? text : code.slice(0, 10);
}

/** The name cell shows the team, or in turn the driver with the driving time in hours and minutes. */
function readName(frame: RowFrame, cls: string, text: string): void {
  if (!cls.startsWith('drteam')) {
    if (text !== '') frame.row.team = text;
    return;
  }
  const bracket = text.endsWith(']') ? text.lastIndexOf('[') : -1;
  const drivingMs = bracket === -1 ? null : parseHoursMinutesMs(text.slice(bracket + 1, -1));
  const name = drivingMs === null ? text : text.slice(0, bracket).trimEnd();
  if (name !== '') frame.driver = { name, drivingMs };
}

type ReadMark = (frame: RowFrame, value: string) => void;

/** Marks of a row, and the rule that takes each. Intermediates tell how long the rest of the lap is expected to take: nothing we follow. */
const MARKS: ReadonlyMap<string, readonly [MarkRule, ReadMark]> = new Map<string, readonly [MarkRule, ReadMark]>([
  ['*', ['crossing', (frame, value) => readCrossing(frame, beforeBar(value).trim() === '')]],
  ['*in', ['pit-entry', (frame) => void (frame.pitIn = true)]],
  ['*out', ['pit-exit', (frame) => void (frame.pitOut = true)]],
  ['#', ['place', ({ row }, value) => void (row.position = parseCount(beforeBar(value)) ?? row.position)]],
  ['*i1', ['intermediate', () => undefined]],
  ['*i2', ['intermediate', () => undefined]],
  ['*i3', ['intermediate', () => undefined]],
]);

/** Rule of a line whose target is a row. */
export type MarkRule = 'crossing' | 'pit-entry' | 'pit-exit' | 'place' | 'intermediate';

/** The rule that takes a mark; null for none. */
export function ruleOfMark(cls: string): MarkRule | null {
  return MARKS.get(cls)?.[0] ?? null;
}

/** Takes note of a mark of a row. @returns false for one that no rule knows */
export function readMark(frame: RowFrame, cls: string, value: string): boolean {
  const mark = MARKS.get(cls);
  mark?.[1](frame, value);
  return mark !== undefined;
}

function readCrossing(frame: RowFrame, isBare: boolean): void {
  frame.crossed = isBare ? 'bare' : 'timed';
  if (!isBare) frame.drivenTimes = frame.lastLaps.length;
}
