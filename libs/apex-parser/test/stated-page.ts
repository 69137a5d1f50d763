/**
 * A second reading of pages, for tests alone: it shares nothing with the parser, so that a misreading cannot be shared.
 * Values are brought into one form as text, e.g. `66019 ms`, `14 laps`, `none`.
 */
export interface StatedPage {
  /** Cells of the table by row, column and what the column tells, e.g. `r11 c6 laps`. */
  cells: Map<string, string>;
  /** What stands above the table, by keyword, e.g. `light`. */
  lines: Map<string, string>;
}

/** Columns by declared type; `show` is layout. */
const BY_TYPE: Readonly<Record<string, string>> = {
  grp: 'show', rku: 'free', sta: 'state', rk: 'position', no: 'number', dr: 'name', llp: 'last-lap', blp: 'best-lap', gap: 'gap', int: 'interval', tlp: 'laps', otr: 'clock',
  pit: 'stops', s1: 'sector-1', s2: 'sector-2', s3: 'sector-3', class: 'category', nat: 'nationality',
};

/** Columns without a type, by label. */
const BY_LABEL: Readonly<Record<string, string>> = {
  Vueltas: 'laps', Penalización: 'penalty', Penalty: 'penalty', 'Péna.': 'penalty', Catégorie: 'category', Categoría: 'category', Categoria: 'category', 'M. Vuelta': 'best-lap',
};

const STATES: Readonly<Record<string, string>> = { si: 'in-pit', so: 'out-lap', ss: 'stopped', sf: 'finished', sr: 'running', su: 'running', sd: 'running', in: 'running', '': 'running' };

/** Reads a page, or null for a text that holds no table with rows. */
export function statedPage(text: string): StatedPage | null {
  const lines = new Map(text.split(/\r?\n/u).flatMap((line) => headerLine(line)));
  const [head = '', ...rows] = (lines.get('grid') ?? '').split('<tr ').slice(1);
  lines.delete('grid');
  if (rows.length === 0) return null;
  const tells = columnsOf(head);
  return { cells: new Map(rows.flatMap((row) => cellsOf(row, tells))), lines };
}

function cellsOf(row: string, tells: ReadonlyMap<string, string>): [place: string, value: string][] {
  const cells = [...row.matchAll(/data-id="(?<place>r\d+(?<column>c\d+))" class="(?<cls>[^"]*)">(?<value>[^<]*)</gu)];
  return cells.flatMap(({ groups: { place, column, cls, value } = {} }) => {
    const told = tells.get(String(column)) ?? 'unknown';
    // an icon of another kind says nothing of what the kart does
    const isStated = told !== 'show' && (told !== 'state' || String(cls).trim() in STATES);
    return !isStated ? [] : [[`${String(place).replace('c', ' c')} ${told}`, (FORMS[told] ?? text)(shown(String(value)), String(cls).trim())]];
  });
}

/** What each column tells; a second column of gaps stands apart from the first. */
function columnsOf(head: string): Map<string, string> {
  const tells = new Map<string, string>();
  for (const [, column = '', type = '', label = ''] of head.matchAll(/<td data-id="(c\d+)" data-type="(\w*)"[^>]*>([^<]*)</gu)) {
    const told = BY_TYPE[type] ?? BY_LABEL[label] ?? 'free';
    tells.set(column, told === 'gap' && [...tells.values()].includes('gap') ? 'other-gap' : told);
  }
  return tells;
}

/** What a line above the table says. */
const SAYS: Readonly<Record<string, (cls: string, value: string) => string>> = {
  light: (cls) => cls,
  wth1: (cls) => cls,
  dyn1: (cls, value) => `${cls} ${value}`,
  dyn2: (cls, value) => `${cls} ${value}`,
  com: (_cls, value) => logOf(value),
  grid: (_cls, value) => value,
  ...Object.fromEntries(['title1', 'title2', 'gmt', 'wth2', 'wth3', 'msg'].map((target) => [target, (_cls: string, value: string) => shown(value)])),
};

function headerLine(line: string): [keyword: string, value: string][] {
  const [target = '', cls = '', ...rest] = line.split('|');
  const value = rest.join('|');
  if (target === 'css' && /^no(tc)?\d/u.test(cls)) return [[`css ${cls}`, /#[0-9A-F]{6}/iu.exec(value)?.[0] ?? 'none']];
  const says = SAYS[target];
  return says === undefined ? [] : [[target, says(cls, value)]];
}

/** Entries of the log of race control: time, kind, number and text of each. */
function logOf(html: string): string {
  const entries = html.matchAll(/<p><b>([^<]*)<\/b><span data-flag="(\w*)"><\/span>(?:<span class="com_no[^"]*">([^<]*)<\/span>)?([^<]*)<\/p>/gu);
  return [...entries].map(([, at = '', kind, number, text = '']) => JSON.stringify([at, kind, number ?? null, shown(text)])).sort().join('\n');
}

/** Entities decoded, blanks collapsed. */
export function shown(value: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  const decoded = value.replace(/&(?:#(\d+)|(\w+));/gu, (whole, code: string | undefined, name: string | undefined) => (code === undefined ? (named[name ?? ''] ?? whole) : String.fromCodePoint(Number(code))));
  return decoded.replace(/[\s\u00a0]+/gu, ' ').trim();
}

const text = (value: string): string => value || 'none';
const count = (value: string): string => value || '0';

/** How the cells of a column are written; others are texts. */
const FORMS: Readonly<Record<string, (value: string, cls: string) => string>> = {
  state: (_value, cls) => STATES[cls] ?? 'none',
  number: (value, cls) => `${value} ${cls}`,
  name: (value, cls) => (cls.startsWith('drteam') ? `driver ${value.replace(/ ?\[.*$/u, '')}` : `team ${value}`),
  clock: (value, cls) => (cls === 'to' ? `in the pit ${time(value)}` : `on track ${hoursMinutes(value)}`),
  gap: distance,
  'other-gap': distance,
  interval: distance,
  laps: count,
  stops: count,
  free: (value, cls) => (value !== '' && cls.startsWith('rkw') ? `-${value}` : text(value)),
  nationality: (_value, cls) => cls.replace(/ ?\bnat$/u, ''),
  'last-lap': time,
  'best-lap': time,
  'sector-1': time,
  'sector-2': time,
  'sector-3': time,
};

/** `1:06.019`, `59.34`, `1:08.` */
function time(text: string): string {
  if (!/^[\d:.]+$/u.test(text)) return 'none';
  return `${Math.round(text.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000)} ms`;
}

function hoursMinutes(text: string): string {
  const [hours, minutes] = text.split(':');
  return minutes === undefined ? 'none' : `${(Number(hours) * 60 + Number(minutes)) * 60_000} ms`;
}

function distance(text: string): string {
  const [first = '', second] = text.split(' ');
  if (second === undefined) return time(text);
  return /^\d+$/u.test(first) ? `${first} laps` : `leads in ${second}`;
}
