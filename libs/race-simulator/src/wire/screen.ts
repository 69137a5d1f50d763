import type { Column } from './columns.js';
import type { Dialect } from './dialect.js';
import type { Line } from './line.js';
import { emptyPage, type PageContent, pageText } from './page.js';

/** A cell as it is on show. */
export interface Cell {
  cls: string;
  text: string;
}

/** A new table: its columns, its rows in the order of the entry list, and its cells by row and column id. */
export interface NewTable {
  letter: 'p' | 'r';
  columns: readonly Column[];
  rows: readonly string[];
  cells: Map<string, Map<number, Cell>>;
}

/** What everybody who watches sees: the lines that have been sent, applied. Gives the page for those who join. */
export class Screen {
  private table: NewTable | null = null;
  private readonly heads = new Map<string, string>();
  private readonly styles = new Map<string, string>();
  private readonly positions = new Map<string, string>();

  constructor(private readonly dialect: Dialect) {}

  /** A new session: nothing of the old table stays. */
  open(table: NewTable, heads: readonly Line[]): void {
    this.table = { ...table, cells: new Map([...table.cells].map(([row, cells]) => [row, new Map(cells)])) };
    this.styles.clear();
    this.positions.clear();
    table.rows.forEach((row, index) => this.positions.set(row, String(index + 1)));
    for (const line of heads) this.apply(line);
  }

  /** A new session whose entries are not known yet: lines above an empty table. */
  openEmpty({ letter, columns }: Pick<NewTable, 'letter' | 'columns'>, heads: readonly Line[]): void {
    this.open({ letter, columns, rows: [], cells: new Map() }, heads);
  }

  /** Nothing is live any more. */
  clear(): void {
    this.table = null;
  }

  apply(line: Line): void {
    if (line.kind === 'cell') this.table?.cells.get(line.row)?.set(line.column, { cls: line.cls, text: line.text });
    else if (line.kind === 'mark' && line.cls === '#') this.positions.set(line.row, line.value);
    else if (line.kind === 'head' && line.target === 'css') this.styles.set(line.cls, line.value);
    else if (line.kind === 'head') this.heads.set(line.target, `${line.cls}|${line.value}`);
  }

  /** The page that a client is sent now. */
  page(): string {
    if (this.table === null) return emptyPage(this.dialect);
    const content: PageContent = { ...this.table, heads: this.heads, styles: this.styles, positions: this.positions };
    return pageText(content, this.dialect);
  }
}
