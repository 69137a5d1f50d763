import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { ACTION_TYPES, type Action } from '@lts/race-actions';
import { operationsOf } from './mappers.js';

const FRAME = '01KQHPHZEG0000000000000002';

/** Operations of one action, without the base of their paths. */
function mapped(action: Action, session = 2): [string, Record<string, unknown>][] {
  const actions = [{ ...action, id: `${FRAME}:0` }];
  const operations = operationsOf('cup', { frame: FRAME, at_ms: 5, session, actions });
  for (const { id, path } of operations) {
    expect(id).toBe(`${FRAME}:0`);
    expect(path.startsWith('/v1/c/~cup/')).toBe(true);
  }
  return operations.map(({ method, path, body }) => [`${method} ${path.slice('/v1/c/~cup/'.length)}`, body]);
}

const row = { participant_code: 'r1' };
const facts = { session: 2, stage: 'race', stage_text: 'RACE', title1: 'CUP', title2: 'RACE', ranking: 'laps', track: 'NORTH' } as const;
const lap = { ...row, ordinal: 7, lap: 6, time_ms: 61_000, driver: 'ANNA', at_ms: 9, sectors: [], in_lap: false, out_lap: true, valid: true, reason: null };

const EXAMPLES: { [Type in Action['type']]: [Extract<Action, { type: Type }>['data'], string[]] } = {
  'start-session': [facts, ['PUT sessions/~2']],
  'update-session': [facts, ['PUT sessions/~2']],
  initialize: [
    {
      ...facts,
      status: 'ongoing',
      flag: 'green',
      remaining_length: { value: 5, unit: 'laps' },
      parsers_settings: { 'timing-lap': 'c6' },
      participants: [{ ...row, position: 1, kart_number: 7, number_text: '7', team_name: 'OWLS', driver_name: 'ANNA', laps: 3, last_time: 61_000, best_time: null, gap: null, interval: { value: 2, unit: 'laps' }, number_pits: 1, pit_time: null, state: 'running' }],
    },
    ['PUT sessions/~2', 'PUT metadata', 'PUT metadata/flag', 'DELETE parsers/settings', 'PUT parsers/settings/~timing-lap', 'PUT teams/~r1', 'PUT teams/~r1/drivers/~ANNA', 'PUT timing/teams/~r1'],
  ],
  'update-team': [{ ...row, name: 'OWLS', number: 7, number_text: '7' }, ['PUT teams/~r1']],
  'update-driver': [{ ...row, name: 'ANNA B', total_driving_time: 60_000 }, ['PUT teams/~r1/drivers/~ANNA%20B', 'PUT timing/teams/~r1/driver', 'PUT drivers/~r1%3AANNA%20B/total_driving_time']],
  'update-driver-total-driving-time': [{ ...row, name: 'ANNA', total_driving_time: 60_000 }, ['PUT teams/~r1/drivers/~ANNA', 'PUT drivers/~r1%3AANNA/total_driving_time']],
  'remove-participant': [row, ['DELETE timing/teams/~r1']],
  'add-lap': [lap, ['PUT sessions/~2/laps/~r1%3A7']],
  'update-lap': [{ ...row, ordinal: 7, time_ms: 61_100 }, ['PUT sessions/~2/laps/~r1%3A7']],
  'withdraw-laps': [{ ...row, ordinals: [7, 6], laps: 4, reason: 'rollback', at_ms: 9 }, ['PUT sessions/~2/laps/~r1%3A7', 'PUT sessions/~2/laps/~r1%3A6', 'PUT timing/teams/~r1/lap']],
  'add-pit-in': [{ ...row, ordinal: 2, stop: 2, lap: 30, driver: 'ANNA', at_ms: 9, source: 'message' }, ['PUT teams/~r1/drivers/~ANNA', 'PUT sessions/~2/stops/~r1%3A2']],
  'add-pit-out': [{ ...row, ordinal: 2, stop: 2, driver: null, at_ms: 99, duration_ms: 90, source: 'column' }, ['PUT sessions/~2/stops/~r1%3A2']],
  'update-stop': [{ ...row, ordinal: 2, stop: 2, duration_ms: 91, at_ms: 9 }, ['PUT sessions/~2/stops/~r1%3A2']],
  'withdraw-stop': [{ ...row, ordinal: 2, stop: 2, number_pits: 1, reason: 'withdrawn', at_ms: 9 }, ['PUT sessions/~2/stops/~r1%3A2', 'PUT timing/teams/~r1/number_pits']],
  'update-timing-position': [{ ...row, position: 3 }, ['PUT timing/teams/~r1/position']],
  'update-timing-lap': [{ ...row, lap: 3 }, ['PUT timing/teams/~r1/lap']],
  'update-timing-last-time': [{ ...row, last_time: null }, ['PUT timing/teams/~r1/last_time']],
  'update-timing-best-time': [{ ...row, best_time: 60_000 }, ['PUT timing/teams/~r1/best_time']],
  'update-timing-gap': [{ ...row, gap: null }, ['PUT timing/teams/~r1/gap']],
  'update-timing-interval': [{ ...row, interval: { value: 300, unit: 'millis' } }, ['PUT timing/teams/~r1/interval']],
  'update-timing-number-pits': [{ ...row, number_pits: 3 }, ['PUT timing/teams/~r1/number_pits']],
  'update-timing-pit-time': [{ ...row, pit_time: 10_000 }, ['PUT timing/teams/~r1/pit_time']],
  'update-timing-sector': [{ ...row, sector: 2, time_ms: 20_000 }, ['PUT timing/teams/~r1/sectors']],
  'update-row-state': [{ ...row, state: 'in-pit' }, ['PUT timing/teams/~r1/state']],
  'update-competition-metadata-remaining': [{ remaining_length: { value: 9, unit: 'millis' } }, ['PUT metadata/remaining_length']],
  'update-competition-metadata-status': [{ status: 'finished' }, ['PUT metadata/status']],
  'update-competition-metadata-stage': [{ stage: 'unknown', stage_text: 'X' }, ['PUT metadata/stage']],
  'update-flag': [{ flag: 'yellow', text: 'ly' }, ['PUT metadata/flag']],
  'add-message': [{ kind: 'green', text: 'Start', number_text: null, clock: '10:00', channel: 'log' }, [`PUT sessions/~2/messages/~${FRAME}%3A0`]],
  'add-penalty': [{ ...row, text: '1 lap', laps: 1, seconds: null, at_ms: 9 }, [`PUT sessions/~2/penalties/~${FRAME}%3A0`]],
  'update-message': [{ ordinal: 3, shown: false }, []],
  'update-participant-details': [{ ...row, category: 'PRO', nationality: 'ESP', plate: 'no11' }, ['PUT teams/~r1/details']],
  'update-free-cell': [{ ...row, column: 9, type: '', label: 'Km/h', text: '61.4' }, []],
  'update-best-lap': [{ ...row, time_ms: 61_000 }, []],
  'update-timing-stint-time': [{ ...row, stint_time: 3_240_000 }, []],
  'update-race-lap': [{ ...row, lap: 604 }, []],
  'update-clock': [{ clock: 1, kind: 'elapsed', millis: 9, laps_done: null, laps_total: null, text: '9' }, []],
  'update-weather': [{ sky: 'rain', air_text: '', track_text: '' }, []],
  'update-session-best': [{ place: 1, label: 'S1', number_text: '7', text: '20.100', time_ms: 20_100 }, []],
  'update-style': [{ name: 'no11', colour: '#0080FF' }, []],
};

