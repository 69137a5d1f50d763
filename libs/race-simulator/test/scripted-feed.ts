import type { Entry } from '../src/model/entry.js';
import type { FirstPassage, FlagShown, LapDone, PitIn, PitOut, RaceEvent, SessionFrame } from '../src/model/race-event.js';
import { SeededRandom } from '../src/random/seeded-random.js';
import type { SimulatedFrame } from '../src/index.js';
import type { Dialect } from '../src/wire/dialect.js';
import { spanishEndurance } from '../src/wire/dialects/spanish.js';
import { Feed } from '../src/wire/feed.js';

/** When the scripted sessions go green, Unix ms; all other moments of a script are ms after it. */
export const GREEN_MS = Date.UTC(2026, 5, 6, 10);
const HOUR_MS = 3_600_000;
const TEN_MINUTES_MS = 600_000;

/** Three teams of two drivers each, in rows r22770 to r22772 and the karts K01 to K03. */
export const [FOXES, OWLS, MOTHS] = ['FOXES', 'OWLS', 'MOTHS'].map((team, index): Entry => ({
  index,
  number: String(index + 1),
  team,
  category: 'PRO',
  nation: 'ESP',
  drivers: [driver(`ALBA ${team}`), driver(`BRUNO ${team}`)],
  conduct: 'follows',
})) as [Entry, Entry, Entry];

function driver(name: string): Entry['drivers'][0] {
  return { name, paceMs: 0, scatter: 1, fatigueMsPerHour: 0 };
}

/** A circuit that does nothing by chance: nothing is split or shown wrongly, names are those of the teams, nothing is odd. */
export const plain: Dialect = { ...spanishEndurance, names: { kind: 'team' }, shares: { splitLaps: 0, splitEntries: 0, repaints: 0, retouched: 0 }, oddities: [] };

export const race: SessionFrame = { stage: 'race', ranking: 'laps', greenAtMs: GREEN_MS, lengthMs: HOUR_MS, laps: null };
export const qualifying: SessionFrame = { stage: 'qualifying', ranking: 'best', greenAtMs: GREEN_MS, lengthMs: TEN_MINUTES_MS, laps: null };

/** An event without its moment. */
type Happening<Event extends RaceEvent = RaceEvent> = Event extends RaceEvent ? Omit<Event, 'atMs'> : never;

/** Something that happens so many ms after the green light. */
export function at(ms: number, event: Happening): RaceEvent {
  return { ...event, atMs: GREEN_MS + ms };
}

export function lap(entry: Entry, number: number, timeMs: number, more: Partial<LapDone> = {}): Happening<LapDone> {
  return { kind: 'lap', entry, number, timeMs, sectors: [], driver: entry.drivers[0].name, closedBy: 'line', finish: false, ...more };
}

export function pitIn(entry: Entry, stop: number): Happening<PitIn> {
  return { kind: 'pit-in', entry, stop, why: 'change' };
}

/** Out of the pits; the entry was so many ms after the green light, or there was none. */
export function pitOut(entry: Entry, inAfterMs: number | null): Happening<PitOut> {
  return { kind: 'pit-out', entry, inAtMs: inAfterMs === null ? null : GREEN_MS + inAfterMs };
}

export function firstPassage(entry: Entry): Happening<FirstPassage> {
  return { kind: 'first-passage', entry };
}

export function flag(shown: FlagShown['flag'], why: FlagShown['why'], endAfterMs: number | null = HOUR_MS): Happening<FlagShown> {
  return { kind: 'flag', flag: shown, why, endAtMs: endAfterMs === null ? null : GREEN_MS + endAfterMs };
}

/** The frames of a session that is opened a minute before the green light, in which this happens; the first one is its page. `untilMs` after the green light the session ends. */
export function told(dialect: Dialect, events: readonly RaceEvent[], { frame = race, untilMs = 120_000 }: { frame?: SessionFrame; untilMs?: number } = {}): SimulatedFrame[] {
  const feed = new Feed(dialect, new SeededRandom(1));
  const lineUps = [FOXES, OWLS, MOTHS].map((entry, index) => ({ entry, driver: entry.drivers[0].name, kart: { name: `K0${index + 1}`, qualityMs: 0 } }));
  const script: RaceEvent[] = [
    at(-60_000, { kind: 'session-begins', frame, lineUps }),
    at(-60_000, flag('red', 'before-start')),
    at(0, flag('green', 'start', frame.lengthMs)),
    ...events,
    at(untilMs, { kind: 'session-ends' }),
  ];
  return [...script.flatMap((event) => [...feed.tell(event)]), ...feed.end()].map(({ atMs, text }) => ({ atMs: atMs - GREEN_MS, text }));
}

/** The lines of the frame that is sent so many ms after the green light; empty when there is none. */
export function linesAt(frames: readonly SimulatedFrame[], ms: number): string[] {
  return (frames.find(({ atMs }) => atMs === ms)?.text ?? '').split('\n').filter((line) => line !== '');
}

/** All lines that match, each with the moment of its frame, pages left out. */
export function linesLike(frames: readonly SimulatedFrame[], wanted: RegExp): [ms: number, line: string][] {
  return frames.filter(({ text }) => !text.startsWith('init|')).flatMap(({ atMs, text }) => text.split('\n').filter((line) => wanted.test(line)).map((line): [number, string] => [atMs, line]));
}
