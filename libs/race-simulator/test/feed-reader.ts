/** A cell as a reader of the feed sees it. */
export interface SeenCell {
  cls: string;
  text: string;
}

const HEADER_CELL = /<td data-id="c(\d+)" data-type="([^"]*)"[^>]*>/g;
const ROW_CELL = /data-id="(r\d+)c(\d+)" class="([^"]*)">([^<]*)</g;

/** A second reading of the feed for the specs: columns by the header's type, cells by their id, and nothing else. */
export class FeedReader {
  readonly rows = new Map<string, Map<string, SeenCell>>();
  readonly head = new Map<string, string>();
  private readonly types = new Map<string, string>();

  read(frame: string): void {
    for (const line of frame.split('\n')) this.readLine(line);
  }

  cell(code: string, type: string): SeenCell {
    const found = this.rows.get(code)?.get(type);
    if (found === undefined) throw new Error(`Row ${code} has no cell ${type}.`);
    return found;
  }

  /** All rows as plain objects, for comparisons. */
  table(): Record<string, Record<string, SeenCell>> {
    return Object.fromEntries([...this.rows].map(([code, row]) => [code, Object.fromEntries(row)]));
  }

  private readLine(line: string): void {
    const [target = '', cls = '', ...rest] = line.split('|');
    const cell = /^(r\d+)c(\d+)$/.exec(target);
    if (target === 'grid') this.readGrid(rest.join('|'));
    else if (cell !== null) this.put([cell[1] ?? '', cell[2] ?? ''], { cls, text: rest.join('|') });
    else if (/^[a-z]/.test(target) && !/^r\d/.test(target)) this.head.set(target, [cls, ...rest].join('|'));
  }

  private readGrid(html: string): void {
    this.rows.clear();
    this.types.clear();
    for (const [, column = '', type = ''] of html.matchAll(HEADER_CELL)) this.types.set(column, type);
    for (const [, code = '', column = '', cls = '', text = ''] of html.matchAll(ROW_CELL)) this.put([code, column], { cls, text });
  }

  private put([code, column]: readonly [string, string], cell: SeenCell): void {
    const type = this.types.get(column);
    if (type === undefined) throw new Error(`The header has no column ${column}.`);
    const row = this.rows.get(code) ?? new Map<string, SeenCell>();
    this.rows.set(code, row.set(type, cell));
  }
}

/** `1:02.345` or `59.340` in ms. */
export function timeMs(text: string): number {
  const [seconds = '', minutes = '0'] = text.split(':').reverse();
  return Math.round((Number(minutes) * 60 + Number(seconds)) * 1000);
}
