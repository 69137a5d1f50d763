import { Rejection } from './rejection.js';

/** Largest integer of a column. */
const LARGEST_INT = 2_147_483_647;

/** The body of an operation; reading a field checks it. Coercions are the original's: `"12"`, `12.0` and `true` are integers. */
export class Body {
  constructor(private readonly fields: object) {}

  has(name: string): boolean {
    return this.raw(name) !== undefined;
  }

  isNull(name: string): boolean {
    return this.raw(name) === null;
  }

  /** The field as it stands. */
  raw(name: string): unknown {
    return Reflect.get(this.fields, name);
  }

  /** @throws Rejection 422 when the field is missing or no integer */
  int(name: string): number {
    const value = this.raw(name);
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : typeof value === 'boolean' ? Number(value) : value;
    if (typeof number !== 'number' || !Number.isSafeInteger(number)) throw wrong(name, 'a whole number');
    if (Math.abs(number) > LARGEST_INT) throw wrong(name, `a whole number up to ${LARGEST_INT}`);
    return number;
  }

  /** Unix ms. */
  instant(name: string): number {
    const value = this.raw(name);
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw wrong(name, 'an instant in Unix ms');
    return value;
  }

  instantOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.instant(name);
  }

  intOrNull(name: string): number | null {
    return this.isNull(name) ? null : this.int(name);
  }

  text(name: string): string {
    const value = this.raw(name);
    if (typeof value !== 'string') throw wrong(name, 'a text');
    return storable(value);
  }

  textOrNull(name: string): string | null {
    return this.isNull(name) ? null : this.text(name);
  }

  oneOf<Value extends string>(name: string, allowed: readonly Value[]): Value {
    const value = this.raw(name);
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw wrong(name, `one of ${allowed.join(', ')}`);
    return found;
  }

  oneOfOrNull<Value extends string>(name: string, allowed: readonly Value[]): Value | null {
    return this.isNull(name) ? null : this.oneOf(name, allowed);
  }

  yesNo(name: string, otherwise: boolean): boolean {
    const value = this.raw(name);
    if (value === undefined) return otherwise;
    if (typeof value !== 'boolean') throw wrong(name, 'true or false');
    return value;
  }

  /** Integers or nulls. */
  intsOrNulls(name: string): (number | null)[] {
    const value = this.raw(name);
    if (!Array.isArray(value)) throw wrong(name, 'a list');
    return value.map((entry: unknown) => {
      if (entry === null || (typeof entry === 'number' && Number.isSafeInteger(entry))) return entry;
      throw wrong(name, 'a list of whole numbers');
    });
  }

  numberOrNull(name: string): number | null {
    const value = this.raw(name);
    if (value === null) return null;
    if (typeof value !== 'number' || !Number.isFinite(value)) throw wrong(name, 'a number');
    return value;
  }
}

function wrong(name: string, wanted: string): Rejection {
  return new Rejection(422, `${name} must be ${wanted}.`);
}

/** PostgreSQL holds neither the character NUL nor half of a surrogate pair. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
