import { comparable } from './plain-text.js';

/** What the cells of a column tell. */
export type ColumnMeaning =
  | 'status' | 'position' | 'number' | 'name' | 'last-lap' | 'best-lap' | 'gap' | 'gap-more' | 'interval'
  | 'laps' | 'on-track' | 'stops' | 'sector-1' | 'sector-2' | 'sector-3' | 'penalty'
  | 'category' | 'nationality' | 'free' | 'ignored';

/** A column of the table: number from 1, declared type, label, and what its cells tell. */
export interface Column {
  id: number;
  type: string;
  label: string;
  meaning: ColumnMeaning;
  /** What the label would say, where that contradicts the declared type: the type counts, and people are told. */
  labelSays: ColumnMeaning | null;
}

const BY_TYPE: ReadonlyMap<string, ColumnMeaning> = new Map([
  ['sta', 'status'], ['rk', 'position'], ['no', 'number'], ['dr', 'name'], ['llp', 'last-lap'], ['blp', 'best-lap'],
  ['gap', 'gap'], ['int', 'interval'], ['tlp', 'laps'], ['lc', 'laps'], ['lap', 'laps'], ['otr', 'on-track'], ['pit', 'stops'],
  ['s1', 'sector-1'], ['s2', 'sector-2'], ['s3', 'sector-3'], ['class', 'category'], ['cat', 'category'], ['nat', 'nationality'],
]);

/** Type of pure show: the bracket of karts that run together. */
const SHOW: ReadonlySet<string> = new Set(['grp']);

/** Labels count only where the organiser gave no type. Places of the start, totals, speeds and the like stay free columns. */
const LABELS: readonly (readonly [ColumnMeaning, readonly string[]])[] = [
  ['laps', ['vueltas', 'tours', 'laps', 'giri', 'voltas', 'runden', 'ronden', 'rondes']],
  ['penalty', ['penalizacion', 'pena', 'penas', 'penalty', 'penalties', 'penalite', 'penalites', 'penalidade', 'penalizacao', 'penalita', 'strafe', 'straf']],
  ['last-lap', ['ultima vuelta', 'dernier t', 'dernier tour', 'last lap', 'ultimo t', 'ultimo giro', 'ultima volta', 'letzte', 'letzte runde', 'laatste ronde']],
  ['best-lap', ['mejor vuelta', 'm vuelta', 'meilleur t', 'meilleur tour', 'best lap', 'mgiro', 'm giro', 'giro mig', 'migliore', 'melhor volta', 'snelste ronde', 'beste', 'beste runde', 'beste ronde', 'mejor tiempo', 'tour rapide']],
  ['category', ['categoria', 'categorie', 'category', 'kategorie', 'clase', 'classe', 'klasse']],
  ['nationality', ['nacion', 'nacionalidad', 'nationalite', 'nat', 'pais', 'nazione', 'nationalitat', 'nationaliteit']],
  ['gap', ['gap', 'dif', 'ecart', 'distacco', 'ritardo', 'diferenca', 'abstand']],
  ['interval', ['interv', 'intervalo', 'interval', 'int']],
  ['on-track', ['tiempo en pit', 'track/pit', 'en piste', 'on track', 'in pista', 'tijd op circuit']],
  ['stops', ['pits', 'stands', 'pit stop', 'pit', 'box']],
  ['position', ['clasif', 'clt', 'rnk', 'cla', 'clas', 'class']],
  ['number', ['kart', 'nº', 'n°', 'no', 'nr']],
  ['name', ['equipo', 'piloto', 'equipe', 'pilote', 'driver', 'team', 'pilota', 'squadra', 'fahrer']],
];

const BY_LABEL: ReadonlyMap<string, ColumnMeaning> = new Map(
  LABELS.flatMap(([meaning, labels]) => labels.map((label): [string, ColumnMeaning] => [label, meaning])),
);

/** Parser settings of the REST contract and the meaning they speak of. */
const BY_SETTING: ReadonlyMap<string, ColumnMeaning> = new Map([
  ['timing-position', 'position'], ['timing-kart-number', 'number'], ['timing-name', 'name'], ['timing-lap', 'laps'],
  ['timing-last-time', 'last-lap'], ['timing-best-time', 'best-lap'], ['timing-gap', 'gap'], ['timing-interval', 'interval'],
  ['timing-number-pits', 'stops'], ['timing-pit-time', 'on-track'], ['timing-status', 'status'], ['timing-sector-1', 'sector-1'],
  ['timing-sector-2', 'sector-2'], ['timing-sector-3', 'sector-3'], ['timing-penalty', 'penalty'], ['timing-category', 'category'],
  ['timing-nationality', 'nationality'],
]);

const SETTING_OF: ReadonlyMap<ColumnMeaning, string> = new Map([...BY_SETTING].map(([setting, meaning]) => [meaning, setting]));

/** A header cell as the page writes it. */
export interface HeaderCell {
  id: number;
  type: string;
  label: string;
}

/**
 * What each column tells: overrides first, then the declared type, then, without a type, the label.
 * One column per meaning; a second gap column stands in where the first is empty. Whatever is left is a free column.
 */
