import { describe, expect, it } from '@jest/globals';
import { CompetitionState } from '../../src/index.js';
import { InventedFeed, RACE, SPRINT, THREE_TEAMS, gridOf, pageOf, payloads, typesOf } from '../invented-feed.js';

/** A table whose header cells are written as given: type and label. */
function labelled(header: readonly (readonly [type: string, label: string])[], cells: readonly string[] = []): string {
  const head = header.map(([type, label], index) => `<td data-id="c${index + 1}" data-type="${type}">${label}</td>`).join('');
  const row = cells.map((html, index) => `<td data-id="r51c${index + 1}" class="in">${html}</td>`).join('');
  return `grid||<tbody><tr data-id="r0" class="head">${head}</tr><tr data-id="r51" data-pos="1">${row}</tr></tbody>`;
}

/** A new session with that table. */
function withTable(header: readonly (readonly [string, string])[], cells: readonly string[] = []): InventedFeed {
  const feed = new InventedFeed();
  feed.send(['init|r|', 'title2||HEAT 9', labelled(header, cells)]);
  return feed;
}

const told = (feed: InventedFeed, line: string): unknown[] => feed.send(line).actions.map(({ type, data }) => [type, data]);

describe('lines', () => {
  it('an empty payload is a sign of life and nothing else', () => {
    expect(new InventedFeed().send('')).toMatchObject({ actions: [], counts: { lines: 0, unknown: 0 } });
  });

  it('line ends of both kinds and blank lines say nothing', () => {
    const feed = new InventedFeed();
    expect(feed.send('r11c6|in|3\r\n\n \t\r\n').counts).toEqual({ lines: 1, unknown: 0 });
    expect(feed.row('r11').laps).toBe(3);
  });

  it.each(['GET / HTTP/1.1', 'Host: 10.0.0.1:8090', 'MGLNDD_10.0.0.1_8090', '\u0016\u0003|\u0001|x'])('junk of scanners is counted and passed over: %j', (junk) => {
    const feed = new InventedFeed();
    expect(feed.send(`${junk}\nlight|ly|`)).toMatchObject({ counts: { lines: 2, unknown: 1 }, actions: [{ type: 'update-flag' }] });
  });

  it('missing fields of a line are empty', () => {
    expect(payloads(new InventedFeed().send('light|ly'), 'update-flag')).toEqual([{ flag: 'yellow', text: 'ly' }]);
    expect(new InventedFeed().send('init')).toMatchObject({ counts: { lines: 1, unknown: 0 } });
  });

  it('bars in a text belong to it', () => {
    expect(payloads(new InventedFeed().send('msg||A | B'), 'add-message')).toMatchObject([{ text: 'A | B' }]);
  });

  it('a page may come in several frames, and updates in the frame of a page', () => {
    const feed = new InventedFeed({ letter: 'p', title2: 'CRONO' });
    feed.send(['init|r|', 'title2||CARRERA']);
    feed.send([gridOf(RACE, THREE_TEAMS), 'r11c6|in|4'], 100);
    feed.send('msg||', 100);
    expect(feed.row('r11').laps).toBe(4);
    expect(feed.state.view().competition).toMatchObject({ session: 2, stage: 'race' });
  });

  it('the table may come before the ticker, or last', () => {
    const head = ['init|r|', 'title2||HEAT 1', 'light|lg|'];
    const [first, last] = [[...head, gridOf(RACE, THREE_TEAMS), 'msg||'], [...head, 'msg||', gridOf(RACE, THREE_TEAMS)]].map((lines) => new CompetitionState().apply({ atMs: 1, text: lines.join('\n') }));
    expect(first?.actions).toEqual(last?.actions);
  });

  it('an update before any page is dropped and said to have no place', () => {
    expect(new CompetitionState().apply({ atMs: 1, text: 'r59c2|in|\nr59|*|1|' })).toMatchObject({ actions: [], counts: { unknown: 0 }, unplaced: { rows: 2, columns: 0 } });
  });

  it('an update of an unknown row makes no team of its id', () => {
    const feed = new InventedFeed();
    expect(feed.send('r999c5|dr|X')).toMatchObject({ actions: [], unplaced: { rows: 1, columns: 0 } });
    expect(feed.state.view().rows).toHaveLength(3);
  });

  it('an update of an unknown column is ignored and counted', () => {
    expect(new InventedFeed().send('r11c99|in|1')).toMatchObject({ actions: [], unplaced: { rows: 0, columns: 1 } });
  });

  it('row ids of nine digits are ids like others', () => {
    const feed = new InventedFeed({ rows: [{ code: 'r900027142', cells: { dr: ['dr', 'FAR OUT'] } }] });
    feed.send('r900027142c5|drteam|NAME First');
    expect(feed.row('r900027142')).toMatchObject({ team: 'FAR OUT', driver: 'NAME First' });
  });

  it('side tables are no rows of the race', () => {
    const feed = new InventedFeed();
    feed.send('br4c1|in|Lap\nbr4c2|in|7');
    expect(payloads(feed.send('br4c3|ib|1:34.410\ncr1c2|in|12'), 'update-session-best')).toEqual([{ place: 4, label: 'Lap', number_text: '7', text: '1:34.410', time_ms: 94_410 }]);
    expect(feed.state.view().rows).toHaveLength(3);
  });

  it('the table of bests comes whole as well', () => {
    const outcome = new InventedFeed().send('gridb||<tr data-id="br1"><td data-id="br1c1">S1</td><td data-id="br1c2">21</td><td data-id="br1c3">20.300</td></tr>');
    expect(payloads(outcome, 'update-session-best')).toEqual([{ place: 1, label: 'S1', number_text: '21', text: '20.300', time_ms: 20_300 }]);
  });

  it('another header of an untyped column changes what it means', () => {
    const feed = withTable([['no', ''], ['', 'Km/h']], ['3', '']);
    feed.send('r0c2||Vueltas');
    feed.send('r51c2|in|5');
    expect(feed.row('r51').laps).toBe(5);
  });

  it('blanks of all kinds around a value are trimmed', () => {
    const feed = new InventedFeed();
    feed.send('r11c6|in|\u00a07 \nr11c7|tn|\u00a059.340\nr11c5|dr|\u2003NORTH&nbsp;&nbsp;WIND ');
    expect(feed.row('r11')).toMatchObject({ laps: 7, lastLapMs: 59_340, team: 'NORTH WIND' });
  });

  it('the word by which the poll asks for a reload is no line of the protocol', () => {
    expect(new InventedFeed().send('REFRESH_BROWSER')).toMatchObject({ actions: [], counts: { lines: 1, unknown: 1 } });
  });
});

