/** A track as its line tells it. */
export interface Track {
  name: string;
  /** Metres; null when nothing says it, or when it is no length of a track. */
  lengthM: number | null;
}

const NUMBER = /^\d{1,6}(?:[.,]\d{1,6})?$/u;
const LONGEST_M = 30_000;

/** `ADULTO (1100m)`, `NAME - 1.384 km`, `Piste 1200m`; the name keeps a length that nothing sets apart. */
export function readTrack(text: string): Track {
  const isBracketed = text.endsWith(')');
  const open = isBracketed ? text.lastIndexOf('(') : text.lastIndexOf('-');
  const stated = open === -1 ? null : lengthOf(text.slice(open + 1, isBracketed ? -1 : undefined).trim());
  if (stated !== null) return { name: text.slice(0, open).trim(), lengthM: plausible(stated) };
  const inName = lengthOf(text.slice(text.lastIndexOf(' ') + 1));
  return { name: text, lengthM: inName === null ? null : plausible(inName) };
}

/** `1100m`, `1.384 km` in metres. */
function lengthOf(text: string): number | null {
  const words = text.toLowerCase();
  const [number, metres] = words.endsWith('km') ? [words.slice(0, -2).trim(), 1_000] : [words.endsWith('m') ? words.slice(0, -1).trim() : '', 1];
  return NUMBER.test(number) ? Math.round(Number(number.replace(',', '.')) * metres) : null;
}

function plausible(metres: number): number | null {
  return metres > 0 && metres <= LONGEST_M ? metres : null;
}
