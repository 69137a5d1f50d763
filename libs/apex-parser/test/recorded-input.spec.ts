import { expect, it } from '@jest/globals';
import { describeWithRecordings } from '@lts/testing';
import fc from 'fast-check';
import { CompetitionState, type Frame, type FrameOutcome } from '../src/index.js';
import { checked } from './checked-fold.js';
import { damaged, damages } from './hostile-feed.js';
import { recordedFrames, recordingNames } from './recorded-frames.js';

const WINDOW = 400;
const LIMIT_MS = 120_000;

describeWithRecordings('real frames', (folder) => {
  const names = recordingNames(folder);
  const recordings = new Map<string, Frame[]>(folder === '' ? [] : names.map((name) => [name, recordedFrames(folder, name)]));

  it.each(names)('of %s that are damaged throw nothing and give plain actions', (name) => {
    const frames = recordings.get(name) ?? [];
    const pages = frames.flatMap(({ text }, index) => (text.includes('grid||') ? [index] : []));
    const property = fc.property(fc.nat(frames.length - 1), damages, (place, list) => {
      const page = pages.findLast((index) => index <= place) ?? 0;
      const window = [...frames.slice(page, page + 1), ...frames.slice(place, place + WINDOW)];
      checked(damaged(window, list));
    });
    fc.assert(property, { numRuns: 40 });
  }, LIMIT_MS);

  it.each(names)('of %s tell the same without the lines that no rule knows', (name) => {
    const [whole, clean] = [new CompetitionState(), new CompetitionState()];
    for (const { atMs, text } of recordings.get(name) ?? []) {
      const { outcome, lines } = whole.explain({ atMs, text });
      const told = clean.apply({ atMs, text: lines.flatMap((line) => (line.rule === 'unknown' ? [] : [line.text])).join('\n') });
      if (JSON.stringify(told.actions) !== JSON.stringify(outcome.actions)) throw new Error(`Dirt changed ${JSON.stringify(text)}`);
    }
    expect(clean.snapshot()).toEqual(whole.snapshot());
  }, LIMIT_MS);

  it.each(names)('of %s go on as if nothing had happened when the fold is restored at random places', (name) => {
    const frames = recordings.get(name) ?? [];
    const whole = new CompetitionState();
    const outcomes: FrameOutcome[] = frames.map((frame) => whole.apply(frame));
    for (const cut of fc.sample(fc.nat(frames.length - 1), 4)) {
      const before = new CompetitionState();
      for (const frame of frames.slice(0, cut)) before.apply(frame);
      const after = CompetitionState.restore(JSON.parse(JSON.stringify(before.snapshot())));
      const differing = frames.slice(cut).findIndex((frame, index) => JSON.stringify(after.apply(frame)) !== JSON.stringify(outcomes[cut + index]));
      expect({ cut, differing }).toEqual({ cut, differing: -1 });
      expect(after.snapshot()).toEqual(whole.snapshot());
    }
  }, LIMIT_MS);
});
