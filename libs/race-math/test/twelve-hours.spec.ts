import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { CompetitionState } from '@lts/apex-parser';
import type { Distance } from '@lts/race-actions';
import { describeWithRecordings } from '@lts/testing';
import { RaceFacts, type RowState, type SessionState, drivingTimes, gapAtLap, gapsAt, stintsOf, stopCosts } from '../src/index.js';

const MINUTE_MS = 60_000;

/** Where there are no recordings. */
const NONE: SessionState = { session: 0, facts: null, rows: {}, flags: [], field: { byAge: [], bySize: [] }, neutralField: { byAge: [], bySize: [] }, leader: null, leadsSinceMs: 0, atMs: 0 };

interface ToldGap {
  code: string;
  atMs: number;
  gap: Distance;
}

/** The race of the day, and the gaps to the leader that the feed told. */
function foldRecording(folder: string): { race: SessionState; laps: Map<string, number>; told: ToldGap[] } {
  const lines = gunzipSync(readFileSync(join(folder, 'recordings', 'endurance-12h-es.ndjson.gz'))).toString('utf8').split('\n').filter((line) => line !== '');
  const state = new CompetitionState();
  const facts = new RaceFacts();
  const told: ToldGap[] = [];
  for (const line of lines) {
    const { receivedAtMs, text } = JSON.parse(line) as { receivedAtMs: number; text: string };
    const { session, actions } = state.apply({ atMs: receivedAtMs, text });
    facts.fold({ at_ms: receivedAtMs, session, actions });
    for (const action of actions) {
      if (session === 2 && action.type === 'update-timing-gap' && action.data.gap !== null) told.push({ code: action.data.participant_code, atMs: receivedAtMs, gap: action.data.gap });
    }
  }
  const race = facts.session(2);
  if (race === undefined) throw new Error('The recording holds no second session.');
  return { race, laps: new Map(state.view().rows.map(({ code, laps }) => [code, laps])), told };
}

describeWithRecordings('the facts of a race of twelve hours', (folder) => {
  const { race, laps, told } = folder === '' ? { race: NONE, laps: new Map<string, number>(), told: [] } : foldRecording(folder);
  const rows = Object.values(race.rows);
  const valid = (row: RowState): RowState['laps'] => row.laps.filter(({ flags }) => !flags.includes('withdrawn'));

  it('have as many laps of each team as the table counts', () => {
    expect(rows).toHaveLength(18);
    for (const row of rows) expect({ code: row.code, laps: valid(row).length }).toEqual({ code: row.code, laps: laps.get(row.code) });
  });

  it('have sixteen stops of each team, of 180 to 184 s where the feed tells the time', () => {
    const longer: string[] = [];
    for (const row of rows) {
      const stops = stopCosts(race, row).filter((stop) => stop.valid);
      expect(stops).toHaveLength(16);
      for (const { laneMs, stop } of stops) if (laneMs !== null && (laneMs < 180_000 || laneMs > 184_000)) longer.push(`${row.code} stop ${stop}: ${laneMs / 1_000} s`);
    }
    // two teams stood longer; nobody left earlier
    expect(longer).toEqual([expect.stringMatching(/^r22784 .* 189 s$/), expect.stringMatching(/^r22779 .* 191 s$/)]);
  });

  it('find that a stop costs a little less than the time in the pit lane', () => {
    const losses = rows.flatMap((row) => stopCosts(race, row).flatMap(({ lossMs, neutral }) => (lossMs === null || neutral ? [] : [lossMs]))).sort((a, b) => a - b);
    expect(losses.length).toBeGreaterThan(250);
    expect(losses[losses.length >> 1]).toBeGreaterThan(175_000);
    expect(losses[losses.length >> 1]).toBeLessThan(180_000);
  });

  it('have driving times that agree with those of the feed, which come in minutes', () => {
    const off = rows.flatMap((row) => drivingTimes(row, race.atMs).flatMap(({ totalMs, toldMs }) => (toldMs === null || Math.abs(totalMs - toldMs) <= 3.5 * MINUTE_MS ? [] : [`${row.code} ${Math.round((totalMs - toldMs) / MINUTE_MS)} min`])));
    expect(off).toEqual([
      // a stop whose times never came: the time in the pit lane counts as driven
      'r22781 5 min',
      // a stop that race control added an hour later, with another driver in the kart by then: its stint is the wrong one's
      'r22787 62 min',
      'r22787 -10 min',
      'r22787 -60 min',
    ]);
  });

  it('name a driver of each stint, and everybody who drove', () => {
    for (const row of rows) {
      const stints = stintsOf(row, race.atMs);
      expect(stints.every(({ driver }) => driver !== null)).toBe(true);
      expect(drivingTimes(row, race.atMs).map(({ driver }) => driver)).toEqual(expect.arrayContaining(Object.keys(row.toldDrivingMs)));
    }
  });

  it('have gaps at the line that equal those of the feed, whose stamps are whole seconds', () => {
    const differences = told.flatMap(({ code, atMs, gap }) => {
      const row = race.rows[code];
      const lap = row?.laps.findLast((known) => known.atMs <= atMs && known.atMs > atMs - 1_500);
      if (gap.unit === 'laps' || row === undefined || lap === undefined) return [];
      const own = Math.max(...rows.map((other) => gapAtLap(row, other, lap.lap) ?? Number.NEGATIVE_INFINITY));
      return [Math.abs(own - gap.value)];
    }).sort((a, b) => a - b);
    expect(differences.length).toBeGreaterThan(1_500);
    expect(differences[Math.floor(differences.length * 0.5)]).toBeLessThan(300);
    expect(differences[Math.floor(differences.length * 0.98)]).toBeLessThan(1_100);
  });

  it('have gaps of lapped teams that equal those of the feed in laps; where the feed counts the running lap otherwise, within one', () => {
    const differences = told.flatMap(({ code, atMs, gap }) => {
      const own = gapsAt(race, atMs).find((row) => row.code === code)?.toLeader;
      return gap.unit === 'millis' || own === undefined || own === null ? [] : [Math.abs(own.laps - gap.value)];
    });
    expect(differences.length).toBeGreaterThan(1_000);
    expect(differences.filter((difference) => difference === 0).length / differences.length).toBeGreaterThan(0.9);
    expect(differences.filter((difference) => difference <= 1).length / differences.length).toBeGreaterThan(0.97);
  });
});
