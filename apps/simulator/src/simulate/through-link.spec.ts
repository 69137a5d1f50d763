import { describe, expect, it } from '@jest/globals';
import type { SimulatedFrame } from '@lts/race-simulator';
import { FLOOD_PAGES, type LinkFaultKind, LinkFaultPlan } from '../links/link-faults.js';
import { throughLink } from './through-link.js';

const SECOND_MS = 1_000;

function recorded(...kinds: LinkFaultKind[]): { sent: SimulatedFrame[]; kept: SimulatedFrame[] } {
  const sent: SimulatedFrame[] = [];
  function* race(): Generator<SimulatedFrame> {
    for (let second = 0; second < 3_600; second += 1) {
      sent.push({ atMs: second * SECOND_MS, text: `frame ${second}` });
      yield { atMs: second * SECOND_MS, text: `frame ${second}` };
    }
  }
  const kept = [...throughLink(race(), () => `page ${sent.length - 1}`, new LinkFaultPlan(kinds, 3))];
  return { sent, kept };
}

const gapsOf = (frames: SimulatedFrame[]): { gapMs: number; text: string }[] =>
  frames.map(({ atMs, text }, place) => ({ gapMs: atMs - (frames[place - 1]?.atMs ?? atMs), text })).filter(({ gapMs }) => gapMs > SECOND_MS);

describe(throughLink.name, () => {
  it('gives every frame of a link without faults', () => {
    const { sent, kept } = recorded();
    expect(kept).toEqual(sent);
  });

  it.each([
    ['cut', 11],
    ['half-open', 91],
  ] as const)('loses the frames of the way back after %s, then has the page in place of the frame that it holds', (kind, mostSeconds) => {
    const gaps = gapsOf(recorded(kind).kept);
    expect(gaps.length).toBeGreaterThan(5);
    expect(gaps.every(({ gapMs, text }) => text.startsWith('page ') && gapMs <= mostSeconds * SECOND_MS)).toBe(true);
    const { kept } = recorded(kind);
    for (const { atMs, text } of kept) expect(text.replace(/\D/g, '')).toBe(String(atMs / SECOND_MS));
  });

  it('goes on without a page after a silence', () => {
    const gaps = gapsOf(recorded('silent').kept);
    expect(gaps.length).toBeGreaterThan(3);
    expect(gaps.every(({ gapMs, text }) => text.startsWith('frame ') && gapMs >= 60 * SECOND_MS)).toBe(true);
  });

  it('has the page many times over in a flood, and loses nothing', () => {
    const { sent, kept } = recorded('flood');
    expect(kept.filter(({ text }) => text.startsWith('frame'))).toEqual(sent);
    expect(kept.filter(({ text }) => text.startsWith('page')).length % FLOOD_PAGES).toBe(0);
    expect(kept.length).toBeGreaterThan(sent.length);
  });
});
