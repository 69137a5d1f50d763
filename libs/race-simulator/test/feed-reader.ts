/** A cell as a reader of the feed sees it. */
export interface SeenCell {
  cls: string;
  text: string;
}

/** A lap or a stop as a reader of the feed understands it. */
export interface SeenLap {
  timeMs: number;
  atMs: number;
}
export interface SeenStop {
  inAtMs: number;
  outAtMs: number | null;
}

/** What one frame says about one row. */
interface RowNews {
  last?: SeenCell;
  status?: string;
  crossing?: string;
  in?: true;
  out?: true;
}

const HEADER_CELL = /<td data-id="c(\d+)" data-type="([^"]*)"[^>]*>([^<]*)</g;
const ROW_CELL = /data-id="(r\d+)c(\d+)" class="([^"]*)">([^<]*)</g;
const REPAINT_WITHIN_MS = 700;

/**
 * A second reading of the feed for the specs, with rules of its own: a lap is a last-lap cell, unless it comes within a
 * moment of the one before without a crossing (then it replaces it), or with an empty crossing before the flag (then it is
 * the lap that stays after a withdrawal).
 */
export class FeedReader {
  readonly rows = new Map<string, Map<string, SeenCell>>();
  readonly laps = new Map<string, SeenLap[]>();
  readonly stops = new Map<string, SeenStop[]>();
  readonly names = new Map<string, Set<string>>();
  readonly head = new Map<string, string>();
  private readonly columns = new Map<string, string>();
  private news = new Map<string, RowNews>();

  read(frame: string, atMs = 0): void {
    this.news = new Map();
    for (const line of frame.split('\n')) this.readLine(line);
    for (const [row, news] of this.news) this.conclude(row, news, atMs);
  }

  /** The cell of the first column of that type, or of the untyped one with that label. */
  cell(row: string, column: string): SeenCell | undefined {
    return this.rows.get(row)?.get(column);
  }

  /** All rows as plain objects, for comparisons. */
  table(): Record<string, Record<string, SeenCell>> {
    return Object.fromEntries([...this.rows].map(([code, row]) => [code, Object.fromEntries(row)]));
  }

  private readLine(line: string): void {
    const [target = '', cls = '', ...rest] = line.split('|');
    const value = rest.join('|');
    const cell = /^(r\d+)c(\d+)$/.exec(target);
    if (target === 'grid') this.readGrid(value);
    else if (cell !== null) this.readCell(cell[1] ?? '', cell[2] ?? '', { cls, text: value });
    else if (/^r\d+$/.test(target)) this.readMark(target, cls, value);
    else if (target !== '') this.head.set(target, `${cls}|${value}`);
  }

  private readGrid(html: string): void {
    this.rows.clear();
    this.columns.clear();
    for (const header of html.matchAll(HEADER_CELL)) this.readHeader(header.slice(1));
    for (const [, row = '', column = '', cls = '', text = ''] of html.matchAll(ROW_CELL)) this.put(row, column, { cls, text });
  }

  private readHeader([column = '', type = '', label = '']: readonly string[]): void {
    const name = type === '' ? label : type;
    this.columns.set(column, [...this.columns.values()].includes(name) ? `${name} again` : name);
  }

  private readCell(row: string, column: string, cell: SeenCell): void {
    const name = this.put(row, column, cell);
    const news = this.newsOf(row);
    if (name === 'llp') news.last = cell;
    if (name === 'sta') news.status = cell.cls;
  }

  private readMark(row: string, mark: string, value: string): void {
    const news = this.newsOf(row);
    if (mark === '*') news.crossing = value;
    if (mark === '*in') news.in = true;
    if (mark === '*out') news.out = true;
  }

  /** Before there is a table, nothing is known of a column. */
  private put(row: string, column: string, cell: SeenCell): string {
    if (this.columns.size === 0) return '';
    const name = this.columns.get(column);
    if (name === undefined) throw new Error(`The header has no column ${column}.`);
    const cells = this.rows.get(row) ?? new Map<string, SeenCell>();
    this.rows.set(row, cells.set(name, cell));
    if (name === 'dr' && cell.cls === 'drteam') this.names.set(row, (this.names.get(row) ?? new Set()).add(cell.text.replace(/ \[\d+:\d\d\]$/, '').replaceAll(/ +/g, ' ').trim()));
    return name;
  }

  private conclude(row: string, news: RowNews, atMs: number): void {
    if (news.in === true) this.enter(row, atMs);
    if (news.out === true) this.leave(row, atMs);
    if (news.last !== undefined && news.last.text !== '') this.concludeLap(row, { ...news, last: news.last }, atMs);
  }

  private concludeLap(row: string, news: RowNews & { last: SeenCell }, atMs: number): void {
    const laps = this.laps.get(row) ?? [];
    this.laps.set(row, laps);
    const lap = { timeMs: timeMs(news.last.text), atMs };
    if (news.crossing === '|' && this.cell(row, 'sta')?.cls !== 'sf') takeBackTo(laps, lap.timeMs);
    else if (!endsLap(news) && atMs - (laps.at(-1)?.atMs ?? 0) < REPAINT_WITHIN_MS) laps.splice(-1, 1, lap);
    else laps.push(lap);
  }

  private enter(row: string, atMs: number): void {
    const stops = this.stops.get(row) ?? [];
    this.stops.set(row, stops);
    if (stops.at(-1)?.outAtMs !== null) stops.push({ inAtMs: atMs, outAtMs: null });
  }

  private leave(row: string, atMs: number): void {
    const open = this.stops.get(row)?.at(-1);
    if (open?.outAtMs === null) open.outAtMs = atMs;
  }

  private newsOf(row: string): RowNews {
    const news = this.news.get(row) ?? {};
    this.news.set(row, news);
    return news;
  }
}

function endsLap(news: RowNews): boolean {
  return news.crossing !== undefined || news.in === true || news.out === true;
}

function takeBackTo(laps: SeenLap[], timeMs: number): void {
  while (laps.length > 0 && laps.at(-1)?.timeMs !== timeMs) laps.pop();
}

/** `1:02.345`, `59.340` or `1:22:31.566` in ms. */
export function timeMs(text: string): number {
  const [seconds = '', minutes = '0', hours = '0'] = text.split(':').reverse();
  return Math.round(((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000);
}
