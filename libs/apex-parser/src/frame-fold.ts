import type { Action } from '@lts/race-actions';
import { type Column, type ColumnBook, columnOf, contradictionOf, relabelled, wearsPenalty, withPenalties } from './columns.js';
import { readHeaderLine } from './events/header-lines.js';
import type { LogBook } from './events/race-control.js';
import { readBestCell, readBestTable, sessionBestOf } from './events/session-bests.js';
import { readStyle } from './events/styles.js';
import { tellHeader } from './events/tell-header.js';
import { type LogContext, takeLog, takeTicker } from './events/tell-log.js';
import type { FrameCounts, UnknownLine } from './frame.js';
import { type Line, splitLine } from './line.js';
import type { ParserLimits } from './options.js';
import { applyGrid } from './page/apply-grid.js';
import { type Grid, readGrid } from './page/grid.js';
import { initializeOf, sessionFactsOf } from './page/initialize.js';
import { beginsSession, hasOtherTitles } from './page/same-session.js';
import { plainText } from './plain-text.js';
import { JOIN_MS, type RowContext } from './rows/context.js';
import { type RowFrame, newRowFrame, readCell, readMark } from './rows/row-frame.js';
import { settleLateRows, settleRows } from './rows/settle.js';
import { markTold } from './rows/tell-row.js';
import { showsFormerLap } from './rows/uncounted-laps.js';
import type { StageBook } from './stage.js';
import { type Row, type State, refreshStage } from './state.js';

/** Rows that lose laps together in one frame, from which on it is a rollback of the race. */
const ROLLBACK_ROWS = 3;
const RANKINGS: Readonly<Record<string, State['ranking']>> = { p: 'best-time', r: 'laps', n: 'none' };

const NONE: readonly string[] = [];

export interface FoldOptions {
  limits: ParserLimits;
  columns: ColumnBook;
  stages: StageBook;
  log: LogBook;
}

/** One frame being folded into the state: lines are taken one by one, `finish` draws the conclusions. */
export class FrameFold {
  isInit = false;
  readonly counts: FrameCounts = { lines: 0, unknown: 0 };
  readonly unplaced = { rows: 0, columns: 0 };
  readonly unknownLines: UnknownLine[] = [];
  warnings: readonly string[] = NONE;
  private readonly actions: Action[] = [];
  /** Told after everything else of the frame: texts, and what follows from a page. */
  private readonly texts: Action[] = [];
  private readonly touched = new Map<string, RowFrame>();
  private readonly removed: string[] = [];
  private readonly changedBests = new Set<string>();
  private sessionBegun = false;
  private titled = false;

  constructor(
    protected readonly state: State,
    private readonly atMs: number,
    /** Rows of which something is still to be decided; survives the frame. */
    private readonly undecided: Set<Row>,
    private readonly options: FoldOptions,
  ) {}

  /** Decides first what earlier frames left open; to be called before any line. */
  begin(): void {
    if (this.undecided.size > 0) settleLateRows(this.undecided, this.context((action) => void this.actions.push(action)));
  }

  /** Takes a line that is not blank; `index` is its place in the frame. */
  takeLine(text: string, index: number): void {
    const { counts, unknownLines, options: { limits } } = this;
    counts.lines += 1;
    if (counts.lines <= limits.linesPerFrame && this.take(text)) return;
    counts.unknown += 1;
    if (unknownLines.length < limits.unknownLines) unknownLines.push({ index, text: text.slice(0, limits.unknownTextLength) });
  }

  /** @returns false for a line that no rule knows */
  private take(text: string): boolean {
    const line = splitLine(text);
    if (line === null) return false;
    if (line.target === 'grid' && !isWholeTable(line.value)) return false;
    if (line.target.charCodeAt(0) === 114) return this.takeRowLine(line);
    this.takeKeyword(line);
    return true;
  }

