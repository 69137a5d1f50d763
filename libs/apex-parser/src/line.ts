/** A line of the feed, taken apart. Fields that are missing are empty; a value keeps the bars in it. */
export interface Line {
  target: string;
  cls: string;
  value: string;
}

const BAR = 124;
const NEWLINE = 10;

/** Keywords of the protocol, and the rule that takes each; those of `layout` tell nothing we follow. */
export const KEYWORDS = {
  init: 'page', grid: 'table', title1: 'title', title2: 'title', dyn1: 'clock', dyn2: 'clock', light: 'flag', wth1: 'weather', wth2: 'weather', wth3: 'weather',
  track: 'track', gmt: 'utc-offset', css: 'plate-colour', com: 'log', msg: 'ticker', gridb: 'session-bests',
  best: 'layout', bests: 'layout', effects: 'layout', comments: 'layout', gridc: 'layout', chp: 'layout', mobile_t: 'layout', mobile_d: 'layout', clear: 'layout',
} as const;

const RULE_OF_KEYWORD: ReadonlyMap<string, KeywordRule> = new Map(Object.entries(KEYWORDS));

/** Rule of a line whose target is a keyword, or a cell of a side table. */
export type KeywordRule = (typeof KEYWORDS)[keyof typeof KEYWORDS];

/** The rule that takes lines of a target that is no row; null for none. */
export function ruleOfTarget(target: string): KeywordRule | null {
  if (target.startsWith('br')) return 'session-bests';
  return RULE_OF_KEYWORD.get(target) ?? (target.startsWith('cr') ? 'layout' : null);
}

/** Whether a target is one of the protocol: a keyword, a row, a cell, or a cell of a side table. */
export function isTarget(target: string): boolean {
  if (RULE_OF_KEYWORD.has(target) || isRowTarget(target, 0)) return true;
  return (target.startsWith('br') || target.startsWith('cr')) && target.includes('c', 1) && isRowTarget(target, 1);
}

/** `r12` or `r12c3`, beginning at `from`. */
function isRowTarget(target: string, from: number): boolean {
  if (target.charCodeAt(from) !== 114) return false;
  const rowEnd = digitsEnd(target, from + 1);
  if (rowEnd === from + 1) return false;
  if (rowEnd === target.length) return true;
  if (target.charCodeAt(rowEnd) !== 99) return false;
  const cellEnd = digitsEnd(target, rowEnd + 1);
  return cellEnd > rowEnd + 1 && cellEnd === target.length;
}

function digitsEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57) at += 1;
  return at;
}

/** Takes a line apart at its first two bars. A lone word counts as a line of the protocol only when it is a keyword. */
export function splitLine(text: string): Line | null {
  const first = text.indexOf('|');
  if (first === -1) return RULE_OF_KEYWORD.has(text) ? { target: text, cls: '', value: '' } : null;
  const target = text.slice(0, first);
  if (!isTarget(target)) return null;
  const second = text.indexOf('|', first + 1);
  if (second === -1) return { target, cls: text.slice(first + 1), value: '' };
  return { target, cls: text.slice(first + 1, second), value: text.slice(second + 1) };
}

/** Calls `take` for each line that is not blank, without its line end; `index` counts all lines from 0. */
export function eachLine(text: string, take: (line: string, index: number) => void): void {
  let index = 0;
  for (let start = 0; start < text.length; index += 1) {
    const found = text.indexOf('\n', start);
    const next = found === -1 ? text.length : found;
    const end = next > start && text.charCodeAt(next - 1) === 13 ? next - 1 : next;
    if (end > start && !isBlank(text, start, end)) take(text.slice(start, end), index);
    start = next + 1;
  }
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== NEWLINE && code !== 13) return false;
  }
  return true;
}

/** The value of a `*` line up to its bar: the expected duration of the next lap. */
export function beforeBar(value: string): string {
  for (let at = 0; at < value.length; at += 1) if (value.charCodeAt(at) === BAR) return value.slice(0, at);
  return value;
}
