import { describe, expect, it } from '@jest/globals';
import { FOXES, OWLS, at, flag, lap, linesLike, plain, qualifying, told } from '../../../test/scripted-feed.js';
import { tellBestOnTicker, tellNextOnTicker } from './ticker.js';

const FOOT = /^msg\|/;

describe(tellBestOnTicker.name, () => {
  const laps = [at(66_000, lap(FOXES, 1, 66_000)), at(140_000, lap(OWLS, 2, 67_000))];

  it('tells a best lap of the race with its owner and speed, five seconds later and for twenty', () => {
    expect(linesLike(told({ ...plain, oddities: ['bests-on-ticker'] }, laps, { untilMs: 200_000 }), FOOT)).toEqual([[71_000, 'msg||Mejor vuelta : FOXES - 1:06.000 (60.00 Km/h)'], [91_000, 'msg||']]);
  });

  it('tells none in a session for the best lap, nor at other circuits', () => {
    expect(linesLike(told({ ...plain, oddities: ['bests-on-ticker'] }, laps, { frame: qualifying, untilMs: 200_000 }), FOOT)).toEqual([]);
    expect(linesLike(told(plain, laps, { untilMs: 200_000 }), FOOT)).toEqual([]);
  });
});

describe(tellNextOnTicker.name, () => {
  it('tells after the flag what comes next, with a bar in the text', () => {
    const frames = told({ ...plain, oddities: ['next-on-ticker'] }, [at(66_000, flag('chequered', 'finish', null))], { untilMs: 200_000 });
    expect(linesLike(frames, FOOT)).toEqual([[86_000, 'msg|msgt|Next : 12H RESISTENCIA | ENDURANCE ']]);
  });
});
