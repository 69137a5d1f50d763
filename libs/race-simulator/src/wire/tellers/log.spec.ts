import { describe, expect, it } from '@jest/globals';
import { FOXES, OWLS, at, lap, linesAt, linesLike, plain, told } from '../../../test/scripted-feed.js';
import { log, tellPenalty, tellWarning } from './log.js';

const LOG = /^com\|\|/;
const LAPS = [at(66_000, lap(FOXES, 1, 66_000)), at(67_000, lap(OWLS, 1, 67_000)), at(132_000, lap(FOXES, 2, 66_000))];
const seconds = at(150_000, { kind: 'penalty', entry: OWLS, amount: { seconds: 20 }, reason: 'contact' } as const);
const warning = at(150_000, { kind: 'warning', entry: OWLS, about: 'pit-time', pitMs: 109_000, lap: 10 } as const);

/** Texts of the log at each change, newest entry first. */
function logs(frames: ReturnType<typeof told>): string[][] {
  return linesLike(frames, LOG).map(([, line]) => line.split('<p>').slice(1).map((entry) => entry.replace('</p>', '').replaceAll(/<[^>]*>/g, ' ').replaceAll(/ +/g, ' ').trim()));
}

describe(log.name, () => {
  it('sends the whole log at each change, newest first, with the local time in minutes', () => {
    expect(logs(told(plain, [seconds, warning], { untilMs: 200_000 })).at(-1)).toEqual(['12:02 2 Advertencia - Tiempo Pit 01:49 (Vuelta 10)', '12:02 2 Penalización - 20.000 - POR GOLPEAR', '12:00 Start']);
  });

  it('names the kart by its number in the colour of its plate, or without colour where the circuit does', () => {
    expect(linesAt(told(plain, [seconds], { untilMs: 200_000 }), 150_000)[0]).toMatch(/<span class="com_no no\d+">2<\/span>/);
    expect(linesAt(told({ ...plain, oddities: ['plain-log-numbers'] }, [seconds], { untilMs: 200_000 }), 150_000)[0]).toContain('<span class="com_no">2</span>');
  });
});

describe(tellPenalty.name, () => {
  it('writes seconds into the log and the column, and tells them at the foot of the page for a while', () => {
    const frames = told(plain, [seconds], { untilMs: 200_000 });
    expect(linesLike(frames, /^r22771c12\|/)).toEqual([[150_000, 'r22771c12|pena1|20.000']]);
    expect(linesLike(frames, /^msg\|/)).toEqual([[155_000, 'msg|msgp|Nº.2 OWLS : Penalización - POR GOLPEAR'], [175_000, 'msg||']]);
  });

  it('takes a lap at once: the count falls, the gap grows, the old expectation is sent again, and no lap is told', () => {
    const frames = told(plain, [...LAPS, at(151_000, { kind: 'penalty', entry: OWLS, amount: { laps: 1 }, reason: 'contact' })], { untilMs: 200_000 });
    expect(linesAt(frames, 151_000).slice(1)).toEqual(['r22771c6|in|0', 'r22771c8|ib|2 Vueltas', 'r22771c9|in|2 Vueltas', 'r22771c12|pena1|1 Vta.', 'r22771|*|67000|']);
  });

  it('calls a passage through the pit lane by its short name', () => {
    const frames = told(plain, [at(150_000, { kind: 'penalty', entry: OWLS, amount: { stop: true }, reason: 'yellow-flag' })], { untilMs: 200_000 });
    expect(logs(frames).at(-1)?.[0]).toBe('12:02 2 Penalización - DT - BANDERA AMARILLA');
  });

  it('writes the reason a minute later where the log is edited', () => {
    const frames = told({ ...plain, oddities: ['log-edited'] }, [seconds], { untilMs: 300_000 });
    expect(linesLike(frames, LOG).map(([ms]) => ms)).toEqual([0, 150_000, 210_000]);
    expect(logs(frames).slice(1).map(([newest]) => newest)).toEqual(['12:02 2 Penalización - 20.000 -', '12:02 2 Penalización - 20.000 - POR GOLPEAR']);
  });
});

describe(tellWarning.name, () => {
  it('tells the stop that was too short, with its time and lap, also at the foot of the page', () => {
    expect(linesLike(told(plain, [warning], { untilMs: 200_000 }), /^msg\|msgw/)).toEqual([[155_000, 'msg|msgw|Nº.2 OWLS : Advertencia - Tiempo Pit 01:49 (Vuelta 10)']]);
  });

  it('takes some back where the log is edited: it is emptied, and filled again without them', () => {
    const warnings = Array.from({ length: 6 }, (_, index) => at(150_000 + 200_000 * index, { kind: 'warning', entry: OWLS, about: 'driving', pitMs: null, lap: index + 1 } as const));
    const counts = logs(told({ ...plain, oddities: ['log-edited'] }, warnings, { untilMs: 1_500_000 })).map((entries) => entries.length);
    const emptied = counts.flatMap((count, index) => (count === 0 ? [[counts[index - 1], counts[index + 1]]] : []));
    expect(emptied.length).toBeGreaterThan(0);
    for (const [before = 0, after = 0] of emptied) expect(after).toBe(before - 1);
  });
});
