import { describe, expect, it } from '@jest/globals';
import { linesLike, plain, qualifying, told } from '../../../test/scripted-feed.js';
import { spanishSprint } from '../dialects/spanish.js';
import { flickerTitles, tellLateTitles, titles } from './titles.js';

const TITLES = /^title\d\|/;

describe(titles.name, () => {
  it('stand in the page: the event, and the session in the language of the page or as the circuit calls it', () => {
    expect(told(plain, [])[0]?.text).toContain('title1||12H RESISTENCIA\ntitle2||ENDURANCE \n');
    expect(told({ ...spanishSprint, oddities: [] }, [], { frame: qualifying })[0]?.text).toContain('title2||SUPERPOLE HEAT A-B\n');
  });
});

describe(tellLateTitles.name, () => {
  it('come forty seconds after a page in which they are empty where the circuit does', () => {
    const frames = told({ ...plain, oddities: ['titles-late'] }, []);
    expect(frames[0]?.text).toContain('title1||\ntitle2||\n');
    expect(linesLike(frames, TITLES)).toEqual([[-20_000, 'title1||12H RESISTENCIA'], [-20_000, 'title2||ENDURANCE ']]);
  });
});

describe(flickerTitles.name, () => {
  it('are those of another session for seven seconds of the race where the circuit does', () => {
    const frames = told({ ...plain, oddities: ['titles-flicker'] }, [], { untilMs: 200_000 });
    expect(linesLike(frames, TITLES)).toEqual([[150_000, 'title2||ENTRENOS LIBRES'], [157_000, 'title2||ENDURANCE ']]);
  });
});
