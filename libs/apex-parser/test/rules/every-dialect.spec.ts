import type { ActionPayloads, ActionType } from '@lts/race-actions';
import { describe, expect, it } from '@jest/globals';
import { DIALECTS, Simulation } from '@lts/race-simulator';
import { CompetitionState, type FrameOutcome } from '../../src/index.js';
import { payloads, typesOf } from '../invented-feed.js';

/** A page is tried after every so many frames. */
const EVERY = 97;

interface SimulatedDay {
  state: CompetitionState;
  outcomes: FrameOutcome[];
  /** Kinds of sessions that were driven, in order. */
  stages: string[];
  /** What a page that is sent again told beside itself, at moments at which nothing waits for its second half. */
  beside: string[];
}

/** Practice, qualifying and race in a dialect, with a page again and again that the others do not see. */
function simulated(dialect: string): SimulatedDay {
  const simulation = new Simulation({ seed: 11, hours: 0.5, teams: 9, rules: 'short-stints-13h', dialect, startMs: Date.UTC(2026, 0, 1, 10), day: true, eventful: true });
  const day: SimulatedDay = { state: new CompetitionState(), outcomes: [], stages: [], beside: [] };
  for (const { atMs, text } of simulation.frames()) {
    day.outcomes.push(day.state.apply({ atMs, text }));
    const page = day.outcomes.length % EVERY === 0 ? simulation.page() : null;
    if (page !== null) day.beside.push(...besidePage(day.state, { atMs, text: page }));
  }
  day.stages = simulation.takeTruth().flatMap((record) => (record.kind === 'session' ? [record.stage === 'practice' ? 'free-practice' : record.stage] : []));
  return day;
}

function besidePage(state: CompetitionState, page: { atMs: number; text: string }): string[] {
  const snapshot = state.snapshot();
  const isUndecided = snapshot.state.rows.some(({ lapLedger: laps, stopLedger: stops }) => [laps.awaiting, laps.unclaimed, laps.crossedAtMs, stops.entry, stops.countedAtMs].some((signal) => signal !== null));
  if (isUndecided) return [];
  const copy = CompetitionState.restore(snapshot);
  return typesOf(copy.apply(page)).filter((type) => type !== 'initialize');
}

describe.each(DIALECTS.map(({ name }) => name))('in the dialect %s', (dialect) => {
  const day = simulated(dialect);
  const all = <T extends ActionType>(type: T): (ActionPayloads[T] & { session: number })[] => day.outcomes.flatMap((outcome) => payloads(outcome, type).map((data) => ({ ...data, session: outcome.session })));
  const keysOf = (list: readonly { session: number; participant_code: string; ordinal: number }[]): string[] => list.map(({ session, participant_code, ordinal }) => `${session} ${participant_code} ${ordinal}`);

  it('every line is known', () => {
    expect(day.outcomes.reduce((sum, { counts }) => sum + counts.unknown, 0)).toBe(0);
    expect(day.outcomes.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it('practice, qualifying and race are told as such, once each; a title that comes late tells it late', () => {
    const started = all('start-session').map(({ session }) => session);
    expect(new Set(started).size).toBe(started.length);
    const stages = new Map([...all('start-session'), ...all('update-competition-metadata-stage')].map(({ session, stage }) => [session, stage]));
    const told = started.map((session) => stages.get(session));
    expect(told).toEqual(day.stages.slice(-told.length));
    expect(told.at(-1)).toBe('race');
  });

  it('a lap is one action, however its cells are split, repainted or sent again', () => {
    const keys = keysOf(all('add-lap'));
    expect(keys.length).toBeGreaterThan(100);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('as many laps and stops are valid as the rows count', () => {
    const { rows, lapList, stopList } = day.state.view();
    for (const { code, laps, stops } of rows) {
      const joined = dialect === 'it-joined-late';
      const listed = [lapList, stopList].map((list) => list.filter((entry) => entry.code === code && entry.valid).length);
      expect({ code, counts: [laps, stops] }).toEqual({ code, counts: joined ? [laps, stops] : listed });
    }
  });

  it('a stop has one beginning and at most one end, which comes after it', () => {
    const begun = keysOf(all('add-pit-in'));
    const ended = keysOf(all('add-pit-out'));
    expect(begun.length).toBeGreaterThan(0);
    expect(new Set(ended).size).toBe(ended.length);
    expect(ended.filter((key) => !begun.includes(key))).toEqual([]);
  });

  it('a page that is sent again tells nothing but itself, at any moment', () => {
    expect(day.beside).toEqual([]);
  });

  it('who leads has a gap of nothing, and those behind him one of something', () => {
    const [leader, ...others] = day.state.view().rows;
    const hasGaps = others.some(({ gap }) => gap !== null);
    expect(leader?.gap).toEqual({ value: 0, unit: 'millis' });
    if (hasGaps) expect(others.filter(({ gap }) => gap?.value === 0 && gap.unit === 'laps')).toEqual([]);
  });
});
