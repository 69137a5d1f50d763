import type { Column } from './columns.js';
import type { Dialect } from './dialect.js';
import type { Cell, NewTable } from './screen.js';
import { htmlText } from './texts.js';

/** Everything a page shows. */
export interface PageContent extends NewTable {
  /** Class and value of each line above the table. */
  heads: ReadonlyMap<string, string>;
  styles: ReadonlyMap<string, string>;
  positions: ReadonlyMap<string, string>;
}

const NOTHING: Cell = { cls: '', text: '' };
const RENTAL = ['init', 'best', 'css', 'effects', 'comments', 'title1', 'title2', 'dyn1', 'light', 'wth1', 'wth2', 'wth3', 'track', 'com', 'grid', 'msg'];
const CHAMPIONSHIP = ['init', 'gmt', 'css', 'title1', 'title2', 'dyn1', 'dyn2', 'light', 'wth1', 'wth2', 'wth3', 'comments', 'track', 'gridb', 'chp', 'gridc', 'com', 'msg', 'grid'];

/** The whole page, in the order of the server's flavour. */
export function pageText(content: PageContent, dialect: Dialect): string {
  const order = dialect.flavour === 'rental' ? RENTAL : CHAMPIONSHIP;
  return `${order.flatMap((target) => section(target, content, dialect)).join('\n')}\n`;
}

/** The block that says that nothing is live. */
export function emptyPage({ language }: Dialect): string {
  return `${['init|n|', 'best|hide|', `effects||${language.effects}`, `comments||${language.comments}`, 'track||'].join('\n')}\n`;
}

/** The lines of a page that are not simply the last line of their kind. */
const SECTIONS: Partial<Record<string, (content: PageContent, dialect: Dialect) => string[]>> = {
  init: ({ letter }) => [`init|${letter}|`],
  best: () => ['best|hide|'],
  css: ({ styles }) => [...styles].map(([name, rules]) => `css|${name}|${rules}`),
  effects: (_content, { language }) => [`effects||${language.effects}`],
  comments: (_content, { language }) => [`comments||${language.comments}`],
  gmt: (_content, { gmtHours }) => [`gmt||${gmtHours}`],
  gridb: ({ heads }, { language }) => [`gridb||${bestsHtml(heads, language.bests)}`],
  chp: () => ['chp||'],
  gridc: () => ['gridc||<tr><td><a class="logo"></a></td></tr>'],
  grid: (content) => [`grid||${gridHtml(content)}`],
};

function section(target: string, content: PageContent, dialect: Dialect): string[] {
  return SECTIONS[target]?.(content, dialect) ?? [`${target}|${content.heads.get(target) ?? '|'}`];
}

/** The table of best sectors, lap and ideal lap; its cells are lines of their own later. */
function bestsHtml(heads: PageContent['heads'], { heading, lap, ideal }: Dialect['language']['bests']): string {
  const cell = (row: number, column: number, label: string): string => {
    const [cls = 'in', value = label] = (heads.get(`br${row}c${column}`) ?? `in|${label}`).split('|');
    return `<td data-id="br${row}c${column}" class="${cls}">${value}</td>`;
  };
  const rows = ['S1', 'S2', 'S3', lap, ideal].map((label, index) => `<tr class="${index % 2 === 0 ? 'odd' : 'even'}">${cell(index + 1, 1, label)}${cell(index + 1, 2, '')}${cell(index + 1, 3, '')}</tr>`);
  return `<table><thead><th width="35%">${heading}</th><th width="20%">Nº</th><th width="45%"></th></thead>${rows.join('')}</table>`;
}

function gridHtml({ columns, rows, cells, positions }: PageContent): string {
  if (columns.length === 0) return '<tbody></tbody>';
  const header = columns.map(headerHtml).join('');
  const body = rows.map((row) => `<tr data-id="${row}" data-pos="${positions.get(row) ?? ''}">${columns.map((column) => cellHtml(row, column, cells.get(row)?.get(column.id) ?? NOTHING)).join('')}</tr>`);
  return `<tbody><tr data-id="r0" class="head" data-pos="0">${header}</tr>${body.join('')}</tbody>`;
}

function headerHtml({ id, type, label, priority, field }: Column): string {
  const width = field === 'group' || field === 'status' || field === 'position' || field === 'number' ? '' : ' data-width="10" data-min="7"';
  return `<td data-id="c${id}" data-type="${type}" data-pr="${priority}"${width}>${htmlText(label)}</td>`;
}

/** Position, places gained and number carry their id on an inner element. */
function cellHtml(row: string, { id, field, type }: Column, { cls, text }: Cell): string {
  const name = `${row}c${id}`;
  if (field === 'position' || field === 'placesGained') return `<td class="${type}"><div><p data-id="${name}" class="${cls}">${text}</p></div></td>`;
  if (field === 'number') return `<td class="no"><div data-id="${name}" class="${cls}">${text}</div></td>`;
  return `<td data-id="${name}" class="${cls}">${htmlText(text)}</td>`;
}
