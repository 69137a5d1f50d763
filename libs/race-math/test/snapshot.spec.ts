import { describe, expect, it } from '@jest/globals';
import { CompetitionState } from '@lts/apex-parser';
import { DIALECTS, RULE_SETS, SeededRandom, Simulation } from '@lts/race-simulator';
import { type FrameFacts, RaceFacts, type RaceSnapshot } from '../src/index.js';

/** Actions of a simulated day, frame by frame. */
function framesOf(dialect: string, seed: number): FrameFacts[] {
  const rules = RULE_SETS[seed % RULE_SETS.length]?.name ?? '';
  const simulation = new Simulation({ seed, hours: 0.3, teams: 8, rules, dialect, startMs: Date.UTC(2026, 4, 1, 10), day: true, eventful: true });
  const state = new CompetitionState();
  const frames: FrameFacts[] = [];
  for (const frame of simulation.frames()) {
    const { session, actions } = state.apply(frame);
    if (actions.length > 0) frames.push({ at_ms: frame.atMs, session, actions });
  }
  return frames;
}

function stored(facts: RaceFacts): string {
  return JSON.stringify(facts.snapshot());
}

describe('facts of a simulated day', () => {
  it.each(DIALECTS.map(({ name }, place) => [name, place + 1] as const))('of %s are the same after a restart from a snapshot at any frame', (dialect, seed) => {
    const frames = framesOf(dialect, seed);
    const whole = new RaceFacts();
    for (const frame of frames) whole.fold(frame);
    const random = new SeededRandom(seed);
    for (let cut = 0; cut < 4; cut += 1) {
      const place = random.whole(0, frames.length);
      const before = new RaceFacts();
      for (const frame of frames.slice(0, place)) before.fold(frame);
      const after = RaceFacts.restore(JSON.parse(stored(before)) as RaceSnapshot);
      for (const frame of frames.slice(place)) after.fold(frame);
      expect(stored(after)).toBe(stored(whole));
    }
    expect(whole.numbers()).toEqual([1, 2, 3]);
  });

  it('leave out what came before any session', () => {
    const facts = new RaceFacts();
    facts.fold({ at_ms: 1, session: 0, actions: [{ type: 'update-flag', data: { flag: 'red', text: 'lr' } }] });
    expect(facts.numbers()).toEqual([]);
  });
});
