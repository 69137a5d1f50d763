import type { Flag } from '@lts/race-actions';

/** A time under one flag, Unix ms; `toMs` is null while it is shown. */
export interface FlagSpan {
  flag: Flag;
  fromMs: number;
  toMs: number | null;
}

const NEUTRAL: ReadonlySet<Flag> = new Set<Flag>(['yellow', 'red', 'safety-car']);

/** Ends the flag that is shown and begins another. */
export function showFlag(spans: FlagSpan[], flag: Flag, atMs: number): void {
  const shown = spans.at(-1);
  if (shown?.flag === flag) return;
  if (shown !== undefined) shown.toMs = atMs;
  spans.push({ flag, fromMs: atMs, toMs: null });
}

/** The flag at an instant, `unknown` before the first. */
export function flagAt(spans: readonly FlagSpan[], atMs: number): Flag {
  return spans.findLast(({ fromMs }) => fromMs <= atMs)?.flag ?? 'unknown';
}

/** Whether a flag that slows the field was shown during some of a time. */
export function isNeutral(spans: readonly FlagSpan[], fromMs: number, toMs: number): boolean {
  return shownDuring(spans, fromMs, toMs, (flag) => NEUTRAL.has(flag));
}

/** Whether the red flag was shown during some of a time. */
export function hasRed(spans: readonly FlagSpan[], fromMs: number, toMs: number): boolean {
  return shownDuring(spans, fromMs, toMs, (flag) => flag === 'red');
}

function shownDuring(spans: readonly FlagSpan[], fromMs: number, toMs: number, isMeant: (flag: Flag) => boolean): boolean {
  for (let place = spans.length - 1; place >= 0; place -= 1) {
    const span = spans[place];
    if (span === undefined || (span.toMs !== null && span.toMs <= fromMs)) return false;
    if (span.fromMs < toMs && isMeant(span.flag)) return true;
  }
  return false;
}
