import type { Place } from '@lts/contracts';

/** A message that was set apart, as its record tells. */
export interface ParkedRecord {
  /** When it was set apart, ISO 8601; null in records of older versions. */
  at: string | null;
  code: string;
  /** The error in words. */
  message: string;
  /** Where the message stood. */
  place: Place;
  /** Competition code; empty when the message had no key. */
  key: string;
  headers: Record<string, string>;
  content: ParkedContent;
}

/** The message itself: as it was decoded (the bare text if it could not be), or the beginning of its text if it was too large. */
export type ParkedContent = { kind: 'whole'; value: unknown } | { kind: 'cut'; beginning: string };

/** Kinds of records on a parked topic, told by their header `lts-kind`. */
export const PARKED_KIND = 'parked';
/** A mark `{"replayed": [place, …]}`: these messages were put back onto their topic, together with the mark. */
export const REPLAYED_KIND = 'replayed';

/** The record as it is written. */
export function parkedRecordFields({ content, ...about }: ParkedRecord): Record<string, unknown> {
  return { ...about, ...(content.kind === 'whole' ? { value: content.value } : { cut: content.beginning }) };
}

/** Reads a record; null when it is none. */
export function parkedRecordIn(fields: unknown): ParkedRecord | null {
  if (!isFields(fields)) return null;
  const { at, code, message, place, key, headers } = fields;
  const content = contentIn(fields);
  if (content === null || !isPlace(place)) return null;
  if (typeof code !== 'string' || typeof message !== 'string' || typeof key !== 'string') return null;
  return { at: typeof at === 'string' ? at : null, code, message, place, key, headers: textsIn(headers), content };
}

/** Reads the places of a mark; what is none counts as a mark of nothing. */
export function replayedPlacesIn(fields: unknown): Place[] {
  if (!isFields(fields) || !Array.isArray(fields['replayed'])) return [];
  return fields['replayed'].filter(isPlace);
}

function contentIn(fields: Record<string, unknown>): ParkedContent | null {
  if ('value' in fields) return { kind: 'whole', value: fields['value'] };
  return typeof fields['cut'] === 'string' ? { kind: 'cut', beginning: fields['cut'] } : null;
}

function textsIn(headers: unknown): Record<string, string> {
  if (!isFields(headers)) return {};
  return Object.fromEntries(Object.entries(headers).flatMap(([name, text]) => (typeof text === 'string' ? [[name, text]] : [])));
}

function isPlace(value: unknown): value is Place {
  if (!isFields(value)) return false;
  const { topic, partition, offset } = value;
  return typeof topic === 'string' && typeof partition === 'number' && typeof offset === 'string' && /^\d+$/.test(offset);
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
