import { expect, it, describe } from '@jest/globals';
import { DIALECTS, Simulation } from '@lts/race-simulator';
import { describeWithRecordings } from '@lts/testing';
import { CompetitionState, type Frame } from '../src/index.js';
import { type Difference, compareWithPage } from './folded-page.js';
import { recordedFrames, recordingNames } from './recorded-frames.js';
import { statedPage } from './stated-page.js';

/** A page of the same session as what was folded before it: how the two compare. */
interface Compared {
  frame: number;
  cells: number;
  /** Rows that no page has told of before; an update cannot bring one. */
  newRows: number;
  differences: Difference[];
}

function compareAllPages(frames: readonly Frame[]): Compared[] {
  const state = new CompetitionState();
  const pages: Compared[] = [];
  let session = 0;
  frames.forEach((frame, index) => {
    const page = frame.text.includes('init|') ? statedPage(frame.text) : null;
    const before = page === null ? null : state.snapshot().state;
    const outcome = state.apply(frame);
    if (page !== null && before !== null && outcome.session === session) pages.push({ frame: index, ...withoutNewRows(compareWithPage(before, page)) });
    session = outcome.session;
  });
  return pages;
}

function withoutNewRows({ compared, differences }: { compared: number; differences: Difference[] }): Omit<Compared, 'frame'> {
  const ofNewRows = differences.filter(({ folded }) => folded === 'no such row');
  const newRows = new Set(ofNewRows.map(({ place }) => place.split(' ', 1)[0])).size;
  return { cells: compared - ofNewRows.length, newRows, differences: differences.filter(({ folded }) => folded !== 'no such row') };
}

const STYLE = 'a style is sent with a page only, and this page has a new one';
const TICKER = 'nothing clears the ticker but the page';

/** Every full page that a recording holds of a session already folded, and all that the fold could not know before it. */
const RECORDED: Readonly<Record<string, readonly { frame: number; cells: number; newRows?: number; differences?: readonly (Difference & { reason: string })[] }[]>> = {
  'endurance-12h-es': [
    { frame: 2_460, cells: 224, differences: [{ place: 'css notc65535', folded: 'none', stated: '#FFFF00', reason: STYLE }] },
    { frame: 2_462, cells: 224 },
    { frame: 2_465, cells: 224 },
    { frame: 85_557, cells: 242, differences: [{ place: 'msg', folded: 'Mejor vuelta : KTA - 1:04.463 (61.43 Km/h)', stated: '', reason: TICKER }] },
  ],
  // the first page of this session has an empty table: the teams were entered before the second
  'practice-fr': [{ frame: 4, cells: 31, newRows: 37 }],
  // its second page shares one row of 32 with the first: another session
  'sprint-categories-es': [],
};

describeWithRecordings('folding a recording up to its next page gives what the page states', (folder) => {
  it.each(recordingNames(folder))('in %s', (name) => {
    const expected = RECORDED[name]?.map(({ frame, cells, newRows = 0, differences = [] }) => ({ frame, cells, newRows, differences: differences.map(({ place, folded, stated }) => ({ place, folded, stated })) }));
    expect(compareAllPages(recordedFrames(folder, name))).toEqual(expected);
  });
});

const START_MS = Date.UTC(2026, 0, 1, 10);
/** A page is compared after every so many frames. */
const EVERY = 41;
/** A mark and its icon come at most this far apart. */
const JOIN_MS = 2_000;

interface Simulated {
  pages: number;
  cells: number;
  differences: Difference[];
}

/** Compares the fold with the page that whoever joins at that moment would get. `alter` may tamper with the updates. */
function compareSimulated(dialect: string, day: boolean, alter: (text: string) => string = (text) => text): Simulated {
  const simulation = new Simulation({ seed: 3, hours: 0.5, teams: 9, rules: 'short-stints-13h', dialect, startMs: START_MS, day, eventful: true });
  const state = new CompetitionState();
  const found: Simulated = { pages: 0, cells: 0, differences: [] };
  let frames = 0;
  for (const { atMs, text } of simulation.frames()) {
    state.apply({ atMs, text: text.startsWith('init|') ? text : alter(text) });
    const page = (frames += 1) % EVERY === 0 ? statedPage(simulation.page() ?? '') : null;
    if (page === null) continue;
    const folded = state.snapshot().state;
    const { compared, differences } = compareWithPage(folded, page);
    const awaitsIcon = new Set(folded.rows.filter(({ stopLedger }) => atMs - (stopLedger.enteredAtMs ?? 0) <= JOIN_MS).map(({ code }) => code));
    found.pages += 1;
    found.cells += compared;
    const hidesCount = new Set(folded.rows.filter(({ stopLedger }) => stopLedger.countHidden).map(({ code }) => code));
    const isExpected = (difference: Difference, row: string): boolean => (isEarly(difference) && awaitsIcon.has(row)) || (isEmptied(difference) && hidesCount.has(row));
    found.differences.push(...differences.filter((difference) => !isExpected(difference, difference.place.split(' ', 1)[0] ?? '')));
  }
  return found;
}

/** The mark of an entry came a frame before its icon: we know of the stop, the table does not show it yet. */
function isEarly({ place, folded, stated }: Difference): boolean {
  return place.endsWith(' state') && folded === 'in-pit' && stated === 'running';
}

/** The circuit empties the count of stops beside an entry, which takes none of them back. */
function isEmptied({ place, stated }: Difference): boolean {
  return place.endsWith(' stops') && stated === '0';
}

describe('folding a simulated day gives what a page states', () => {
  it.each(DIALECTS.map(({ name }) => name))('at any moment, in the dialect %s', (dialect) => {
    const { pages, cells, differences } = compareSimulated(dialect, true);
    expect(differences).toEqual([]);
    expect(pages).toBeGreaterThan(20);
    expect(cells).toBeGreaterThan(pages * 80);
  });

  it.each([
    ['en-endurance', ['state', 'position', 'name', 'last-lap', 'best-lap', 'gap', 'interval', 'laps', 'clock', 'stops', 'sector-1', 'sector-2', 'sector-3', 'penalty']],
    ['pt-two-gaps', ['gap', 'other-gap', 'free']],
    ['de-kart-numbers', ['number']],
    ['es-championship', ['best-lap', 'last-lap']],
  ])('and would not if a kind of cell were not folded, in the dialect %s', (dialect, kinds) => {
    const first = [...new Simulation({ seed: 3, hours: 0.5, teams: 9, rules: 'short-stints-13h', dialect, startMs: START_MS, day: false, eventful: true }).frames()].map(({ text }) => statedPage(text)).find((page) => page !== null);
    for (const kind of kinds) {
      const column = [...(first?.cells.keys() ?? [])].find((place) => place.endsWith(` ${kind}`))?.split(' ')[1];
      const lines = new RegExp(`^r\\d+(?:${column ?? 'none'}\\|${kind === 'position' ? '|\\|#\\|' : ''}).*$`, 'gmu');
      expect({ kind, found: compareSimulated(dialect, false, (text) => text.replace(lines, '')).differences.some(({ place }) => place.endsWith(` ${kind}`)) }).toEqual({ kind, found: true });
    }
  });
});
