import { describe, expect, it } from '@jest/globals';
import type { SimulatedFrame } from '../src/index.js';
import { dialects } from '../src/wire/dialects/dialects.js';
import { ODDITIES, type Oddity } from '../src/wire/oddity.js';
import { run } from './simulated-day.js';

/** A cell of a frame that is no page, by the type of its column. */
interface TypedCell {
  frame: number;
  row: string;
  type: string;
  cls: string;
  text: string;
}

const HEADER = /<td data-id="c(\d+)" data-type="([^"]*)"/g;
const CELL = /^(r\d+)c(\d+)\|([^|]*)\|(.*)$/gm;

function cellsOf(frames: readonly SimulatedFrame[]): TypedCell[] {
  const types = new Map<string, string>();
  return frames.flatMap(({ text }, frame) => {
    for (const [, column = '', type = ''] of text.matchAll(HEADER)) types.set(column, type);
    return [...text.matchAll(CELL)].map(([, row = '', column = '', cls = '', content = '']) => ({ frame, row, type: types.get(column) ?? '', cls, text: content }));
  });
}

/** Whether two frames, the second one at most so many ms after the first, hold these one after the other. */
function follows(frames: readonly SimulatedFrame[], withinMs: number, first: RegExp, second: RegExp): boolean {
  const hits = frames.filter(({ text }) => first.test(text) || second.test(text));
  return hits.some((frame, index) => {
    const next = hits[index + 1];
    return next !== undefined && first.test(frame.text) && second.test(next.text) && next.atMs - frame.atMs <= withinMs;
  });
}

/** Frames between two pages: those of a page are not among them. */
function updates(frames: readonly SimulatedFrame[]): SimulatedFrame[] {
  return frames.filter(({ text }) => !text.startsWith('init|'));
}

/** Frames from the first page to the first one that matches; none where the feed was joined without a page. */
function beginning(frames: readonly SimulatedFrame[], until: RegExp): readonly SimulatedFrame[] {
  return frames[0]?.text.startsWith('init|') === true ? frames.slice(0, frames.findIndex(({ text }) => until.test(text))) : [];
}

function marksTwice(frames: readonly SimulatedFrame[]): boolean {
  const inside = new Set<string>();
  return frames.some(({ text }) =>
    [...text.matchAll(/^(r\d+)\|\*(in|out)\|0$/gm)].some(([, row = '', mark]) => {
      if (mark === 'out') inside.delete(row);
      else if (inside.has(row)) return true;
      else inside.add(row);
      return false;
    }),
  );
}

function entriesOfLog(frames: readonly SimulatedFrame[]): number[] {
  return updates(frames).flatMap(({ text }) => [...text.matchAll(/^com\|\|(.*)$/gm)].map(([, log = '']) => log.split('</p>').length - 1));
}

