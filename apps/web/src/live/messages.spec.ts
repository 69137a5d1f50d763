import { describe, expect, it } from '@jest/globals';
import { MAX_ROWS, readMessage } from './messages.js';

const WHOLE_ROW = {
  participant_code: 'r12', position: 4, number: 7, number_text: '007', team_name: 'Polaris', driver_name: 'Sanna', category: 'PRO', lap: 88, last_time: 64_500, best_time: 64_212,
  gap: { value: 2, unit: 'laps' }, interval: { value: 317, unit: 'millis' }, number_pits: 3, pit_time: 185_000, state: 'in-pit', at_ms: 1_700_000_000_000,
};

describe(readMessage.name, () => {
  it('reads a snapshot with competition, metadata, rows and clock', () => {
    const message = readMessage('snapshot', JSON.stringify({
      competition: { id: 3, code: 'nc', name: 'Night Cup', track: 'Riverside' },
      metadata: { session: 2, stage: 'race', stage_text: 'Race', status: 'ongoing', flag: 'green', remaining_length: 90_000, remaining_length_unit: 'millis', title1: 'A', title2: 'B' },
      rows: [WHOLE_ROW],
      clock: { last_frame_at_ms: 1, applied_at_ms: 2, now_ms: 3 },
    }));
    expect(message).toEqual({
      kind: 'snapshot',
      competition: { code: 'nc', name: 'Night Cup', track: 'Riverside' },
      metadata: { session: 2, stage: 'race', stageText: 'Race', status: 'ongoing', flag: 'green', remaining: { value: 90_000, unit: 'millis' }, title1: 'A', title2: 'B' },
      rows: [{
        code: 'r12', position: 4, numberText: '007', teamName: 'Polaris', driverName: 'Sanna', category: 'PRO', laps: 88, lastMs: 64_500, bestMs: 64_212,
        gap: { value: 2, unit: 'laps' }, interval: { value: 317, unit: 'millis' }, stops: 3, pitMs: 185_000, state: 'in-pit', atMs: 1_700_000_000_000,
      }],
      clock: { lastFrameAtMs: 1, appliedAtMs: 2, nowMs: 3 },
    });
  });

  it('keeps metadata null in a change that says nothing about them', () => {
    expect(readMessage('change', '{"removed":["r3"],"clock":{"now_ms":5}}')).toEqual({
      kind: 'change', metadata: null, rows: [], removed: ['r3'], clock: { lastFrameAtMs: null, appliedAtMs: null, nowMs: 5 },
    });
  });

  it('takes odd values as nothing instead of failing', () => {
    const odd = { participant_code: 'r1', position: 'first', number: {}, lap: null, last_time: '1:04', gap: 'far', interval: { value: 1, unit: 'miles' }, state: 'flying', driver_name: 5 };
    const message = readMessage('change', JSON.stringify({ rows: [odd, 'no row', { position: 2 }], metadata: { flag: 'plaid' } }));
    expect(message).toMatchObject({
      metadata: { flag: 'unknown' },
      rows: [{ code: 'r1', position: 0, numberText: '', laps: 0, lastMs: 0, gap: null, interval: null, state: 'unknown', driverName: '', category: '' }],
    });
  });

  it('ignores rows beyond the limit', () => {
    const rows = Array.from({ length: MAX_ROWS + 5 }, (_, index) => ({ participant_code: `r${index}` }));
    expect(readMessage('change', JSON.stringify({ rows }))).toMatchObject({ rows: { length: MAX_ROWS } });
  });

  it('knows heartbeats, and leaves events of a later version alone', () => {
    expect(readMessage('heartbeat', '{"clock":{"now_ms":9}}')).toEqual({ kind: 'heartbeat', clock: { lastFrameAtMs: null, appliedAtMs: null, nowMs: 9 } });
    expect(readMessage('forecast', '{}')).toBeNull();
  });

  it('refuses what is not JSON', () => expect(() => readMessage('change', '{"rows":[')).toThrow(SyntaxError));
});