  /** What follows from the frame, in order. */
  finish(): Action[] {
    const ofRows: Action[] = [];
    const context = this.context((action) => void ofRows.push(action));
    const silent = this.isInit ? (action: Action): boolean => isLasting(action) : (): boolean => true;
    settleRows(this.touched, this.undecided, context);
    this.beginWithoutTable();
    if (this.isInit || this.sessionBegun || this.titled) refreshStage(this.state, this.options.stages);
    const removals = this.removed.map((code): Action => ({ type: 'remove-participant', data: { participant_code: code } }));
    if (this.sessionBegun) this.actions.push({ type: 'start-session', data: sessionFactsOf(this.state) });
    if (this.isInit) this.actions.push({ type: 'initialize', data: initializeOf(this.state) });
    tellHeader(this.state, this.isInit || this.sessionBegun, (action) => void this.actions.push(action));
    if (this.isInit) this.markOthersTold();
    this.tellBests();
    this.actions.push(...removals, ...ofRows.filter(silent), ...this.texts);
    return this.actions;
  }

  /** A page tells all rows; those that the frame touched have been told beside it. */
  private markOthersTold(): void {
    for (const row of this.state.rows.values()) if (!row.present || !this.touched.has(row.code)) markTold(row);
  }

  private takeKeyword(line: Line): void {
    const { target, cls, value } = line;
    if (target === 'init') this.openPage(cls.trim());
    else if (target === 'grid') this.takeGrid(value);
    else if (target === 'com') takeLog(this.state, this.options.log.entriesOf(value), this.logContext());
    else if (target === 'msg') takeTicker(this.state, line, this.logContext());
    else if (target === 'css') this.takeStyle(cls.trim(), value);
    else if (target === 'gridb') this.noteBests(readBestTable(this.state.bests, value, this.options.limits));
    else if (target.startsWith('br')) this.noteBests([readBestCell(this.state.bests, target, value, this.options.limits)]);
    else readHeaderLine(this.state.header, line, this.options.limits);
    if (target === 'title1' || target === 'title2') this.titled = true;
  }

  private takeStyle(name: string, rules: string): void {
    const colour = readStyle(this.state.styles, name, rules);
    if (colour !== null) this.texts.push({ type: 'update-style', data: { name, colour } });
  }

  private noteBests(places: readonly (string | null)[]): void {
    for (const place of places) if (place !== null) this.changedBests.add(place);
  }

  /** A row of the table of bests comes cell by cell, and is told once. */
  private tellBests(): void {
    for (const place of this.changedBests) this.texts.push({ type: 'update-session-best', data: sessionBestOf(this.state.bests, place) });
  }

  private logContext(): LogContext {
    return { atMs: this.atMs, limits: this.options.limits, tell: (action) => void this.texts.push(action) };
  }

  /** What came before a page in the same frame is concluded first. */
  private openPage(letter: string): void {
    settleRows(this.touched, this.undecided, this.context((action) => void this.actions.push(action)));
    this.touched.clear();
    this.isInit = true;
    this.state.pageOpen = letter === 'p' || letter === 'r' || letter === 'n' ? letter : null;
  }

  private takeGrid(html: string): void {
    const { state, options } = this;
    const ranking = state.pageOpen === null || state.pageOpen === 'n' ? state.ranking : (RANKINGS[state.pageOpen] ?? state.ranking);
    const grid = readGrid(html, options.limits);
    const columns = this.knowingPenalties(options.columns.columnsOf(grid.header), grid);
    if (beginsSession(state, { ranking, columns, grid })) this.beginSession(ranking);
    state.pageOpen = null;
    state.pageTitles = { title1: state.header.title1, title2: state.header.title2 };
    state.columns = columns;
    this.warnings = columns.flatMap(contradictionOf);
    this.removed.push(...applyGrid(state, grid, { frames: this.touched, context: this.context((action) => void this.texts.push(action)) }));
  }

  /** A column once seen to hold penalties does so in the next page, too. */
  private knowingPenalties(columns: Column[], { rows }: Grid): Column[] {
    const before = this.state.columns.find(({ meaning }) => meaning === 'penalty');
    const holds = (column: Column): boolean =>
      (column.id === before?.id && column.label === before.label && column.type === '') || rows.some(({ cells }) => wearsPenalty(column, cells[column.id]?.cls ?? ''));
    return withPenalties(columns, columns.find((column) => column.meaning === 'free' && holds(column))?.id);
  }

