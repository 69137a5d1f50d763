const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_DIGITS = 10;
const COUNTER_DIGITS = 16;
const PATTERN = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** The two parts of a frame id: Unix time in ms, and a counter that rises with every frame of the competition. */
export interface FrameIdParts {
  timeMs: number;
  counter: number;
}

function encode(value: number, digits: number): string {
  let rest = value;
  let text = '';
  for (let index = 0; index < digits; index += 1) {
    text = ALPHABET.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function decode(text: string): number {
  let value = 0;
  for (const letter of text) value = value * 32 + ALPHABET.indexOf(letter);
  return value;
}

/**
 * Identity of a frame: 26 characters in the layout of a ULID (Crockford base 32), so that ids compare as bytes.
 * The random part of a ULID is the frame's number, which makes ids repeatable.
 */
export function frameId({ timeMs, counter }: FrameIdParts): string {
  return encode(timeMs, TIME_DIGITS) + encode(counter, COUNTER_DIGITS);
}

/** True when the text has the form of a frame id. */
export function isFrameId(text: string): boolean {
  return PATTERN.test(text);
}

/** Time and counter of an id; the counter is exact up to 2^53. */
export function partsOfFrameId(id: string): FrameIdParts {
  return { timeMs: decode(id.slice(0, TIME_DIGITS)), counter: decode(id.slice(TIME_DIGITS)) };
}

/**
 * The ids of one competition, rising for ever: they continue above the highest one known,
 * also when the clock steps back.
 */
export class FrameIdSequence {
  private last: FrameIdParts;

  /** @param above the highest id already used, or null for a new competition */
  constructor(above: string | null) {
    this.last = above === null ? { timeMs: 0, counter: 0 } : partsOfFrameId(above);
  }

  /** The next id for a frame stamped `atMs` (Unix ms). */
  next(atMs: number): string {
    this.last = { timeMs: Math.max(this.last.timeMs, atMs), counter: this.last.counter + 1 };
    return frameId(this.last);
  }
}
