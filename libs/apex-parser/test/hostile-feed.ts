import fc from 'fast-check';
import { Simulation } from '@lts/race-simulator';
import type { Frame } from '../src/index.js';
import { RACE, THREE_TEAMS, gridOf } from './invented-feed.js';

export const START_MS = 1_700_000_000_000;

const TARGETS = [
  'init', 'best', 'bests', 'css', 'effects', 'comments', 'title1', 'title2', 'dyn1', 'dyn2', 'light', 'wth1', 'wth2', 'wth3', 'track', 'com', 'grid', 'gridb', 'gridc',
  'chp', 'gmt', 'msg', 'mobile_t', 'clear', 'r0', 'r11', 'r12', 'r13', 'r999999999', 'br1c1', 'br4c3', 'cr1c2', 'r0c5', 'r11c99', 'r11c99999999999999999999999999', 'x', '__proto__', 'constructor',
];
const CLASSES = ['', 'in', 'to', 'tn', 'tb', 'ib', 'si', 'so', 'sr', 'sf', 'dr', 'drteam', '*', '*in', '*out', '*i1', '#', 'p', 'r', 'n', 'lg', 'lf', 'lsc', 'countdown', 'count', 'text', 'countdown_text', 'ESP nat', 'pena1', '__proto__'];
const VALUES = [
  '', '0', '1', '7', '200', '999999999', '9999999999999999999999', '-1', '-0.108', '1:06.019', '59.340', '1:22:31.566', '54.', '99999:99.', '999999999:59:59.999', '0:59', '14 Vueltas', 'Vuelta 604', '999999999 Laps',
  'NAME A [0:17]', 'NAME B [999999999:00]', '__proto__ [0:01]', 'A / B / ', '12A', '1e308.5', '.', '3/15', '00:20:00', '60000|', '|', '|||', '&amp;&lt;&#0;&#x110000;', '<p><b>10:30</b><span data-flag="penalty"></span><span class="com_no">7</span>1 Vta.</p>',
  '<tbody></tbody>', gridOf(RACE, THREE_TEAMS).slice('grid||'.length), gridOf(['rk', 'no', 'dr', 'llp'], THREE_TEAMS).slice('grid||'.length), gridOf(RACE, THREE_TEAMS).slice(6, 700), '<'.repeat(50), '(1'.repeat(60), '\u00a0 \u2003', '\ud800', '\u0000',
];

const cell = fc.tuple(fc.integer({ min: 11, max: 14 }), fc.integer({ min: 0, max: 14 })).map(([row, column]) => `r${row}c${column}`);
const line = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(cell, fc.constantFrom(...CLASSES), fc.constantFrom(...VALUES)).map((fields) => fields.join('|')) },
  { weight: 4, arbitrary: fc.tuple(fc.constantFrom(...TARGETS), fc.constantFrom(...CLASSES), fc.constantFrom(...VALUES)).map((fields) => fields.join('|')) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...TARGETS), fc.string(), fc.string({ unit: 'binary' })).map((fields) => fields.join('|')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
);

/** Frames of random lines, some of the protocol and some not, after a page; stamps rise, stand still, or step back. */
export const hostileFrames: fc.Arbitrary<Frame[]> = fc
  .array(fc.record({ lines: fc.array(line, { minLength: 5, maxLength: 25 }), afterMs: fc.constantFrom(0, 200, 1_000, 5_000, 70_000, -3_000), end: fc.constantFrom('\n', '\r\n') }), { minLength: 10, maxLength: 40 })
  .map((parts) => {
    let atMs = START_MS;
    const frames = parts.map(({ lines, afterMs, end }) => ({ atMs: (atMs += afterMs), text: lines.join(end) }));
    return [{ atMs: START_MS, text: `init|r|\n${gridOf(RACE, THREE_TEAMS)}\nmsg||` }, ...frames];
  });

/** Frames of random bytes, as a stranger's connection leaves them. */
export const randomBytes: fc.Arbitrary<Frame[]> = fc
  .array(fc.uint8Array({ maxLength: 400 }), { minLength: 5, maxLength: 20 })
  .map((parts) => parts.map((bytes, index) => ({ atMs: START_MS + index * 200, text: Buffer.from(bytes).toString('utf8') })));

/** One of the ways in which a feed can be damaged; `at` and `with` choose place and kind. */
export interface Damage {
  kind: 'drop' | 'double' | 'swap' | 'cut' | 'byte' | 'split' | 'join';
  at: number;
  with: number;
}

export const damages: fc.Arbitrary<Damage[]> = fc.array(
  fc.record({ kind: fc.constantFrom('drop', 'double', 'swap', 'cut', 'byte', 'split', 'join'), at: fc.nat(), with: fc.nat(65_535) }),
  { minLength: 1, maxLength: 200 },
);

/** The frames with all damage done. */
export function damaged(frames: readonly Frame[], list: readonly Damage[]): Frame[] {
  const result = frames.map((frame) => ({ ...frame }));
  for (const damage of list) if (result.length > 1) damage1(result, damage);
  return result;
}

function damage1(frames: Frame[], damage: Damage): void {
  const index = damage.at % (frames.length - 1);
  const [frame, next] = [frames[index], frames[index + 1]];
  if (frame === undefined || next === undefined) return;
  const { atMs, text } = frame;
  const place = damage.with % (text.length + 1);
  const made: Record<Damage['kind'], Frame[]> = {
    drop: [next],
    double: [frame, frame, next],
    swap: [{ atMs, text: next.text }, { atMs: next.atMs, text }],
    cut: [{ atMs, text: text.slice(0, place) }, next],
    byte: [{ atMs, text: text.slice(0, place) + String.fromCharCode(damage.with % 256) + text.slice(place + 1) }, next],
    split: [{ atMs, text: text.slice(0, place) }, { atMs, text: text.slice(place) }, next],
    join: [{ atMs, text: text + next.text }],
  };
  frames.splice(index, 2, ...made[damage.kind]);
}

/** A whole simulated race. */
export function raceFrames(seed: number, minutes: number, teams = 6): Frame[] {
  const race = { seed, teams, hours: minutes / 60, rules: 'short-stints-13h', dialect: 'es-endurance', startMs: Date.UTC(2026, 0, 1, 10), day: false, eventful: true };
  return [...new Simulation(race).frames()];
}
