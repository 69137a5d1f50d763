import { describe, expect, it } from '@jest/globals';
import { linesLike, plain, told } from '../../../test/scripted-feed.js';
import { changeWeather, weather } from './weather.js';

describe(weather.name, () => {
  it('is a sun and no words, or air and track where the circuit measures them', () => {
    expect(told(plain, [])[0]?.text).toContain('wth1|ws|\nwth2||\nwth3||\n');
    expect(told({ ...plain, oddities: ['weather'] }, [])[0]?.text).toMatch(/wth1\|ws\|\nwth2\|\|Aire : \d\d°C\nwth3\|\|Pista : Seco\n/);
  });
});

describe(changeWeather.name, () => {
  it('changes every four minutes of a session', () => {
    const frames = told({ ...plain, oddities: ['weather'] }, [], { untilMs: 600_000 });
    expect(linesLike(frames, /^wth1\|w[smco]\|$/).map(([ms]) => ms)).toEqual([240_000, 480_000]);
    expect(linesLike(frames, /^wth2\|\|Aire : \d\d°C$/)).toHaveLength(2);
  });
});
