import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from '../options.js';
import { InventedFeed, RACE, THREE_TEAMS, gridOf, payloads } from '../../test/invented-feed.js';
import { type GridRow, readGrid } from './grid.js';

const read = (html: string, limits = {}) => readGrid(html, { ...DEFAULT_LIMITS, ...limits });

const cellsOf = (row: GridRow | undefined) => Object.entries(row?.cells ?? []);

describe(readGrid.name, () => {
  it('finds cells whose id stands on an element inside them', () => {
    const { rows } = read('<tr data-id="r1" data-pos="4"><td class="rk"><div><p data-id="r1c3" class="">4</p></div></td><td class="no"><div data-id="r1c4" class=" no255">12A</div></td></tr>');
    expect(rows).toHaveLength(1);
    expect(cellsOf(rows[0])).toEqual([
      ['3', { cls: '', value: '4' }],
      ['4', { cls: ' no255', value: '12A' }],
    ]);
  });

  it('orders rows by their place, not as they come', () => {
    const html = gridOf(['rk'], [{ code: 'r3', place: 3 }, { code: 'r1', place: 1 }, { code: 'r2', place: 2 }]).slice('grid||'.length);
    expect(read(html).rows.map(({ code, position }) => [code, position])).toEqual([['r1', 1], ['r2', 2], ['r3', 3]]);
  });

  it('reads entities and passes over markup in a cell', () => {
    const { rows } = read('<tr data-id="r1" data-pos="1"><td data-id="r1c1" class="dr">A &amp; B&#39;s <i>7</i><img src=x></td></tr>');
    expect(rows[0]?.cells[1]?.value).toBe("A & B's 7");
  });

  it.each(['', '<tbody></tbody>', '<table><tr><td>no ids</td></tr></table>', '<tr data-id="rX"><td data-id="rXc1">a</td></tr>', '<<<>', '<tr data-id="r1"'])('makes no rows of %j', (html) => {
    expect(read(html).rows).toEqual([]);
  });

  it('reads a header without rows', () => {
    expect(read('<tbody><tr data-id="r0" class="head" data-pos="0"><td data-id="c1" data-type="rk">Pos.</td></tr></tbody>')).toEqual({ header: [{ id: 1, type: 'rk', label: 'Pos.' }], rows: [] });
  });

  it('takes a row that comes twice once, and a cell of another row not at all', () => {
    const row = '<tr data-id="r1" data-pos="1"><td data-id="r1c1">A</td><td data-id="r2c2">B</td></tr>';
    const { rows } = read(row + row);
    expect(rows).toHaveLength(1);
    expect(cellsOf(rows[0])).toHaveLength(1);
  });

  it('leaves out what is beyond its limits', () => {
    const html = gridOf(['rk', 'no', 'dr'], THREE_TEAMS).slice('grid||'.length);
    const grid = read(html, { rows: 2, columns: 2 });
    expect(grid.header.map(({ id }) => id)).toEqual([1, 2]);
    expect(grid.rows.map((row) => [row.code, cellsOf(row).map(([column]) => column)])).toEqual([['r11', ['1', '2']], ['r12', ['1', '2']]]);
  });
});

describe('a page', () => {
  it('is told whole by one initialize after the start of its session', () => {
    const { opening } = new InventedFeed();
    expect(opening).toMatchObject({ session: 1, isInit: true, counts: { unknown: 0 } });
    expect(opening.actions.map(({ type }) => type)).toEqual(['start-session', 'initialize']);
    expect(payloads(opening, 'initialize')).toMatchObject([
      {
        session: 1, stage: 'race', stage_text: 'CARRERA', title1: 'WINTER CUP', title2: 'CARRERA', track: 'RING', ranking: 'laps', status: 'ongoing', flag: 'green',
        participants: [
          { participant_code: 'r11', position: 1, kart_number: 7, number_text: '7', team_name: 'NORTH WIND', driver_name: null, laps: 0, last_time: null, number_pits: 0 },
          { participant_code: 'r12', position: 2 },
          { participant_code: 'r13', position: 3, team_name: '24H OWLS' },
        ],
        parsers_settings: { 'timing-lap': 'c6', 'timing-last-time': 'c7', 'timing-number-pits': 'c12' },
      },
    ]);
  });

  it('says what each row has done before it was joined, and lists none of it', () => {
    const rows = [{ code: 'r10', place: 1 }, { code: 'r11', place: 2, cells: { tlp: '143', llp: ['tn', '1:05.739'] as const, blp: '1:04.100', pit: '2', gap: '1 Lap', rk: '2' } }];
    const feed = new InventedFeed({ rows });
    expect(feed.row('r11')).toMatchObject({ laps: 143, lastLapMs: 65_739, bestLapMs: 64_100, stops: 2, gap: { value: 1, unit: 'laps' } });
    expect(feed.state.view().lapList).toEqual([]);
    expect(payloads(feed.send(feed.lap('r11', 144, '1:06.000')), 'add-lap')).toMatchObject([{ ordinal: 1, lap: 144 }]);
  });

  it.each([['a header alone', gridOf(RACE, [])], ['nothing at all', 'grid||<tbody></tbody>']])('may hold %s', (_name, grid) => {
    const feed = new InventedFeed();
    const outcome = feed.send(['init|r|', 'title1||WINTER CUP', 'title2||HEAT 2', grid, 'msg||']);
    expect(payloads(outcome, 'initialize')).toMatchObject([{ session: 2, participants: [] }]);
  });

  it('may hold flag, clock and track before or after its table', () => {
    const grid = gridOf(RACE, THREE_TEAMS);
    const titles = ['init|r|', 'title1||WINTER CUP', 'title2||CARRERA'];
    const others = ['light|ly|', 'dyn1|countdown|60000', 'track||OVAL', 'msg||'];
    const first = new InventedFeed({ title2: 'CRONO', letter: 'p' }).send([...titles, grid, ...others]);
    const last = new InventedFeed({ title2: 'CRONO', letter: 'p' }).send([...titles, ...others, grid]);
    expect(first.actions).toEqual(last.actions);
    expect(payloads(first, 'initialize')).toMatchObject([{ flag: 'yellow', remaining_length: { value: 60_000, unit: 'millis' }, track: 'OVAL' }]);
  });

  it('may be followed by updates in the same frame', () => {
    const feed = new InventedFeed({ title2: 'CRONO', letter: 'p' });
    const outcome = feed.send(['init|r|', 'title2||CARRERA', gridOf(RACE, THREE_TEAMS), 'r13|#|1', 'r12|#|3', 'r11|#|2']);
    expect(payloads(outcome, 'initialize')[0]?.participants.map(({ participant_code }) => participant_code)).toEqual(['r13', 'r11', 'r12']);
  });

  it('rebuilds the columns', () => {
    const feed = new InventedFeed({ title2: 'CRONO', letter: 'p', columns: ['rk', 'dr', 'llp', 'tlp'] });
    feed.send(['init|r|', 'title2||CARRERA', gridOf(['rk', 'dr', 'tlp', 'llp'], THREE_TEAMS)]);
    feed.send('r11c3|in|1\nr11c4|tn|1:06.000\nr11|*|66000|');
    expect(feed.row('r11')).toMatchObject({ laps: 1, lastLapMs: 66_000 });
  });

  it('takes the columns that a person has set', () => {
    const feed = new InventedFeed({ columns: ['rk', 'dr', '', 'llp'] }, { columnOverrides: { 'timing-lap': 'c3' } });
    feed.send('r11c3|in|1\nr11c4|tn|1:06.000');
    expect(feed.row('r11').laps).toBe(1);
  });
});
