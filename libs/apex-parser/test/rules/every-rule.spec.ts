import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Rule } from '../../src/index.js';
import { InventedFeed } from '../invented-feed.js';

const COLUMNS = ['sta', 'rk', 'no', 'dr', 'llp', 'blp', 'gap', 'gap', 'int', 'tlp', 'otr', 'pit', 's1', 's2', 's3', 'class', 'nat', 'grp', 'sp1'];

/** Lines that each rule takes; a rule without an example does not compile. */
const EXAMPLES: Readonly<Record<Rule, readonly string[]>> = {
  page: ['init|r|'],
  table: ['grid||<tbody></tbody>'],
  title: ['title1||WINTER CUP', 'title2||CARRERA'],
  flag: ['light|ly|'],
  clock: ['dyn1|countdown|60000', 'dyn2|text|Lap 3/15'],
  weather: ['wth1|ws|', 'wth2||Air : 15°C', 'wth3||Pista : Seco'],
  track: ['track||RING (900m)'],
  'utc-offset': ['gmt||2'],
  'plate-colour': ['css|no11|color:#FFFFFF'],
  log: ['com||<p><b>10:30</b><span data-flag="green"></span>Start</p>'],
  ticker: ['msg|msgt|Next : KZ2'],
  'session-bests': ['gridb||<table></table>', 'br4c3|ib|1:34.410'],
  layout: ['best|hide|', 'effects||Effets', 'comments||Comments', 'gridc||<tr></tr>', 'chp||Timekeeping', 'mobile_t||', 'clear||', 'cr1c2|in|12'],
  crossing: ['r11|*|66000|24000', 'r11|*||'],
  place: ['r11|#|3'],
  'pit-entry': ['r11|*in|0'],
  'pit-exit': ['r11|*out|0'],
  intermediate: ['r11|*i1|21483', 'r11|*i2|'],
  status: ['r11c1|sr|'],
  position: ['r11c2||2'],
  number: ['r11c3|no11|7'],
  name: ['r11c4|dr|NORTH WIND', 'r11c4|drteam|ANA [0:01]'],
  'last-lap': ['r11c5|tn|1:06.019'],
  'best-lap': ['r11c6|ib|1:06.019'],
  gap: ['r11c7|ib|1.500'],
  'gap-more': ['r11c8|ib|1 Lap'],
  interval: ['r11c9|in|0.317'],
  laps: ['r11c10|in|4'],
  'on-track': ['r11c11|to|1:08.', 'r11c11|in|0:54'],
  stops: ['r11c12|in|2'],
  'sector-1': ['r11c13|tn|24.85'],
  'sector-2': ['r11c14|tn|24.85'],
  'sector-3': ['r11c15|tn|24.85'],
  category: ['r11c16|dr|PRO'],
  nationality: ['r11c17|ESP nat|'],
  ignored: ['r11c18|gs|'],
  free: ['r11c19|in|106.2'],
  penalty: ['r11c19|pena1|1 Vta.'],
  header: ['r0c19||Km/h'],
  'no-such-row': ['r999c5|dr|X', 'r999|#|3'],
  'no-such-column': ['r11c99|in|1', 'r0c99||X'],
  unknown: ['GET / HTTP/1.1', 'r11|*x|1', 'r11|in|1', 'grid||<tbody><tr data-id="r1', 'x1|in|2', ''.padEnd(3, '\u0000')],
};

function feedFor(rule: Rule): InventedFeed {
  return new InventedFeed({ columns: COLUMNS }, rule === 'penalty' ? { columnOverrides: { 'timing-penalty': 'c19' } } : {});
}

describe('the rules', () => {
  it.each(Object.entries(EXAMPLES).flatMap(([rule, lines]) => lines.map((line) => [rule as Rule, line] as const)))('the rule %s takes %j', (rule, text) => {
    const feed = feedFor(rule);
    const { outcome, lines } = feed.state.explain({ atMs: feed.atMs + 1_000, text });
    expect(lines.map(({ index, text: explained, rule: taken }) => [index, explained, taken])).toEqual([[0, text, rule]]);
    expect(outcome.counts.unknown).toBe(rule === 'unknown' ? 1 : 0);
  });

  it('explaining a frame folds it as ever, and tells the columns of its table', () => {
    const [explained, folded] = [new InventedFeed(), new InventedFeed()];
    const text = ['r11c6|in|3\r', '', 'light|ly|', 'init|r|', 'grid||<tbody><tr data-id="r0" class="head"><td data-id="c1" data-type="tlp">Pits</td></tr></tbody>'].join('\n');
    const { outcome, lines } = explained.state.explain({ atMs: 1_800_000_000_000, text });
    expect(outcome).toEqual(folded.state.apply({ atMs: 1_800_000_000_000, text }));
    expect(explained.state.snapshot()).toEqual(folded.state.snapshot());
    expect(lines.map(({ index, rule }) => [index, rule])).toEqual([[0, 'laps'], [2, 'flag'], [3, 'page'], [4, 'table']]);
    expect(lines.at(-1)?.columns).toEqual([{ id: 1, type: 'tlp', label: 'Pits', meaning: 'laps', labelSays: 'stops' }]);
  });

  it('docs/protocol.md names each rule once', () => {
    const document = readFileSync(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');
    const [, section = ''] = document.split('## Rules\n');
    const named = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| ((?:`[a-z0-9-]+`(?:, )?)+) \|/gmu)].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/gu)].map(([, rule]) => rule));
    expect(named.sort()).toEqual(Object.keys(EXAMPLES).sort());
  });
});
