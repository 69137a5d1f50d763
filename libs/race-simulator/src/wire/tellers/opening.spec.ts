import { describe, expect, it } from '@jest/globals';
import { at, pitIn, FOXES, linesLike, plain, qualifying, told } from '../../../test/scripted-feed.js';
import { englishChampionship, germanSwaps, italianLate } from '../dialects/others.js';
import { spanishChampionship } from '../dialects/spanish.js';
import { openSession } from './opening.js';

/** The targets of a page in their order, each once. */
function targets(page = ''): string[] {
  return page.trimEnd().split('\n').map((line) => line.split('|')[0] ?? '').filter((target, index, all) => target !== all[index - 1]);
}

describe(openSession.name, () => {
  it('sends one page, ranked by laps for a race and by best time otherwise, with the lines of the server in their order', () => {
    const frames = told(plain, []);
    expect(frames[0]).toMatchObject({ atMs: -60_000, text: expect.stringMatching(/^init\|r\|\n/) });
    expect(targets(frames[0]?.text)).toEqual(['init', 'best', 'css', 'effects', 'comments', 'title1', 'title2', 'dyn1', 'light', 'wth1', 'wth2', 'wth3', 'track', 'com', 'grid', 'msg']);
    expect(told(plain, [], { frame: qualifying })[0]?.text).toMatch(/^init\|p\|\n/);
    expect(targets(told(spanishChampionship, [])[0]?.text)).toEqual(['init', 'gmt', 'css', 'title1', 'title2', 'dyn1', 'dyn2', 'light', 'wth1', 'wth2', 'wth3', 'comments', 'track', 'gridb', 'chp', 'gridc', 'com', 'msg', 'grid']);
  });

  it('has a row for each team in the order of the grid, with nothing done yet', () => {
    const page = told(plain, [])[0]?.text ?? '';
    expect([...page.matchAll(/<tr data-id="(\w+)" (?:class="head" )?data-pos="(\d)"/g)].map(([, row, place]) => `${row} ${place}`)).toEqual(['r0 0', 'r22770 1', 'r22771 2', 'r22772 3']);
    expect(page).toContain('<td class="rk"><div><p data-id="r22770c3" class="">1</p></div></td><td class="no"><div data-id="r22770c4" class="no');
    expect(page).toContain('<td data-id="r22770c5" class="dr">FOXES</td><td data-id="r22770c6" class="in"></td>');
  });

  it('shows the karts instead of the numbers, a dash for no best lap, and the parts of a name where the circuit does', () => {
    expect(told(germanSwaps, [])[0]?.text).toMatch(/data-id="r22770c3" class="no\d+">01</);
    const trial = told(englishChampionship, [], { frame: qualifying })[0]?.text ?? '';
    expect(trial).toContain('class="ib">-<');
    expect(trial).toContain('data-type="" data-pr="4" data-width="10" data-min="7">First name</td>');
    expect(trial).toContain('class="in">ALBA</td>');
    expect(told({ ...italianLate, joinedAfterMs: null }, [])[0]?.text).toContain('class="in">PRO CLUB</td>');
  });

  it('sends an empty table, or one with only its header, and the entries twenty seconds later where the circuit does', () => {
    const empty = told({ ...plain, oddities: ['empty-table-first'] }, []);
    expect(empty[0]?.text).toContain('grid||<tbody></tbody>\n');
    expect(empty[1]).toMatchObject({ atMs: -40_000, text: expect.stringContaining('<tr data-id="r22770"') });
    const header = told({ ...plain, oddities: ['header-first'] }, [])[0]?.text ?? '';
    expect(header.match(/<tr /g)).toHaveLength(1);
    expect(header).toContain('>Última vuelta</td>');
  });

  it('keeps of a former session nothing in the table', () => {
    const frames = told(plain, [at(30_000, pitIn(FOXES, 1)), { ...at(90_000, { kind: 'session-begins', frame: qualifying, lineUps: [{ entry: FOXES, driver: 'ALBA FOXES', kart: { name: 'K01', qualityMs: 0 } }] }) }], { untilMs: 100_000 });
    const second = frames.filter(({ text }) => text.startsWith('init|'))[1]?.text ?? '';
    expect(second).toContain('<td data-id="r22770c13" class="in"></td>');
    expect(linesLike(frames, /^r22770c11\|to/).every(([ms]) => ms <= 90_000)).toBe(true);
  });
});
