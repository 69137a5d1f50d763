import type { Language } from './languages/language.js';

/** What a column is about. */
export type Field =
  | 'group'
  | 'status'
  | 'position'
  | 'startPosition'
  | 'placesGained'
  | 'number'
  | 'nation'
  | 'category'
  | 'name'
  | 'firstName'
  | 'lastName'
  | 'club'
  | 'colour'
  | 's1'
  | 's2'
  | 's3'
  | 'trapSpeed'
  | 'lapSpeed'
  | 'last'
  | 'best'
  | 'gap'
  | 'lapsBehind'
  | 'interval'
  | 'laps'
  | 'raceTime'
  | 'onTrack'
  | 'stops'
  | 'pitTime'
  | 'penalty';

/** A column in a dialect's table; with `:free` it has no type, only its label. */
export type ColumnSpec = Field | `${Field}:free`;

/** A column of a table; `id` counts from 1. */
export interface Column {
  id: number;
  field: Field;
  type: string;
  label: string;
  /** 1 (always shown) to 6 (hidden first). */
  priority: number;
}

/** The types of the header, and the display priorities that go with them. Untyped wherever the provider has no type. */
const TYPES: Record<Field, readonly [type: string, priority: number]> = {
  group: ['grp', 6],
  status: ['sta', 1],
  position: ['rk', 1],
  startPosition: ['', 6],
  placesGained: ['rku', 5],
  number: ['no', 1],
  nation: ['nat', 4],
  category: ['class', 6],
  name: ['dr', 1],
  firstName: ['', 4],
  lastName: ['', 4],
  club: ['', 6],
  colour: ['', 6],
  s1: ['s1', 3],
  s2: ['s2', 3],
  s3: ['s3', 3],
  trapSpeed: ['sp1', 5],
  lapSpeed: ['', 5],
  last: ['llp', 2],
  best: ['blp', 1],
  gap: ['gap', 4],
  lapsBehind: ['gap', 4],
  interval: ['int', 5],
  laps: ['tlp', 3],
  raceTime: ['', 6],
  onTrack: ['otr', 2],
  stops: ['pit', 2],
  pitTime: ['', 6],
  penalty: ['', 6],
};

/** The columns of a table in their order, with the labels of the page's language. */
export function layout(specs: readonly ColumnSpec[], language: Language): Column[] {
  return specs.map((spec, index) => {
    const field = fieldOf(spec);
    const [type, priority] = TYPES[field];
    const isFree = spec.endsWith(':free') || type === '';
    const label = (isFree ? language.freeLabels[field] : undefined) ?? language.labels[field] ?? '';
    return { id: index + 1, field, type: isFree ? '' : type, label, priority };
  });
}

function fieldOf(spec: ColumnSpec): Field {
  return isField(spec) ? spec : fieldNames.find((field) => spec === `${field}:free`) ?? 'name';
}

const fieldNames: readonly Field[] = ['group', 'status', 'position', 'startPosition', 'placesGained', 'number', 'nation', 'category', 'name', 'firstName', 'lastName', 'club', 'colour', 's1', 's2', 's3', 'trapSpeed', 'lapSpeed', 'last', 'best', 'gap', 'lapsBehind', 'interval', 'laps', 'raceTime', 'onTrack', 'stops', 'pitTime', 'penalty'];

function isField(spec: ColumnSpec): spec is Field {
  return !spec.endsWith(':free');
}
