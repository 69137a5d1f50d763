import { describe, expect, it } from '@jest/globals';
import { entry } from '../../test/scripted-session.js';
import type { Entry } from './entry.js';
import type { LapDone } from './race-event.js';
import { Standings, officialLaps } from './standings.js';

const [first, second, third] = [entry(0), entry(1), entry(2)];

function lap(team: Entry, atMs: number, timeMs = 60_000, closedBy: LapDone['closedBy'] = 'line'): LapDone {
  return { kind: 'lap', atMs, entry: team, number: 0, timeMs, sectors: [], driver: 'ALBA', closedBy, finish: false };
}

function order(standings: Standings): Entry[] {
  return standings.order.map((standing) => standing.entry);
}

describe(Standings.name, () => {
  it('begins with the grid', () => {
    expect(order(new Standings('laps', [second, first, third]))).toEqual([second, first, third]);
  });

  it('ranks a race by laps, and those on the same lap by who was at the line first', () => {
    const standings = new Standings('laps', [first, second, third]);
    for (const event of [lap(third, 60_000), lap(first, 61_000), lap(first, 121_000), lap(second, 125_000)]) standings.apply(event);
    expect(order(standings)).toEqual([first, third, second]);
    expect(standings.behind(third, first)).toEqual({ laps: 1, timeMs: 0 });
    expect(standings.behind(second, third)).toEqual({ laps: 0, timeMs: 65_000 });
  });

  it('ranks any other session by the best lap, those without one last', () => {
    const standings = new Standings('best', [first, second, third]);
    for (const event of [lap(second, 60_000, 60_000), lap(third, 61_000, 59_000), lap(third, 130_000, 69_000)]) standings.apply(event);
    expect(order(standings)).toEqual([third, second, first]);
    expect(standings.best()?.entry).toBe(third);
  });

  it('never takes a lap for a best one that ended at the pit entry', () => {
    const standings = new Standings('laps', [first]);
    for (const event of [lap(first, 60_000, 60_000), lap(first, 114_000, 54_000, 'entry')]) standings.apply(event);
    expect(standings.of(first)).toMatchObject({ bestMs: 60_000, passedAtMs: 114_000 });
  });

  it('lets a penalty of laps lower the official count alone: the lap keeps its time', () => {
    const standings = new Standings('laps', [first, second]);
    for (const event of [lap(first, 60_000), lap(second, 61_000)]) standings.apply(event);
    standings.apply({ kind: 'penalty', atMs: 62_000, entry: first, amount: { laps: 1 }, reason: 'contact' });
    expect(order(standings)).toEqual([second, first]);
    expect([officialLaps(standings.of(first)), standings.of(first).laps.length, standings.of(first).bestMs]).toEqual([0, 1, 60_000]);
  });

  it('forgets laps that are taken back, with the best one and the last crossing; laps that are given have no time', () => {
    const standings = new Standings('laps', [first, second]);
    for (const event of [lap(first, 60_000, 60_000), lap(first, 119_000, 59_000)]) standings.apply(event);
    standings.apply({ kind: 'correction', atMs: 120_000, cause: 'judgement', changes: [{ entry: first, laps: -1, stops: 0 }, { entry: second, laps: 3, stops: 0 }] });
    expect(standings.of(first)).toMatchObject({ bestMs: 60_000, passedAtMs: 60_000 });
    expect([officialLaps(standings.of(second)), standings.of(second).bestMs]).toEqual([3, null]);
  });

  it('knows who would lead if he crossed the line now', () => {
    const standings = new Standings('laps', [first, second, third]);
    standings.apply(lap(first, 60_000));
    standings.apply(lap(second, 61_000));
    expect([first, second, third].map((team) => standings.wouldLead(team))).toEqual([true, true, false]);
  });

  it('counts stops as they are told, and takes them back', () => {
    const standings = new Standings('laps', [first]);
    standings.apply({ kind: 'pit-in', atMs: 60_000, entry: first, stop: 1, why: 'change' });
    standings.apply({ kind: 'correction', atMs: 70_000, cause: 'rollback', changes: [{ entry: first, laps: 0, stops: -1 }] });
    expect(standings.of(first).stops).toBe(0);
  });

  it('says clearly that a team does not take part', () => {
    expect(() => new Standings('laps', [first]).of(second)).toThrow('TEAM 2 is not in this session.');
  });
});
