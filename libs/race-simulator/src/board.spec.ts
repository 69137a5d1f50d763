import { describe, expect, it } from '@jest/globals';
import { Board, driverText } from './board.js';
import { type Kart, startingGrid } from './kart.js';
import { raceOptions } from './race-options.js';
import { SeededRandom } from './seeded-random.js';

const MINUTE_MS = 60_000;
const options = raceOptions({ seed: 2, teams: 2 });

function boardOfTwo(): { board: Board; kart: Kart } {
  const karts = startingGrid(options, new SeededRandom(2));
  const [kart] = karts;
  if (kart === undefined) throw new Error('There are two karts.');
  return { board: new Board(karts), kart };
}

describe(Board.name, () => {
  it('turns changes into the lines of one frame, in their order', () => {
    const { board, kart } = boardOfTwo();
    board.set(kart, 'laps', 'in', '3');
    board.head('light', 'lg|');
    board.say(`${kart.code}|*|61000|`);
    expect(board.frame()).toBe(`${kart.code}c5|in|3\nlight|lg|\n${kart.code}|*|61000|\n`);
    expect(board.frame()).toBeNull();
  });

  it('says nothing of a cell that stays as it is, but tells a new class of the same text', () => {
    const { board, kart } = boardOfTwo();
    board.set(kart, 'best', 'tb', '1:01.000');
    board.frame();
    board.set(kart, 'best', 'tb', '1:01.000');
    expect(board.frame()).toBeNull();
    board.set(kart, 'best', 'in', '1:01.000');
    expect(board.frame()).toBe(`${kart.code}c7|in|1:01.000\n`);
  });

  it('has the changes in the page, with the id of position and number on the inner element', () => {
    const { board, kart } = boardOfTwo();
    board.head('light', 'lg|');
    board.set(kart, 'position', '', '2');
    const page = board.page();
    expect(page).toContain('\nlight|lg|\n');
    expect(page).toContain(`<tr data-id="${kart.code}" data-pos="2">`);
    expect(page).toContain(`<td class="rk"><div><p data-id="${kart.code}c2" class="">2</p></div></td>`);
    expect(page).toContain(`<td class="no"><div data-id="${kart.code}c3" class="no1">1</div></td>`);
  });

  it('keeps the table on one line', () => {
    const grids = boardOfTwo().board.page().split('\n').filter((line) => line.startsWith('grid|'));
    expect(grids).toHaveLength(1);
    expect(grids[0]).toMatch(/^grid\|\|<tbody>.*<\/tbody>$/);
  });
});

describe(driverText.name, () => {
  it('counts the time on track of the one who drives', () => {
    const { kart } = boardOfTwo();
    expect(driverText(kart, options.startMs + 61 * MINUTE_MS)).toBe('DRIVER 1A [1:01]');
  });

  it('stands still in the pit', () => {
    const { kart } = boardOfTwo();
    kart.drivenMs = [17 * MINUTE_MS, 0, 0];
    kart.inPit = true;
    expect(driverText(kart, options.startMs + 61 * MINUTE_MS)).toBe('DRIVER 1A [0:17]');
  });
});