describe(operationsOf.name, () => {
  it.each(ACTION_TYPES)('maps %s to its operations', (type) => {
    const [data, operations] = EXAMPLES[type];
    expect(mapped({ type, data } as Action).map(([operation]) => operation)).toEqual(operations);
  });

  it('gives null times as 0, which the contract takes for none', () => {
    expect(mapped({ type: 'update-timing-last-time', data: { ...row, last_time: null } })[0]?.[1]).toEqual({ last_time: 0, auto_best_time: false });
    expect(mapped({ type: 'initialize', data: EXAMPLES.initialize[0] }).at(-1)?.[1]).toMatchObject({ best_time: 0, last_time: 61_000, gap: null, gap_unit: null, interval: 2, interval_unit: 'laps', auto_other_positions: false });
  });

  it('leaves out a stage that nobody knows, and keeps its text', () => {
    expect(mapped({ type: 'update-competition-metadata-stage', data: { stage: 'unknown', stage_text: 'X' } })[0]?.[1]).toEqual({ stage_text: 'X' });
  });

  it('changes only the fields of a lap or stop that the action gives', () => {
    expect(mapped({ type: 'update-lap', data: { ...row, ordinal: 7, time_ms: 61_100 } })[0]?.[1]).toEqual({ lap_time: 61_100 });
    expect(mapped({ type: 'update-stop', data: { ...row, ordinal: 2, stop: 2, driver: 'ANNA', at_ms: 9 } })[0]?.[1]).toEqual({ driver_id: '~ANNA' });
  });

  it('keeps hostile codes and names inside their segment', () => {
    const [[operation] = ['']] = mapped({ type: 'update-driver', data: { participant_code: 'r/1', name: '../x?y#z', total_driving_time: null } });
    expect(operation).toBe('PUT teams/~r%2F1/drivers/~..%2Fx%3Fy%23z');
  });

  it('passes over kinds of action that it does not know', () => {
    const unknown = { id: `${FRAME}:0`, type: 'from-the-future', data: {} } as unknown as Parameters<typeof operationsOf>[1]['actions'][number];
    expect(operationsOf('cup', { frame: FRAME, at_ms: 5, session: 1, actions: [unknown] })).toEqual([]);
  });
});

describe('the table of docs/protocol.md', () => {
  const document = readFileSync(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8');
  const table = new Map([...document.matchAll(/^\| `([a-z-]+)` \| [^|]+ \| ([^|]+) \|$/gmu)].map(([, type = '', places = '']) => [type, places]));

  it.each(ACTION_TYPES)('says what becomes of %s', (type) => {
    const [data] = EXAMPLES[type];
    const paths = mapped({ type, data } as Action).map(([operation]) => operation.replace(/^[A-Z]+ /u, '').replace(/~[^/]+/gu, '…'));
    const places = [...(table.get(type) ?? '').matchAll(/`([^`]+)`/gu)].map(([, place = '']) => place);
    expect(table.has(type)).toBe(true);
    for (const place of places) expect(paths.some((path) => path.startsWith(place))).toBe(true);
    expect(places.length > 0).toBe(paths.length > 0);
  });
});