/** How each shows on the wire. */
const signs: Record<Oddity, (frames: readonly SimulatedFrame[], cells: readonly TypedCell[]) => boolean> = {
  'bests-on-ticker': (frames) => frames.some(({ text }) => /^msg\|\|.+ : .+ - \d:\d\d\.\d{3} \(\d+\.\d\d Km\/h\)$/m.test(text)),
  'best-sectors-shown': (_frames, cells) => cells.some(({ type, cls }) => /^s\d$/.test(type) && cls === 'ib'),
  'best-dash': (frames) => frames.some(({ text }) => /class="ib">-</.test(text)),
  'empty-table-first': (frames) => frames.some(({ text }) => text.includes('grid||<tbody></tbody>')),
  'entry-mark-twice': marksTwice,
  'flag-too-early': (frames) => follows(updates(frames), 7_000, /^light\|lf\|$/m, /^light\|lg\|$/m),
  'header-first': (frames) => frames.some(({ text }) => /grid\|\|<tbody><tr data-id="r0"(?!.*<tr ).*<\/tbody>/.test(text)),
  // who loses the lead gets an interval right after he had none: that happens anywhere, now and then
  'intervals-refilled': (frames, cells) => {
    const intervals = cells.filter(({ type }) => type === 'int');
    const isAtOnce = (from: number, to: number): boolean => to > from && (frames[to]?.atMs ?? 0) - (frames[from]?.atMs ?? 0) <= 200;
    return intervals.filter(({ row, frame, text }, index) => text === '' && intervals.slice(index, index + 30).some((other) => other.row === row && other.text !== '' && isAtOnce(frame, other.frame))).length > 20;
  },
  'lapped-mark': (_frames, cells) => cells.some(({ type, cls }) => type === 'sta' && cls === 'sl'),
  'last-lap-cleared': (frames, cells) => cells.some(({ type, text, row, frame }) => type === 'llp' && text === '' && frames[frame]?.text.includes(`${row}|*out|0`)),
  'length-corrected': (frames) => follows(frames, 30_000, /^light\|lr\|$/m, /^dyn1\|text\|\d\d:\d\d:\d\d\n$/),
  'light-repeated': (frames) => follows(updates(frames), 61_000, /^light\|lf\|$/m, /^light\|lf\|$/m),
  'log-edited': (frames) => entriesOfLog(frames).some((count, index, all) => count === 0 && (all[index - 1] ?? 0) > 0),
  'negative-gap': (_frames, cells) => cells.some(({ type, text }) => type === 'gap' && /^-\d+\.\d{3}$/.test(text)),
  'names-flip-early': (frames) => beginning(frames, /^light\|lg/m).some(({ text }) => /^r\d+c\d+\|drteam\|/m.test(text)),
  'next-on-ticker': (frames) => frames.some(({ text }) => /^msg\|msgt\|Next : .+ \| .+$/m.test(text)),
  'own-colours': (frames, cells) => updates(frames).some(({ text }) => /^css\|notc\d+\|/m.test(text)) && cells.some(({ type, cls }) => type === 'no' && cls.startsWith('notc')),
  'page-twice': (frames) => follows(frames, 999, /^init\|r\|/, /^init\|r\|/),
  'plain-log-numbers': (frames) => frames.some(({ text }) => text.includes('<span class="com_no">')),
  'sector-marks-late': (frames) => frames.some(({ text }) => /^r\d+\|\*i1\|\d*\n$/.test(text)),
  'sector-minutes': (_frames, cells) => cells.some(({ type, text }) => /^s\d$/.test(type) && /^\d+:\d\d\.\d$/.test(text)),
  'silent-first-exit': (frames) => {
    const first = beginning(frames, /^r\d+\|\*\|/m);
    return first.length > 0 && !first.some(({ text }) => text.includes('|*out|'));
  },
  'stop-count-emptied': (frames, cells) => cells.some(({ type, text, row, frame }) => type === 'pit' && text === '' && frames[frame]?.text.includes(`${row}|*in|0`)),
  'titles-flicker': (frames) => follows(updates(frames), 8_000, /^title2\|\|ENTRENOS LIBRES$/m, /^title2\|\|HEAT A-B$/m),
  'titles-late': (frames) => frames.some(({ text }) => /^init\|[pr]\|/.test(text) && /^title2\|\|$/m.test(text)),
  'untidy-names': (frames) => frames.some(({ text }) => /\|drteam\|.*\S {2}\S/.test(text)),
  weather: (frames) => updates(frames).some(({ text }) => /^wth2\|\|.+ : \d+°C$/m.test(text)),
};

const NAMES = Object.keys(ODDITIES) as Oddity[];

describe.each(dialects)('$name', ({ name, oddities }) => {
  const { frames } = run({ dialect: name, hours: 1, teams: 14, seed: 5, day: true, eventful: true, rules: 'free-pit-24h' });
  const cells = cellsOf(frames);

  it('has the oddities that it names, and no other', () => {
    expect(NAMES.filter((oddity) => signs[oddity](frames, cells))).toEqual(NAMES.filter((oddity) => oddities.includes(oddity)));
  });
});

describe('oddities', () => {
  it('are each had by some dialect', () => {
    expect(NAMES.filter((oddity) => !dialects.some(({ oddities }) => oddities.includes(oddity)))).toEqual([]);
  });
});
