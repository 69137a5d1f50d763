import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { options, resultsOf, run } from '../test/simulated-day.js';
import { DIALECTS, RULE_SETS, Simulation } from './simulation.js';

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

describe(Simulation.name, () => {
  it('lists the known names when it is asked for a dialect or rule set that is not there', () => {
    expect(() => new Simulation(options({ dialect: 'xx' }))).toThrow(`There is no dialect 'xx'; there are ${DIALECTS.map(({ name }) => name).join(', ')}.`);
    expect(() => new Simulation(options({ rules: 'none' }))).toThrow(`There is no rule set 'none'; there are ${RULE_SETS.map(({ name }) => name).join(', ')}.`);
  });

  it.each(DIALECTS.map(({ name }) => name))('gives the same bytes and the same truth for the same seed in %s, and others for another', (dialect) => {
    const given = { dialect, hours: 0.5, teams: 5, day: true };
    const first = run(given);
    expect(digest([run(given).frames, run(given).truth])).toBe(digest([first.frames, first.truth]));
    expect(digest(run({ ...given, seed: 2 }).frames)).not.toBe(digest(first.frames));
  });

  it('runs practice, qualifying and race in this order, with the order of qualifying as the grid', () => {
    const { sessions } = run({ day: true, teams: 8 });
    expect(sessions.map(({ begin }) => begin.stage)).toEqual(['practice', 'qualifying', 'race']);
    const qualified = resultsOf(sessions[1]?.records ?? []).map(({ row }) => row);
    expect(sessions[2]?.begin.entries.map(({ row }) => row)).toEqual(qualified);
  });

  it('has no page before its first frame, and then the one that was sent', () => {
    const simulation = new Simulation(options({}));
    expect(simulation.page()).toBeNull();
    const first = simulation.frames().next();
    expect(first.done).toBe(false);
    expect(simulation.page()).toBe((first.value as { text: string }).text);
  });

  it('hands out each record of the truth once, none of them before it happened', () => {
    const simulation = new Simulation(options({ hours: 0.5 }));
    const taken = [];
    for (const { atMs } of simulation.frames()) {
      const records = simulation.takeTruth();
      taken.push(...records);
      for (const record of records) if ('atMs' in record) expect(record.atMs).toBeLessThanOrEqual(atMs);
    }
    taken.push(...simulation.takeTruth());
    expect(taken).toEqual(run({ hours: 0.5 }).truth);
    expect(simulation.takeTruth()).toEqual([]);
  });

  it('makes an eventful race: stops every few minutes, a neutralisation, penalties of each kind, changes of the lead', () => {
    const { truth } = run({ eventful: true, hours: 1.5, teams: 16, dialect: 'en-rental', seed: 24 });
    expect(truth.filter(({ kind }) => kind === 'stop').length).toBeGreaterThan(16 * 9);
    const flags = truth.flatMap((record) => (record.kind === 'flag' ? [record.flag] : []));
    expect(flags).toEqual(expect.arrayContaining(['safety-car', 'yellow', 'chequered']));
    const amounts = truth.flatMap((record) => (record.kind === 'penalty' ? Object.keys(record.amount) : []));
    expect(new Set(amounts)).toEqual(new Set(['seconds', 'laps', 'stop']));
    expect(leaders(truth).length).toBeGreaterThan(5);
  });
});

/** Rows that led, each time the lead changed: whoever completes a lap first. */
function leaders(truth: ReturnType<typeof run>['truth']): string[] {
  let most = 0;
  return truth.flatMap((record) => {
    if (record.kind !== 'lap' || record.lap <= most) return [];
    most = record.lap;
    return [record.row];
  }).filter((row, index, all) => row !== all[index - 1]);
}
