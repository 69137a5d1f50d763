import { describe, expect, it } from '@jest/globals';
import { environmentValue } from '@lts/env';
import fc from 'fast-check';
import { CompetitionState, type Frame, type ParserLimits } from '../src/index.js';
import { checked, fold } from './checked-fold.js';
import { START_MS, damaged, damages, hostileFrames, raceFrames, randomBytes } from './hostile-feed.js';

/** Lines that each property sees, about; the nightly target asks for millions. */
const LINES = Number(environmentValue('LTS_PROPERTY_LINES') ?? 12_000);
const LINES_PER_RUN = 375;
const NUM_RUNS = Math.max(1, Math.round(LINES / LINES_PER_RUN));
const LIMIT_MS = Math.max(60_000, LINES);

const SMALL: ParserLimits = {
  rows: 8, columns: 20, linesPerFrame: 1_000, textLength: 60, lapsPerRow: 30, stopsPerRow: 10, jump: 10, messages: 10, unknownLines: 3, unknownTextLength: 20,
};

function folded(frames: readonly Frame[]): string[] {
  const told: string[] = [];
  fold(frames, new CompetitionState(), (outcome) => void told.push(JSON.stringify(outcome)));
  return told;
}

describe('any input', () => {
  it('that is made of random lines throws nothing and gives plain actions', () => {
    fc.assert(fc.property(hostileFrames, (frames) => void checked(frames)), { numRuns: NUM_RUNS });
  }, LIMIT_MS);

  it('that is made of random bytes is unknown and changes nothing', () => {
    const property = fc.property(randomBytes, (frames) => {
      const state = checked(raceFrames(1, 1).slice(0, 30));
      const before = JSON.stringify(state.view());
      fold(frames, state, ({ counts, actions }) => {
        if (counts.unknown === counts.lines && actions.length > 0) throw new Error(`Dirt gave ${JSON.stringify(actions)}`);
      });
      return JSON.stringify(state.view()) === before;
    });
    fc.assert(property, { numRuns: Math.ceil(NUM_RUNS / 4) });
  }, LIMIT_MS);

  it('that is a damaged race throws nothing and gives plain actions', () => {
    const race = raceFrames(3, 4);
    fc.assert(fc.property(damages, (list) => void checked(damaged(race, list))), { numRuns: Math.ceil(NUM_RUNS / 8) });
  }, LIMIT_MS);

  it('gives the same actions again, byte for byte', () => {
    fc.assert(fc.property(hostileFrames, (frames) => expect(folded(frames)).toEqual(folded(frames))), { numRuns: Math.ceil(NUM_RUNS / 4) });
  }, LIMIT_MS);

  it('can be interrupted at any frame: what is restored goes on as if nothing had happened', () => {
    const property = fc.property(hostileFrames, fc.nat(), (frames, place) => {
      const cut = place % frames.length;
      const before = new CompetitionState();
      fold(frames.slice(0, cut), before);
      const stored: unknown = JSON.parse(JSON.stringify(before.snapshot()));
      const after: string[] = [];
      fold(frames.slice(cut), CompetitionState.restore(stored), (outcome) => void after.push(JSON.stringify(outcome)));
      expect(after).toEqual(folded(frames).slice(cut));
    });
    fc.assert(property, { numRuns: Math.ceil(NUM_RUNS / 4) });
  }, LIMIT_MS);

  it('leaves the state within the limits, however long it goes on', () => {
    const state = new CompetitionState({ limits: SMALL });
    const most = 150_000;
    let largest = 0;
    const property = fc.property(hostileFrames, (frames) => {
      fold(frames, state, ({ unknownLines }) => expect(unknownLines.length).toBeLessThanOrEqual(SMALL.unknownLines));
      largest = Math.max(largest, JSON.stringify(state.snapshot()).length);
      return largest < most;
    });
    fc.assert(property, { numRuns: NUM_RUNS, endOnFailure: true });
    expect(largest).toBeGreaterThan(1_000);
  }, LIMIT_MS);
});

describe('frames that are cut between lines', () => {
  it('give the same laps, stops and table as whole ones', () => {
    const race = raceFrames(5, 10);
    const whole = new CompetitionState();
    fold(race, whole);
    const property = fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 400 }), (places) => {
      const state = new CompetitionState();
      fold(race.flatMap((frame, index) => cutAtLine(frame, places[index % places.length] ?? 0)), state);
      expect(state.view()).toEqual(whole.view());
    });
    fc.assert(property, { numRuns: Math.max(5, Math.ceil(NUM_RUNS / 20)) });
  }, LIMIT_MS);
});

function cutAtLine({ atMs, text }: Frame, place: number): Frame[] {
  const lines = text.split('\n');
  const cut = place % lines.length;
  return [{ atMs, text: lines.slice(0, cut).join('\n') }, { atMs, text: lines.slice(cut).join('\n') }];
}

describe('time spent', () => {
  const GROWTH = 8;
  const body = (count: number, part: string): string => part.repeat(count);
  it.each([
    ['junk without line ends', (n: number) => body(n, 'GET / HTTP/1.1 ')],
    ['lines of a cell', (n: number) => body(n, 'r11c6|in|3\n')],
    ['laps that come and go', (n: number) => body(n, 'r11c6|in|9\nr11c7|tn|1:00.000\nr11c6|in|3\n')],
    ['a title of brackets', (n: number) => `track||${body(n, '(1')}`],
    ['a title of dashes', (n: number) => `track||${body(n, '-1')}`],
    ['a title of blanks', (n: number) => `title2||${body(n, ' ')}x`],
    ['a name of brackets', (n: number) => `r11c5|drteam|${body(n, ' [1')}`],
    ['a text clock of digits', (n: number) => `dyn1|text|${body(n, '11 /')}`],
    ['a log of open tags', (n: number) => `com||${body(n, '<p><b>')}`],
    ['a table of open tags', (n: number) => `grid||${body(n, '<tr data-id="r11"><td data-id="r11c1">')}</tbody>`],
    ['a value of entities', (n: number) => `title1||${body(n, '&amp;&')}`],
  ])('grows no faster than the input with %s', (_name, make) => {
    // of this process alone: the machine may have other work
    const spent = (count: number): number => {
      const text = make(count);
      return Math.min(...[1, 2, 3].map(() => {
        const state = new CompetitionState();
        state.apply({ atMs: START_MS, text: raceFrames(1, 1)[0]?.text ?? '' });
        const before = process.cpuUsage();
        state.apply({ atMs: START_MS + 1, text });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      }));
    };
    const small = 5_000;
    expect(spent(small * GROWTH)).toBeLessThan(GROWTH * 4 * Math.max(spent(small), 2));
  }, 60_000);
});
