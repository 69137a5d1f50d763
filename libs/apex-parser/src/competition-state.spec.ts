import { describe, expect, it } from '@jest/globals';
import { CompetitionState, type Frame, type FrameOutcome } from './index.js';
import { InventedFeed, RACE, THREE_TEAMS, gridOf, pageOf, typesOf } from '../test/invented-feed.js';

const START_MS = 1_700_000_000_000;

/** A short race of three rows with laps in parts, stops, a penalty, a rollback, and pages sent again. */
function inventedRace(): Frame[] {
  const feed = new InventedFeed();
  const codes = THREE_TEAMS.map(({ code }) => code);
  const texts: string[] = [pageOf()];
  for (let lap = 1; lap <= 9; lap += 1) {
    for (const code of codes) {
      texts.push(feed.cell(code, 'tlp', String(lap)), [feed.cell(code, 'llp', ['tn', `1:0${lap}.${code.slice(1)}0`]), `${code}|*|66000|`, `${code}|#|${codes.indexOf(code) + 1}`].join('\n'));
      texts.push(feed.cell(code, 'dr', ['drteam', `DRIVER ${lap % 2} [0:0${lap}]`]), feed.cell(code, 'dr', ['dr', `TEAM ${code}`]));
    }
    if (lap % 3 === 0) texts.push(feed.pitIn('r12', lap / 3).join('\n'), feed.cell('r12', 'otr', ['to', '31.']), feed.pitOut('r12').join('\n'));
    if (lap === 5) texts.push(feed.cell('r11', 'tlp', '4'), 'com||<p><b>10:00</b><span data-flag="penalty"></span><span class="com_no">7</span>1 lap</p>');
    if (lap === 7) texts.push(codes.map((code) => feed.cell(code, 'tlp', '5')).join('\n'), 'dyn1|countdown|60000\nlight|ly|', '');
  }
  texts.push('init|n|', pageOf({ title2: 'HEAT 2' }), feed.lap('r11', 1, '1:06.000').join('\n'));
  return texts.map((text, index) => ({ atMs: START_MS + index * 1_300, text }));
}

function fold(state: CompetitionState, frames: readonly Frame[]): FrameOutcome[] {
  return frames.map((frame) => state.apply(frame));
}

describe(CompetitionState.name, () => {
  const frames = inventedRace();

  it('tells the same for the same frames', () => {
    const first = new CompetitionState();
    const second = new CompetitionState();
    expect(fold(first, frames)).toEqual(fold(second, frames));
    expect(first.view()).toEqual(second.view());
  });

  it('goes on from a snapshot, by way of JSON text, after any frame of a race as if nothing had happened', () => {
    const whole = new CompetitionState();
    const outcomes = fold(whole, frames);
    for (let cut = 0; cut <= frames.length; cut += 1) {
      const before = new CompetitionState();
      fold(before, frames.slice(0, cut));
      const stored: unknown = JSON.parse(JSON.stringify(before.snapshot()));
      const after = CompetitionState.restore(stored);
      expect(fold(after, frames.slice(cut))).toEqual(outcomes.slice(cut));
      expect(after.view()).toEqual(whole.view());
    }
  });

  it('gives a snapshot that later frames do not touch', () => {
    const state = new CompetitionState();
    fold(state, frames.slice(0, 20));
    const snapshot = state.snapshot();
    const before = JSON.stringify(snapshot);
    fold(state, frames.slice(20));
    expect(JSON.stringify(snapshot)).toBe(before);
  });

  it.each([null, 7, 'text', {}, { version: 99, state: {} }])('refuses to go on from %j', (value) => {
    expect(() => CompetitionState.restore(value)).toThrow('snapshot');
  });

  it('takes columns that a person has set from the next page on', () => {
    const feed = new InventedFeed({ columns: ['rk', 'dr', '', 'llp'] });
    feed.state = CompetitionState.restore(feed.state.snapshot(), { columnOverrides: { 'timing-lap': 'c3' } });
    feed.send(['init|r|', gridOf(['rk', 'dr', '', 'llp'], THREE_TEAMS)]);
    feed.send('r11c3|in|1\nr11c4|tn|1:06.000');
    expect(feed.row('r11').laps).toBe(1);
  });

  it('tells nothing of values that do not change', () => {
    const feed = new InventedFeed();
    const lines = [feed.cell('r11', 'gap', '0.5'), feed.cell('r11', 'blp', '1:06.000'), 'light|lg|', 'title2||CARRERA', 'r11|#|1', 'dyn1|countdown|5000'];
    feed.send(lines);
    expect(feed.send(lines).actions).toEqual([]);
  });

  it('takes an empty frame for a sign of life', () => {
    expect(new InventedFeed().send('')).toEqual({ session: 1, isInit: false, actions: [], counts: { lines: 0, unknown: 0 }, unplaced: { rows: 0, columns: 0 }, unknownLines: [], warnings: [] });
  });

  it('tells exactly one initialize for each frame that opens a page, whatever is left of it', () => {
    const page = pageOf();
    for (let length = 'init|r|'.length; length <= page.length; length += 7) {
      const outcome = new CompetitionState().apply({ atMs: START_MS, text: page.slice(0, length) });
      expect(outcome.isInit).toBe(true);
      expect(typesOf(outcome).filter((type) => type === 'initialize')).toHaveLength(1);
    }
  });

  it('forgets rows beyond its limit', () => {
    const feed = new InventedFeed({}, { limits: { rows: 2 } });
    expect(feed.state.view().rows.map(({ code }) => code)).toEqual(['r11', 'r12']);
    expect(feed.send('r13|#|1').actions).toEqual([]);
  });
});

describe('frames of any kind', () => {
  it.each([
    '\u0000', '|', '||', '|||', 'r|', 'r1|', 'r1c|', 'r1c1|', 'r1c1', 'init', 'init|', 'init|q|', 'grid', 'grid||', 'grid||<', 'com||<p', 'dyn1', 'dyn1|countdown|1e999', 'light', 'msg',
    'r11c5|drteam|[0:10]', 'r11c5|drteam|__proto__ [0:10]', 'r11c5|drteam|constructor [9:99]', 'r11|*', 'r11|*|', 'r11|*|x|y', 'r11|#|-1', 'r11|#|', 'r11c0|in|1', 'r11c99999999999|in|1',
    '\ud800', '\ufffd\ufffd|\ufffd', 'r11c6|in|999999999', 'r11c12|in|999999999',
  ])('does not throw at %j', (text) => {
    const feed = new InventedFeed();
    expect(() => feed.send(text)).not.toThrow();
    expect(() => new CompetitionState().apply({ atMs: START_MS, text })).not.toThrow();
  });

  it('does not throw at frames put together from parts of real ones', () => {
    const seeds = [pageOf(), ...inventedRace().map(({ text }) => text)].join('\n');
    const feed = new InventedFeed({ columns: RACE });
    let random = 12_345;
    const next = (below: number): number => (random = (random * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
    for (let round = 0; round < 2_000; round += 1) {
      const from = next(seeds.length);
      const cut = seeds.slice(from, from + next(400));
      const at = next(cut.length + 1);
      const text = `${cut.slice(0, at)}${String.fromCharCode(next(256))}${cut.slice(at)}\n${seeds.slice(next(seeds.length)).slice(0, next(80))}`;
      expect(() => feed.send(text, next(3_000))).not.toThrow();
    }
    expect(feed.state.view().rows.length).toBeLessThanOrEqual(500);
  });
});
