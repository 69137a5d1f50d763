import type { SessionBegins } from '../../model/race-event.js';
import type { Entry } from '../../model/entry.js';
import { Standings } from '../../model/standings.js';
import { type Field, layout } from '../columns.js';
import { type FeedState, isOdd } from '../feed-state.js';
import type { Line } from '../line.js';
import { type Row, newRow } from '../row.js';
import type { Cell } from '../screen.js';
import { clockBeforeStart, correctLength } from './flags.js';
import { startFlipping, teamCell } from './names.js';
import { PLATES, numberClass } from './plates.js';
import { tellLateTitles, titles } from './titles.js';
import { weather } from './weather.js';

const COLOUR_NAMES = ['ROSSO', 'BLU', 'GIALLO', 'NERO'] as const;
const COLOURS = ['#FF8080', '#0000FF', '#BDFB04', '#808000', '#FF8000', '#80FF00', '#00FFFF', '#C0C0C0'] as const;

/** Rental servers send the colours of all their plates, whether there are such teams or not. */
const ALL_PLATES = Array.from({ length: PLATES }, (_, index) => `no${index + 1}`);
/** How long a table is empty whose entries come late. */
const TABLE_AFTER_MS = 20_000;

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
  const hasHeader = isOdd(state, 'header-first');
  const isLate = hasHeader || isOdd(state, 'empty-table-first');
  if (isLate) {
    outbox.putAlone(state.nowMs, () => {
      screen.openEmpty({ letter: table.letter, columns: hasHeader ? table.columns : [] }, heads);
      return screen.page();
    });
  }
  outbox.putAlone(state.nowMs + (isLate ? TABLE_AFTER_MS : 0), () => {
    screen.open(table, heads);
    return screen.page();
  });
  tellLateTitles(state);
  correctLength(state);
  if (isOdd(state, 'names-flip-early')) startFlipping(state);
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
  state.formerBestMs = null;
  state.bestRow = null;
}

function firstCells({ state, row, place, number }: { state: FeedState; row: Row; place: number; number: string }): Map<Field, Cell> {
  const { entry } = row;
  const empty = { cls: '', text: '' };
  const plain = { cls: 'in', text: '' };
  const [firstNames = '', ...lastNames] = entry.drivers[0].name.split(' ');
  return new Map<Field, Cell>([
    ['group', plain],
    ['status', { cls: state.frame?.ranking === 'laps' ? 'ss' : 'si', text: '' }],
    ['position', state.frame?.ranking === 'laps' ? { cls: '', text: String(place + 1) } : empty],
    ['startPosition', { cls: 'in', text: String(place + 1) }],
    ['number', { cls: numberClass(state, entry), text: number }],
    ['nation', { cls: `${entry.nation} nat`, text: '' }],
    ['category', { cls: 'dr', text: entry.category }],
    ['placesGained', { cls: 'rke', text: '0' }],
    ['name', teamCell(state, row)],
    ['firstName', { cls: 'in', text: firstNames }],
    ['lastName', { cls: 'in', text: lastNames.join(' ') }],
    ['club', { cls: 'in', text: `${entry.category} CLUB` }],
    ['colour', { cls: 'in', text: colourOf(entry) }],
    ['trapSpeed', empty],
    ['lapSpeed', plain],
    ['s1', empty],
    ['s2', empty],
    ['s3', empty],
    ['last', empty],
    ['best', isOdd(state, 'best-dash') ? { cls: 'ib', text: '-' } : plain],
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

function colourOf({ index }: Entry): string {
  return COLOUR_NAMES[index % COLOUR_NAMES.length] ?? COLOUR_NAMES[0];
}

function firstHeads(state: FeedState, { lineUps }: SessionBegins): Line[] {
  const { dialect } = state;
  const { circuit } = dialect;
  const head = (target: string, cls: string, value: string): Line => ({ kind: 'head', target, cls, value });
  const plates = dialect.flavour === 'rental' ? ALL_PLATES : [...new Set(lineUps.map(({ entry }) => numberClass(state, entry).trim()))];
  const track = dialect.flavour === 'rental' ? `${circuit.name} (${circuit.lengthM}m)` : `${circuit.name} - ${(circuit.lengthM / 1000).toFixed(3)} km`;
  return [
    ...plates.map((name, index) => head('css', name, `border-bottom-color:${COLOURS[index % COLOURS.length] ?? '#FFFFFF'} !important; color:#000000 !important;`)),
    head('css', 'pena1', 'color:#f00; font-size:11px; font-weight: bold; text-align:center;'),
    ...titles(state),
    head('dyn1', 'text', clockBeforeStart(state)),
    head('dyn2', 'text', '00:00'),
    head('light', 'lr', ''),
    ...weather(state),
    head('track', '', track),
    head('com', '', ''),
    head('msg', '', ''),
  ];
}
