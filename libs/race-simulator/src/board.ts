import type { Kart } from './kart.js';
import { hoursMinutesText } from './wire-texts.js';

interface BoardColumn {
  type: string;
  label: string;
}

const COLUMNS = {
  status: { id: 1, type: 'sta', label: '' },
  position: { id: 2, type: 'rk', label: 'Rnk' },
  number: { id: 3, type: 'no', label: 'Kart' },
  name: { id: 4, type: 'dr', label: 'Team' },
  laps: { id: 5, type: 'tlp', label: 'Laps' },
  last: { id: 6, type: 'llp', label: 'Last lap' },
  best: { id: 7, type: 'blp', label: 'Best lap' },
  gap: { id: 8, type: 'gap', label: 'Gap' },
  interval: { id: 9, type: 'int', label: 'Int.' },
  onTrack: { id: 10, type: 'otr', label: 'On track' },
  stops: { id: 11, type: 'pit', label: 'Pits' },
} as const satisfies Record<string, BoardColumn & { id: number }>;

export type BoardField = keyof typeof COLUMNS;

interface Cell {
  cls: string;
  text: string;
}

/** The table as it stands at the circuit: every change is put here and becomes a line of the feed. */
export class Board {
  private readonly cells = new Map<string, Map<BoardField, Cell>>();
  private readonly heading = new Map<string, string>();
  private lines: string[] = [];

  constructor(private readonly karts: readonly Kart[]) {
    karts.forEach((kart, index) => {
      const row = new Map<BoardField, Cell>();
      for (const field of fields()) row.set(field, { cls: field === 'best' ? 'ib' : 'in', text: '' });
      row.set('status', { cls: 'ss', text: '' });
      row.set('position', { cls: '', text: String(index + 1) });
      row.set('number', { cls: `no${(index % 3) + 1}`, text: String(kart.number) });
      row.set('name', { cls: 'dr', text: kart.team });
      this.cells.set(kart.code, row);
    });
  }

  /** Changes a cell; one that stays as it is says nothing. */
  set(kart: Kart, field: BoardField, cls: string, text: string): void {
    const row = this.cells.get(kart.code);
    const before = row?.get(field);
    if (row === undefined || (before?.cls === cls && before.text === text)) return;
    row.set(field, { cls, text });
    this.lines.push(`${kart.code}c${COLUMNS[field].id}|${cls}|${text}`);
  }

  textOf(kart: Kart, field: BoardField): string {
    return this.cells.get(kart.code)?.get(field)?.text ?? '';
  }

  /** Changes a line above the table, e.g. `light` to `lg|`. */
  head(target: string, rest: string): void {
    this.heading.set(target, rest);
    this.lines.push(`${target}|${rest}`);
  }

  /** A line that changes nothing on the board, e.g. a crossing. */
  say(line: string): void {
    this.lines.push(line);
  }

  /** The lines since the last call, as one frame; null when there are none. */
  frame(): string | null {
    const { lines } = this;
    this.lines = [];
    return lines.length === 0 ? null : `${lines.join('\n')}\n`;
  }

  /** The whole page as it would be sent now. */
  page(): string {
    const head = (target: string): string => `${target}|${this.heading.get(target) ?? '|'}`;
    const styles = ['#1B7F5C', '#A34A00', '#204C9E'].map((colour, index) => `css|no${index + 1}|border-bottom-color:${colour} !important; color:#FFFFFF !important;`);
    const lines = ['init|r|', 'best|hide|', ...styles, 'effects||Display Effects', 'comments||Comments', head('title1'), head('title2'), head('dyn1'), head('light')];
    return `${[...lines, 'wth1|ws|', 'wth2||', 'wth3||', head('track'), head('com'), `grid||${this.grid()}`, 'msg||'].join('\n')}\n`;
  }

  private grid(): string {
    const header = fields().map((field) => `<td data-id="c${COLUMNS[field].id}" data-type="${COLUMNS[field].type}" data-pr="1">${COLUMNS[field].label}</td>`);
    const rows = this.karts.map((kart) => `<tr data-id="${kart.code}" data-pos="${this.textOf(kart, 'position')}">${fields().map((field) => this.cellHtml(kart, field)).join('')}</tr>`);
    return `<tbody><tr data-id="r0" class="head" data-pos="0">${header.join('')}</tr>${rows.join('')}</tbody>`;
  }

  /** Position and number carry their id on an inner element, as on the wire. */
  private cellHtml(kart: Kart, field: BoardField): string {
    const { cls, text } = this.cells.get(kart.code)?.get(field) ?? { cls: '', text: '' };
    const id = `${kart.code}c${COLUMNS[field].id}`;
    if (field === 'position') return `<td class="rk"><div><p data-id="${id}" class="">${text}</p></div></td>`;
    if (field === 'number') return `<td class="no"><div data-id="${id}" class="${cls}">${text}</div></td>`;
    return `<td data-id="${id}" class="${cls}">${text}</td>`;
  }
}

function fields(): BoardField[] {
  return ['status', 'position', 'number', 'name', 'laps', 'last', 'best', 'gap', 'interval', 'onTrack', 'stops'];
}

/** The name cell while it shows the driver, with the time driven so far. */
export function driverText(kart: Kart, atMs: number): string {
  const running = kart.inPit ? 0 : atMs - kart.outSinceMs;
  return `${kart.drivers[kart.driver] ?? ''} [${hoursMinutesText((kart.drivenMs[kart.driver] ?? 0) + running)}]`;
}
