import type { SessionBegins } from '../../model/race-event.js';
import type { Entry } from '../../model/entry.js';
import { Standings } from '../../model/standings.js';
import { type Field, layout } from '../columns.js';
import type { FeedState } from '../feed-state.js';
import type { Line } from '../line.js';
import { type Row, newRow } from '../row.js';
import type { Cell } from '../screen.js';
import { clockBeforeStart } from './flags.js';
import { numberClass } from './log.js';
import { teamCell } from './names.js';

const COLOURS = ['#FF8080', '#0000FF', '#BDFB04', '#808000', '#FF8000', '#80FF00', '#00FFFF', '#C0C0C0'] as const;

/** A session is opened: a new table with empty cells, under red, with the planned length; its page is sent. */
export function openSession(state: FeedState, event: SessionBegins, rowId: (entry: Entry) => string): void {
  const { dialect, board, outbox, screen } = state;
  reset(state, event);
  for (const [place, { entry, driver }] of event.lineUps.entries()) state.rows.set(entry, newRow(rowId(entry), entry, driver, place));
  const rows = event.lineUps.map(({ entry, kart }, place) => {
    const row = state.rows.get(entry);
    return row === undefined ? [] : [{ id: row.id, cells: firstCells({ state, row, place, number: dialect.numbers === 'kart' ? kart.name.replace('K', '') : entry.number }) }];
  });
  const specs = event.frame.stage === 'race' ? dialect.columns.race : dialect.columns.trials;
  const table = board.open(event.frame.ranking === 'laps' ? 'r' : 'p', layout(specs, dialect.language), rows.flat());
  const heads = firstHeads(state, event);
  outbox.putAlone(state.nowMs, () => {
    screen.open(table, heads);
    return screen.page();
  });
}

function reset(state: FeedState, { frame, lineUps }: SessionBegins): void {
  state.frame = frame;
  state.standings = new Standings(frame.ranking, lineUps.map(({ entry }) => entry));
  state.rows.clear();
  state.running = false;
  state.over = false;
  state.runOut = false;
  state.leaderLapShown = '';
  state.showsDrivers = false;
  state.log = [];
  state.lastPass = null;
  state.bestSectorsMs = [];
  state.bestRow = null;
}

function firstCells({ state, row, place, number }: { state: FeedState; row: Row; place: number; number: string }): Map<Field, Cell> {
  const { entry } = row;
  const empty = { cls: '', text: '' };
  const plain = { cls: 'in', text: '' };
  return new Map<Field, Cell>([
    ['group', plain],
    ['status', { cls: state.frame?.ranking === 'laps' ? 'ss' : 'si', text: '' }],
    ['position', state.frame?.ranking === 'laps' ? { cls: '', text: String(place + 1) } : empty],
    ['startPosition', { cls: 'in', text: String(place + 1) }],
    ['number', { cls: numberClass(state, entry), text: number }],
    ['nation', { cls: `${entry.nation} nat`, text: '' }],
    ['category', { cls: 'dr', text: entry.category }],
    ['name', teamCell(state, row)],
    ['s1', empty],
    ['s2', empty],
    ['s3', empty],
    ['last', empty],
    ['best', plain],
    ['gap', plain],
    ['lapsBehind', plain],
    ['interval', plain],
    ['laps', plain],
    ['raceTime', plain],
    ['onTrack', plain],
    ['stops', plain],
    ['pitTime', plain],
    ['penalty', plain],
  ]);
}

function firstHeads(state: FeedState, { frame, lineUps }: SessionBegins): Line[] {
  const { dialect } = state;
  const { circuit } = dialect;
  const clock = clockBeforeStart(state);
  const head = (target: string, cls: string, value: string): Line => ({ kind: 'head', target, cls, value });
  const categories = [...new Set(lineUps.map(({ entry }) => numberClass(state, entry).trim()))];
  const track = dialect.flavour === 'rental' ? `${circuit.name} (${circuit.lengthM}m)` : `${circuit.name} - ${(circuit.lengthM / 1000).toFixed(3)} km`;
  return [
    ...categories.map((name, index) => head('css', name, `border-bottom-color:${COLOURS[index % COLOURS.length] ?? '#FFFFFF'} !important; color:#000000 !important;`)),
    head('css', 'pena1', 'color:#f00; font-size:11px; font-weight: bold; text-align:center;'),
    head('title1', '', dialect.event),
    head('title2', '', dialect.language.titles[frame.stage]),
    head('dyn1', clock.cls, clock.value),
    head('dyn2', 'text', '00:00'),
    head('light', 'lr', ''),
    head('wth1', 'ws', ''),
    head('wth2', '', ''),
    head('wth3', '', ''),
    head('track', '', track),
    head('com', '', ''),
    head('msg', '', ''),
  ];
}
