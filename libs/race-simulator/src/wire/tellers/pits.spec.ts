import { describe, expect, it } from '@jest/globals';
import { FOXES, at, firstPassage, lap, linesAt, linesLike, pitIn, pitOut, plain, told } from '../../../test/scripted-feed.js';
import { germanSwaps } from '../dialects/others.js';
import { tellBreakdown, tellPitIn, tellPitOut } from './pits.js';

const STOP = [at(61_000, pitIn(FOXES, 1)), at(180_400, pitOut(FOXES, 61_000))];

describe(tellPitIn.name, () => {
  it('tells an entry by status, clock, count and mark in one frame', () => {
    expect(linesAt(told(plain, STOP), 61_000)).toEqual(['r22770c2|si|', 'r22770c11|to|00.', 'r22770c13|in|1', 'r22770|*in|0']);
  });

  it('sends the status a frame later where entries are split', () => {
    const frames = told({ ...plain, shares: { ...plain.shares, splitEntries: 1 } }, STOP);
    expect([linesAt(frames, 61_000), linesAt(frames, 61_200)]).toEqual([['r22770c11|to|00.', 'r22770c13|in|1', 'r22770|*in|0'], ['r22770c2|si|']]);
  });

  it('empties the stop count and fills it a second later where the circuit does', () => {
    const frames = told({ ...plain, oddities: ['stop-count-emptied'] }, [at(61_000, pitIn(FOXES, 1)), at(90_000, pitOut(FOXES, 61_000)), at(110_000, pitIn(FOXES, 2))]);
    expect(linesLike(frames, /^r22770c13\|/)).toEqual([[62_000, 'r22770c13|in|1'], [110_000, 'r22770c13|in|'], [111_000, 'r22770c13|in|2']]);
  });
});

describe(tellPitOut.name, () => {
  it('tells an exit by status and mark, and leaves the last value of the pit clock there', () => {
    const frames = told(plain, [...STOP, at(188_000, lap(FOXES, 1, 188_000))], { untilMs: 300_000 });
    expect(linesAt(frames, 180_400)).toEqual(['r22770c2|so|', 'r22770|*out|0']);
    expect(linesLike(frames, /^r22770c11\|/).filter(([ms]) => ms > 179_000).slice(0, 2)).toEqual([[180_000, 'r22770c11|to|1:59.'], [188_000, 'r22770c11|in|0:00']]);
  });

  it('writes the time in the pits in minutes and seconds where there is a column for it', () => {
    const frames = told({ ...germanSwaps, names: plain.names, shares: plain.shares }, STOP, { untilMs: 300_000 });
    expect(linesLike(frames, /^r22770c14\|/)).toEqual([[180_400, 'r22770c14|in|01:59']]);
  });

  it('clears the last lap where the circuit does', () => {
    const frames = told({ ...plain, oddities: ['last-lap-cleared'] }, [at(50_000, lap(FOXES, 1, 50_000)), ...STOP], { untilMs: 300_000 });
    expect(linesAt(frames, 180_400)).toEqual(['r22770c2|so|', 'r22770c7||', 'r22770|*out|0']);
  });

  it('marks the first way out of a session as an exit, or says nothing of it', () => {
    const out = [at(5_000, pitOut(FOXES, null))];
    expect(linesAt(told(plain, out), 5_000)).toEqual(['r22770c2|so|', 'r22770|*out|0']);
    expect(linesAt(told({ ...plain, oddities: ['silent-first-exit'] }, out), 5_000)).toEqual([]);
  });
});

describe(tellBreakdown.name, () => {
  it('shows a kart that stands on the track by its status at most, and stops its clock when it is final', () => {
    const frames = told(plain, [at(3_000, firstPassage(FOXES)), at(90_000, { kind: 'breakdown', entry: FOXES, final: true })], { untilMs: 400_000 });
    expect(linesLike(frames, /^r22770/).filter(([ms]) => ms > 89_000).every(([, line]) => line === 'r22770c2|ss|')).toBe(true);
  });
});