  /** A page whose table comes in a later frame: the kind of ranking and the titles tell of a new session already. */
  private beginWithoutTable(): void {
    const { state } = this;
    const ranking = state.pageOpen === null || state.pageOpen === 'n' ? undefined : RANKINGS[state.pageOpen];
    if (!this.isInit || ranking === undefined || !(state.session === 0 || state.ranking !== ranking || hasOtherTitles(state))) return;
    this.beginSession(ranking);
    state.pageTitles = { title1: state.header.title1, title2: state.header.title2 };
  }

  private beginSession(ranking: State['ranking']): void {
    const { state } = this;
    state.session += 1;
    state.ranking = ranking;
    state.rows = new Map();
    state.rollbackAtMs = null;
    state.bestLap = null;
    this.touched.clear();
    this.undecided.clear();
    this.sessionBegun = true;
  }

  private takeRowLine({ target, cls, value }: Line): boolean {
    const cell = target.indexOf('c');
    const row = this.state.rows.get(cell === -1 ? target : target.slice(0, cell));
    if (row?.present !== true) {
      if (target.startsWith('r0c')) this.takeHeaderCell(Number(target.slice(3)), value);
      else this.unplaced.rows += 1;
      return true;
    }
    if (cell === -1) return readMark(this.frameOf(row), cls, value);
    const column = this.columnOf(Number(target.slice(cell + 1)), cls);
    if (column === undefined) this.unplaced.columns += 1;
    else if (column.meaning !== 'ignored') readCell(this.frameOf(row), column, { cls, value }, this.options.limits.textLength);
    return true;
  }

  private columnOf(id: number, cls: string): Column | undefined {
    const column = columnOf(this.state.columns, id);
    if (column === undefined || !wearsPenalty(column, cls)) return column;
    this.state.columns = withPenalties(this.state.columns, id);
    return columnOf(this.state.columns, id);
  }

  private takeHeaderCell(id: number, value: string): void {
    const { columns } = this.state;
    if (columnOf(columns, id) === undefined) this.unplaced.columns += 1;
    else this.state.columns = this.options.columns.columnsOf(relabelled(columns, id, plainText(value, this.options.limits.textLength)));
  }

  private frameOf(row: Row): RowFrame {
    const known = this.touched.get(row.code);
    if (known !== undefined) return known;
    const made = newRowFrame(row);
    this.touched.set(row.code, made);
    return made;
  }

  private context(tell: (action: Action) => void): RowContext {
    const { state, atMs } = this;
    const isRacing = state.ranking === 'laps' && state.header.flag !== 'chequered';
    const has = this.options.columns.tellsOf(state.columns);
    let losing = 0;
    for (const frame of this.touched.values()) if (has.laps ? countFell(frame) : showsFormerLap(frame, { isRacing })) losing += 1;
    if (losing >= ROLLBACK_ROWS) state.rollbackAtMs = atMs;
    return {
      atMs,
      limits: this.options.limits,
      columns: state.columns,
      has,
      isRacing,
      isRollback: state.rollbackAtMs !== null && atMs - state.rollbackAtMs <= JOIN_MS,
      tell,
      noteBest: ({ code }, timeMs, isCertain) => {
        if (isCertain || state.bestLap === null || timeMs < state.bestLap.time_ms) state.bestLap = { participant_code: code, time_ms: timeMs };
      },
    };
  }
}

function countFell({ row, lapCount }: RowFrame): boolean {
  return lapCount !== null && lapCount < row.laps;
}

/** A table that was cut off would look like a race that lost its rows. */
function isWholeTable(html: string): boolean {
  return html.endsWith('</tbody>') || html.includes('</tbody>') || html.trim() === '';
}

/** Beside a page, which tells the present values, only what it cannot tell: laps, stops, penalties, driving times. */
function isLasting({ type }: Action): boolean {
  return !type.startsWith('update-timing-') && type !== 'update-team' && type !== 'update-row-state' && type !== 'update-driver' && type !== 'update-participant-details' && type !== 'update-free-cell';
}