export function recogniseColumns(header: readonly HeaderCell[], overrides: Record<string, string>): Column[] {
  const columns = header.map((cell): Column => ({ ...cell, meaning: 'ignored', labelSays: null }));
  const taken = new Set<ColumnMeaning>();
  applyOverrides(columns, overrides, taken);
  for (const column of columns) if (column.type !== '') claim(column, BY_TYPE.get(column.type), taken);
  for (const column of columns) if (column.type === '') claim(column, BY_LABEL.get(comparable(column.label)), taken);
  for (const column of columns) if (column.meaning === 'ignored' && !SHOW.has(column.type)) column.meaning = 'free';
  for (const column of columns) column.labelSays = contradiction(column);
  return columns;
}

/** Labels that are written above columns of two kinds: `Class` above categories, and `Class.` above positions. */
const TWOFOLD: ReadonlySet<string> = new Set(['class']);

/** What the label says of a column whose type made it something else; null where they agree, or one of them says nothing. */
function contradiction({ type, label, meaning }: Column): ColumnMeaning | null {
  const ofType = BY_TYPE.get(type);
  if (ofType === undefined || (meaning !== ofType && meaning !== 'gap-more')) return null;
  const words = comparable(label);
  const says = TWOFOLD.has(words) ? undefined : BY_LABEL.get(words);
  return says === undefined || says === ofType ? null : says;
}

/** What to tell people of a column whose label contradicts its type. */
export function contradictionOf({ id, type, label, meaning, labelSays }: Column): string[] {
  return labelSays === null ? [] : [`Column c${id} has the type "${type}" (${meaning}) and the label "${label}" (${labelSays}). The type counts; a parser setting can say otherwise.`];
}

/** Recognises columns with what a person has set. Pages come with the same header again and again: the last answer is kept. */
export class ColumnBook {
  private header: readonly HeaderCell[] = [];
  private columns: Column[] = [];
  private asked: readonly Column[] = [];
  private answer: TableTells = tellsOf([]);

  constructor(private readonly overrides: Record<string, string>) {}

  columnsOf(header: readonly HeaderCell[]): Column[] {
    const isSame = header.length === this.header.length && header.every((cell, index) => sameCell(cell, this.header[index]));
    if (isSame) return this.columns;
    this.header = header;
    this.columns = recogniseColumns(header, this.overrides);
    return this.columns;
  }

  /** What columns tell; asked of the same ones frame after frame. */
  tellsOf(columns: readonly Column[]): TableTells {
    if (columns !== this.asked) {
      this.asked = columns;
      this.answer = tellsOf(columns);
    }
    return this.answer;
  }
}

/** What decides how rows are read: whether the table has a column of laps, of stops, of last laps, of states, of best laps. */
export interface TableTells {
  laps: boolean;
  stops: boolean;
  lastLap: boolean;
  status: boolean;
  bestLap: boolean;
}

function tellsOf(columns: readonly Column[]): TableTells {
  const has = (meaning: ColumnMeaning): boolean => columns.some((column) => column.meaning === meaning);
  return { laps: has('laps'), stops: has('stops'), lastLap: has('last-lap'), status: has('status'), bestLap: has('best-lap') };
}

function sameCell(a: HeaderCell, b: HeaderCell | undefined): boolean {
  return b !== undefined && a.id === b.id && a.type === b.type && a.label === b.label;
}

/** The column of a number. */
export function columnOf(columns: readonly Column[], id: number): Column | undefined {
  const usual = columns[id - 1];
  return usual?.id === id ? usual : columns.find((column) => column.id === id);
}

/** Whether a cell wears the style of penalties: whatever its column is called, it holds them. */
export function wearsPenalty({ type, meaning }: Column, cls: string): boolean {
  return meaning === 'free' && type === '' && cls.trimStart().startsWith('pena');
}

/** The columns with one more that is known to hold penalties; there is at most one. */
export function withPenalties(columns: Column[], id: number | undefined): Column[] {
  if (id === undefined || columns.some(({ meaning }) => meaning === 'penalty')) return columns;
  return columns.map((column) => (column.id === id ? { ...column, meaning: 'penalty' } : column));
}

/** Another header of a column; without a type it may mean another thing. */
export function relabelled(columns: readonly Column[], id: number, label: string): HeaderCell[] {
  return columns.map((column) => ({ id: column.id, type: column.type, label: column.id === id ? label : column.label }));
}

/** The columns in the terms of the REST contract, e.g. `timing-lap` -> `c6`. */
export function parserSettingsOf(columns: readonly Column[]): Record<string, string> {
  const settings: Record<string, string> = {};
  for (const { id, meaning } of columns) {
    const setting = SETTING_OF.get(meaning);
    if (setting !== undefined) settings[setting] = `c${id}`;
  }
  return settings;
}

function applyOverrides(columns: Column[], overrides: Record<string, string>, taken: Set<ColumnMeaning>): void {
  for (const [setting, place] of Object.entries(overrides)) {
    const meaning = BY_SETTING.get(setting);
    const column = columns.find((candidate) => `c${candidate.id}` === place);
    if (column !== undefined) claim(column, meaning, taken);
  }
}

function claim(column: Column, meaning: ColumnMeaning | undefined, taken: Set<ColumnMeaning>): void {
  if (meaning === undefined || column.meaning !== 'ignored') return;
  const free = taken.has(meaning) && meaning === 'gap' ? 'gap-more' : meaning;
  if (taken.has(free)) return;
  taken.add(free);
  column.meaning = free;
}