describe('the table', () => {
  it('the class says nothing of what a cell holds: the header does', () => {
    const feed = new InventedFeed();
    feed.send(['r11c6|in|143', 'r11c12|in|2', 'r11c11|in|1:10', 'r11c10|in|1:06.019', 'r11c2|in|']);
    expect(feed.row('r11')).toMatchObject({ laps: 143, stops: 2, bestLapMs: 66_019, lastLapMs: null, state: 'running' });
  });

  it('a sector that wears the class of a lap is a sector', () => {
    const feed = new InventedFeed({ columns: ['rk', 'no', 'dr', 's1', 's2', 's3', 'llp'] });
    expect(told(feed, 'r11c4|tn|26.20')).toEqual([['update-timing-sector', { participant_code: 'r11', sector: 1, time_ms: 26_200 }]]);
  });

  it('position and number carry their id on an inner element', () => {
    expect(payloads(new InventedFeed().opening, 'initialize')[0]?.participants[1]).toMatchObject({ number_text: '21', position: 2 });
  });

  it('a row with an empty position has its place in the table only', () => {
    const feed = new InventedFeed({ rows: [{ code: 'r11', place: 2 }, { code: 'r12', place: 1 }] });
    expect(feed.state.view().rows.map(({ code, position }) => [code, position])).toEqual([['r12', 1], ['r11', 2]]);
  });

  it('rows are ordered by their place, not as they come', () => {
    const feed = new InventedFeed({ rows: [{ code: 'r13', place: 3 }, { code: 'r11', place: 1 }, { code: 'r12', place: 2 }] });
    expect(feed.state.view().rows.map(({ code }) => code)).toEqual(['r11', 'r12', 'r13']);
  });

  it.each(['grid||<tbody></tbody>', gridOf(RACE, [])])('an empty table is a session without rows', (grid) => {
    expect(payloads(new InventedFeed().send(['init|r|', 'title2||HEAT 2', grid]), 'initialize')).toMatchObject([{ session: 2, participants: [] }]);
  });

  it.each(['Vueltas', 'Tours', 'Laps', 'Giri', 'Voltas', 'Runden', 'Ronden'])('an untyped column named %s counts laps', (label) => {
    const feed = withTable([['no', ''], ['', label]], ['3', '4']);
    expect(feed.row('r51').laps).toBe(4);
  });

  it('an untyped column of penalties holds their text', () => {
    const feed = withTable([['no', ''], ['', 'Penalización']], ['3', '']);
    expect(payloads(feed.send('r51c2|pena1|1 Vta.'), 'add-penalty')).toMatchObject([{ text: '1 Vta.', laps: 1, penalty: 'laps' }]);
  });

  it('an untyped column whose cells wear the style of penalties holds them, whatever it is called, also in the next page', () => {
    const table = labelled([['no', 'Kart'], ['', 'Sanc.'], ['', 'Club']], ['3', '', 'NORTH']);
    const feed = new InventedFeed();
    feed.send(['init|r|', 'title2||HEAT 9', table]);
    expect(typesOf(feed.send('r51c2|in|x'))).toEqual(['update-free-cell']);
    expect(payloads(feed.send('r51c2|pena1|1 Vta.'), 'add-penalty')).toMatchObject([{ text: '1 Vta.', laps: 1 }]);
    feed.send(['init|r|', table.replace('<td data-id="r51c2" class="in">', '<td data-id="r51c2" class="">1 Vta.')]);
    expect(payloads(feed.send('r51c2|pena1|2 Vta.'), 'add-penalty')).toMatchObject([{ laps: 2 }]);
    expect(typesOf(feed.send('com||<p><b>10:31</b><span data-flag="penalty"></span><span class="com_no">3</span>2 Vta.</p>'))).toEqual(['add-message']);
    const restored = CompetitionState.restore(feed.state.snapshot());
    const page = { atMs: feed.atMs + 5_000, text: ['init|r|', table].join('\n') };
    expect(restored.apply(page)).toEqual(feed.state.apply(page));
  });

  it('a page whose cells wear the style of penalties tells of the column at once', () => {
    const feed = new InventedFeed();
    feed.send(['init|r|', 'title2||HEAT 9', labelled([['no', 'Kart'], ['', 'Sanc.']], ['3', '1 Vta.']).replace('data-id="r51c2" class="in"', 'data-id="r51c2" class="pena1"')]);
    expect(payloads(feed.send('r51c2|pena1|2 Vta.'), 'add-penalty')).toMatchObject([{ text: '2 Vta.' }]);
  });

  it.each([['rkb', '2', '2'], ['rkw', '1', '-1'], ['rke', '0', '0']])('places gained or lost are told with their sign: %s %s', (cls, text, told) => {
    const feed = withTable([['no', 'Kart'], ['rku', '+/-']], ['3', '']);
    expect(payloads(feed.send(`r51c2|${cls}|${text}`), 'update-free-cell')).toEqual([{ participant_code: 'r51', column: 2, type: 'rku', label: '+/-', text: told }]);
  });

  it('an untyped category is one, and may be blank', () => {
    const feed = withTable([['no', ''], ['', 'Categoría']], ['3', 'PRO']);
    expect(told(feed, 'r51c2|in|')).toEqual([['update-participant-details', { participant_code: 'r51', category: null, nationality: null, plate: 'in' }]]);
    expect(told(feed, 'r51c2|in|AM')).toMatchObject([['update-participant-details', { category: 'AM' }]]);
  });

  it('where type and label disagree, the type counts, and people are told at each page', () => {
    const table = labelled([['no', 'Kart'], ['gap', 'Pits'], ['class', 'Class']], ['3', '2.500', 'PRO']);
    const feed = new InventedFeed();
    const warnings = [feed.send(['init|r|', 'title2||HEAT 9', table]), feed.send('r51c2|in|2.600'), feed.send(['init|r|', table])].map((outcome) => outcome.warnings);
    const warning = 'Column c2 has the type "gap" (gap) and the label "Pits" (stops). The type counts; a parser setting can say otherwise.';
    expect(warnings).toEqual([[warning], [], [warning]]);
    expect(feed.row('r51')).toMatchObject({ stops: 0, gap: { value: 2_500, unit: 'millis' } });
  });

  it('nothing is told of a contradiction where a person has said what the column is', () => {
    const feed = new InventedFeed({}, { columnOverrides: { 'timing-number-pits': 'c2' } });
    expect(feed.send(['init|r|', 'title2||HEAT 9', labelled([['no', 'Kart'], ['gap', 'Pits']], ['3', '4'])]).warnings).toEqual([]);
    expect(feed.row('r51').stops).toBe(4);
  });

  it('the columns are read anew at each page', () => {
    const feed = withTable([['tlp', ''], ['llp', '']], ['3', '1:01.000']);
    feed.send(['init|r|', labelled([['llp', ''], ['tlp', '']], ['1:02.000', '4'])]);
    expect(feed.row('r51')).toMatchObject({ laps: 4, lastLapMs: 62_000 });
  });

  it('without a column of laps the last lap and the crossing count', () => {
    const feed = new InventedFeed({ columns: SPRINT });
    feed.send('r11c5|tn|59.000\nr11|*|59000|');
    expect(feed.row('r11').laps).toBe(1);
  });

  it('without a column of last laps a crossing is a lap without a time', () => {
    const feed = new InventedFeed({ columns: ['rk', 'no', 'dr'] });
    feed.send('r11|*|59000|');
    expect(feed.laps('r11')).toMatchObject([{ timeMs: null, reason: 'unconfirmed' }]);
  });

  it('sector columns may vanish in the next page', () => {
    const feed = withTable([['no', ''], ['s1', ''], ['llp', '']], ['3', '20.100', '1:00.000']);
    feed.send(['init|r|', labelled([['no', ''], ['llp', '']], ['3', '1:00.000'])]);
    expect(typesOf(feed.send('r51c2|tn|59.900\nr51|*|1|'))).not.toContain('update-timing-sector');
  });

  it('two columns of one type are both kept', () => {
    const feed = withTable([['gap', 'Gap'], ['no', ''], ['gap', 'Gap']], ['1 Lap', '3', '41.532']);
    expect(feed.row('r51').gap).toEqual({ value: 1, unit: 'laps' });
    feed.send('r51c1|in|');
    expect(feed.row('r51').gap).toEqual({ value: 41_532, unit: 'millis' });
  });

  it('a total race time in an untyped column is no lap', () => {
    const feed = withTable([['no', ''], ['', 'Time']], ['3', '']);
    expect(told(feed, 'r51c2|in|19:51.347')).toEqual([['update-free-cell', { participant_code: 'r51', column: 2, type: '', label: 'Time', text: '19:51.347' }]]);
    expect(feed.laps('r51')).toEqual([]);
    expect(feed.send('r51c2|in|19:51.347').actions).toEqual([]);
  });

  it('shows a row whose position cell is empty without a position, in the order of the table', () => {
    const feed = new InventedFeed({ columns: ['rk', 'no'], rows: [{ code: 'r11', place: 2, cells: { rk: '' } }, { code: 'r12', place: 1, cells: { rk: '1' } }] });
    const positions = () => feed.state.view().rows.map(({ code, position }) => [code, position]);
    expect(positions()).toEqual([['r12', 1], ['r11', null]]);
    feed.send('r11c1||2');
    expect(positions()).toEqual([['r12', 1], ['r11', 2]]);
    feed.send('r12c1||');
    expect(positions()).toEqual([['r12', null], ['r11', 2]]);
  });

  it('the page states free columns by their header', () => {
    const outcome = withTable([['no', ''], ['', 'Club'], ['sp1', 'Spd1']], ['3', 'NORTH', '']).send('init|r|');
    expect(payloads(outcome, 'initialize')[0]?.participants[0]?.free_cells).toEqual([{ column: 2, type: '', label: 'Club', text: 'NORTH' }]);
  });

  it.each(['\ufffdltima vuelta', '\\u00daltima vuelta'])('a damaged label does not matter where there is a type: %j', (label) => {
    expect(withTable([['no', ''], ['llp', label]], ['3', '59.000']).row('r51').lastLapMs).toBe(59_000);
  });

  it.each([['ESP nat', 'ESP'], [' nat', null]])('the nationality stands in the class: %j', (cls, nationality) => {
    const feed = new InventedFeed({ columns: ['rk', 'no', 'nat'], rows: [{ code: 'r11', cells: { nat: ['FRA nat', ''] } }] });
    expect(told(feed, `r11c3|${cls}|`)).toMatchObject([['update-participant-details', { nationality }]]);
  });

  it('a setting of a person wins over type and label', () => {
    const feed = new InventedFeed({ columns: ['rk', 'tlp', 'dr', 'x'] }, { columnOverrides: { 'timing-lap': 'c4' } });
    feed.send('r11c4|in|6\nr11c2|in|9');
    expect(feed.row('r11').laps).toBe(6);
  });
});

describe('a page sent again', () => {
  it('with rows in another order, added, removed and renumbered gives only the differences', () => {
    const feed = new InventedFeed();
    feed.send(feed.lap('r12', 1, '1:01.000'), 61_000);
    const rows = [
      { code: 'r12', cells: { no: '21', dr: ['dr', 'SLOW FOXES'] as const, tlp: '1', llp: ['tn', '1:01.000'] as const } },
      { code: 'r11', cells: { no: '77', dr: ['dr', 'NORTH WIND'] as const } },
      { code: 'r19', cells: { no: '9', dr: ['dr', 'LATE ONES'] as const } },
    ];
    const outcome = feed.send(pageOf({ rows }));
    expect(typesOf(outcome)).toEqual(['initialize', 'remove-participant']);
    expect(payloads(outcome, 'initialize')[0]?.participants.map(({ participant_code, number_text }) => [participant_code, number_text])).toEqual([['r12', '21'], ['r11', '77'], ['r19', '9']]);
    expect(feed.laps('r12')).toMatchObject([{ lap: 1, timeMs: 61_000 }]);
  });
});
