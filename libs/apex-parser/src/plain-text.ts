import { readMarkup } from './markup.js';

/** Readable text of a value that may hold markup, entities and odd blanks; cut to `limit` characters. */
export function plainText(value: string, limit: number): string {
  const bare = value.includes('<') || value.includes('&') ? withoutMarkup(value) : value;
  return collapseBlanks(bare).slice(0, limit);
}

/** For comparing labels and titles: lower case, no accents, no dots, single blanks. */
export function comparable(value: string): string {
  const unescaped = value.replace(/\\u([0-9a-f]{4})/giu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return collapseBlanks(unescaped.normalize('NFD').replace(/[\u0300-\u036f.]/gu, '').toLowerCase());
}

function collapseBlanks(text: string): string {
  return hasOddBlanks(text) ? text.trim().replace(/\s+/gu, ' ') : text;
}

const BLANK = 32;
const LAST_PLAIN = 126;

/** Whether there may be blanks to collapse: other ones than single spaces between words. */
function hasOddBlanks(text: string): boolean {
  let before = BLANK;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < BLANK || (code > LAST_PLAIN && isBlankBeyond(code)) || (code === BLANK && before === BLANK)) return true;
    before = code;
  }
  return before === BLANK && text !== '';
}

/** Blanks beyond those of ASCII lie at its very end, and from there on only in two narrow places. */
function isBlankBeyond(code: number): boolean {
  return code <= 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x3000) || code === 0xfeff;
}

function withoutMarkup(value: string): string {
  const parts: string[] = [];
  readMarkup(value, { opened: () => undefined, text: (text) => void parts.push(text), closed: () => undefined });
  return parts.join('');
}
