import { type Fault, type Location, fault } from './faults.js';

/** Largest value of a whole number that the database holds. */
export const LARGEST_WHOLE = 2_147_483_647;

/** What is found while a body is read. */
export interface Reading {
  readonly faults: Fault[];
  /** A value of the right kind that no column holds: negative, too large, too long. */
  isStorable: boolean;
}

/** Reads a value, coerced as the original does; adds to the faults when it is of another kind. */
export type Kind = (input: unknown, loc: Location, reading: Reading) => unknown;

/** A whole number: also `"12"`, `12.0` and `true`. */
export const whole: Kind = (input, loc, reading) => {
  const number = typeof input === 'string' ? (wholeText(input) ?? '') : typeof input === 'boolean' ? Number(input) : input;
  if (number === '') return wrong(reading, fault('int_parsing', loc, 'Input should be a valid integer, unable to parse string as an integer', input));
  if (typeof number !== 'number') return wrong(reading, fault('int_type', loc, 'Input should be a valid integer', input));
  if (!Number.isInteger(number)) return wrong(reading, fault('int_from_float', loc, 'Input should be a valid integer, got a number with a fractional part', input));
  if (number < 0 || number > LARGEST_WHOLE) reading.isStorable = false;
  return number;
};

/** A number: also a text that is one. */
export const number: Kind = (input, loc, reading) => {
  const value = typeof input === 'string' && input.trim() !== '' ? Number(input) : typeof input === 'boolean' ? Number(input) : input;
  if (typeof input === 'string' && (typeof value === 'string' || Number.isNaN(value))) return wrong(reading, fault('float_parsing', loc, 'Input should be a valid number, unable to parse string as a number', input));
  if (typeof value !== 'number') return wrong(reading, fault('float_type', loc, 'Input should be a valid number', input));
  if (!Number.isFinite(value)) reading.isStorable = false;
  return value;
};

const YES: ReadonlySet<unknown> = new Set([true, 1, '1', 'true', 't', 'yes', 'y', 'on']);
const NO: ReadonlySet<unknown> = new Set([false, 0, '0', 'false', 'f', 'no', 'n', 'off']);

/** Yes or no: also 1 and 0, and the words for them. */
export const yesNo: Kind = (input, loc, reading) => {
  const value = typeof input === 'string' ? input.toLowerCase() : input;
  if (YES.has(value)) return true;
  if (NO.has(value)) return false;
  if (typeof input !== 'string' && typeof input !== 'number') return wrong(reading, fault('bool_type', loc, 'Input should be a valid boolean', input));
  return wrong(reading, fault('bool_parsing', loc, 'Input should be a valid boolean, unable to interpret input', input));
};

/** A text of at most `longest` characters; what PostgreSQL cannot hold (NUL, half a surrogate pair) is taken out. */
export function text(longest = 255): Kind {
  return (input, loc, reading) => {
    if (typeof input !== 'string') return wrong(reading, fault('string_type', loc, 'Input should be a valid string', input));
    if (input.length > longest) reading.isStorable = false;
    return input.replaceAll('\u0000', '').toWellFormed();
  };
}

/** One of some words. */
export function oneOf(words: readonly string[]): Kind {
  const quoted = words.map((word) => `'${word}'`);
  const expected = [quoted.slice(0, -1).join(','), ...quoted.slice(-1)].filter((part) => part !== '').join(' or ');
  return (input, loc, reading) => {
    if (words.some((word) => word === input)) return input;
    return wrong(reading, { type: 'enum', loc, msg: `Input should be ${expected}`, input, ctx: { expected } });
  };
}

/** The field must be there, but may be null. */
export function nullable(kind: Kind): Kind {
  return (input, loc, reading) => (input === null ? null : kind(input, loc, reading));
}

/** Like a kind of more words, of which the database does not hold some. */
export function without(kind: Kind, ...refused: readonly string[]): Kind {
  return (input, loc, reading) => {
    if (refused.some((word) => word === input)) reading.isStorable = false;
    return kind(input, loc, reading);
  };
}

/** The whole number that a text is, null when it is none. */
export function wholeText(input: string): number | null {
  return /^[+-]?\d+(\.0*)?$/.test(input.trim()) ? Number(input) : null;
}

/** The value does not matter any more: the body will be refused. */
function wrong(reading: Reading, found: Fault): null {
  reading.faults.push(found);
  return null;
}
