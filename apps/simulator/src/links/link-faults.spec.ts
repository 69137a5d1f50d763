import { describe, expect, it } from '@jest/globals';
import { type LinkFault, type LinkFaultKind, LinkFaultPlan } from './link-faults.js';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

/** The faults of an hour of frames that come each second. */
function hour(seed: number, ...kinds: LinkFaultKind[]): { atMs: number; fault: LinkFault }[] {
  const plan = new LinkFaultPlan(kinds, seed);
  const struck = [];
  for (let atMs = 0; atMs < HOUR_MS; atMs += SECOND_MS) {
    const fault = plan.strike(atMs);
    if (fault !== null) struck.push({ atMs, fault });
  }
  return struck;
}

describe(LinkFaultPlan.name, () => {
  it('strikes every one to eight minutes, with each of the kinds asked for', () => {
    const struck = hour(7, 'cut', 'silent');
    const pauses = struck.map(({ atMs }, place) => atMs - (struck[place - 1]?.atMs ?? 0));
    expect(pauses.every((pauseMs) => pauseMs >= 60 * SECOND_MS && pauseMs <= 481 * SECOND_MS)).toBe(true);
    expect(new Set(struck.map(({ fault }) => fault.kind))).toEqual(new Set(['cut', 'silent']));
  });

  it('is the same for the same seed', () => {
    expect(hour(7, 'cut', 'flood')).toEqual(hour(7, 'cut', 'flood'));
    expect(hour(8, 'cut', 'flood')).not.toEqual(hour(7, 'cut', 'flood'));
  });

  it('leaves a link without faults alone', () => {
    expect(hour(7)).toEqual([]);
  });
});
