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
  return text.trim().replace(/\s+/gu, ' ');
}

function withoutMarkup(value: string): string {
  const parts: string[] = [];
  readMarkup(value, { opened: () => undefined, text: (text) => void parts.push(text), closed: () => undefined });
  return parts.join('');
}
