import { Rejection } from '../../engine/rejection.js';
import { NOTHING_WRITTEN } from '../../engine/messages.js';
import { InvalidRequest, type Location, fault, missing } from './faults.js';
import type { Kind, Reading } from './kinds.js';

interface DeclaredField {
  name: string;
  kind: Kind;
  /** Taken when the field is missing; without one it must be there. */
  otherwise: unknown;
}

/** A class whose properties are declared by `Field`. */
export type BodyClass<Body extends object> = new () => Body;

const KEY = Symbol('fields of a body');

/** Declares a property of a body; one without `otherwise` must be there. */
export function Field(kind: Kind, otherwise?: unknown): PropertyDecorator {
  return (prototype, property) => {
    Reflect.defineMetadata(KEY, [...fieldsOf(prototype), { name: String(property), kind, otherwise }], prototype);
  };
}

/** True when the class declares fields. */
export function isBodyClass(type: unknown): type is BodyClass<object> {
  return typeof type === 'function' && fieldsOf(type.prototype).length > 0;
}

/** A field that is itself a body. */
export function nested(type: BodyClass<object>): Kind {
  return (input, loc, reading) => readFields(type, { input, loc, reading });
}

/**
 * Reads a body; keys that the class does not declare are ignored.
 *
 * @throws InvalidRequest with every fault, Rejection 400 for a value of the right kind that no column holds
 */
export function readBody<Body extends object>(type: BodyClass<Body>, input: unknown): Body {
  const reading: Reading = { faults: [], isStorable: true };
  const body = isAbsent(input, reading) ? new type() : readFields(type, { input, loc: ['body'], reading });
  return checked(body, reading);
}

/** Reads a list of bodies. @throws as `readBody` */
export function readBodies<Body extends object>(type: BodyClass<Body>, input: unknown): Body[] {
  const reading: Reading = { faults: [], isStorable: true };
  const items: unknown[] = Array.isArray(input) ? input : [];
  if (!isAbsent(input, reading) && !Array.isArray(input)) reading.faults.push(fault('list_type', ['body'], 'Input should be a valid list', input));
  return checked(items.map((item, index) => readFields(type, { input: item, loc: ['body', index], reading })), reading);
}

function isAbsent(input: unknown, reading: Reading): boolean {
  if (input !== undefined && input !== null) return false;
  reading.faults.push(missing(['body'], null));
  return true;
}

function readFields<Body extends object>(type: BodyClass<Body>, { input, loc, reading }: { input: unknown; loc: Location; reading: Reading }): Body {
  const body = new type();
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    reading.faults.push(fault('model_attributes_type', loc, 'Input should be a valid dictionary or object to extract fields from', input));
    return body;
  }
  for (const { name, kind, otherwise } of fieldsOf(type.prototype)) {
    const given: unknown = Object.hasOwn(input, name) ? Reflect.get(input, name) : undefined;
    if (given !== undefined) Reflect.set(body, name, kind(given, [...loc, name], reading));
    else if (otherwise !== undefined) Reflect.set(body, name, otherwise);
    else reading.faults.push(missing([...loc, name], input));
  }
  return body;
}

function checked<Read>(read: Read, { faults, isStorable }: Reading): Read {
  if (faults.length > 0) throw new InvalidRequest(faults);
  if (!isStorable) throw new Rejection(400, NOTHING_WRITTEN);
  return read;
}

function fieldsOf(prototype: unknown): readonly DeclaredField[] {
  const found: unknown = typeof prototype === 'object' && prototype !== null ? Reflect.getMetadata(KEY, prototype) : undefined;
  return isFields(found) ? found : [];
}

function isFields(value: unknown): value is DeclaredField[] {
  return Array.isArray(value);
}
