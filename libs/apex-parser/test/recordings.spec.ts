import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { describeWithRecordings } from '@lts/testing';
import { CompetitionState, type FrameOutcome, type StateDocument } from '../src/index.js';
import { payloads, typesOf } from './invented-feed.js';
import { recordedFrames, recordingNames } from './recorded-frames.js';

const ENDURANCE = 'endurance-12h-es';

function lastOf<T>(list: readonly T[]): T {
  const last = list.at(-1);
  if (last === undefined) throw new Error('The list is empty.');
  return last;
}

function ofRow<T extends { code: string }>(list: readonly T[], code: string): T[] {
  return list.filter((entry) => entry.code === code);
}

const classification = ({ rows }: StateDocument) =>
  rows.map(({ code, position, team, laps, lastLapMs, bestLapMs, stops }) => ({ code, position, team, laps, lastLapMs, bestLapMs, stops }));

describeWithRecordings('a race of twelve hours', (folder) => {
  const frames = folder === '' ? [] : recordedFrames(folder, ENDURANCE);
  const state = new CompetitionState();
  const outcomes: FrameOutcome[] = frames.slice(0, -1).map((frame) => state.apply(frame));
  const beforeLastPage = state.view();
  if (frames.length > 0) outcomes.push(state.apply(lastOf(frames)));
  const final = state.view();

  it('has only dirt in its unknown lines', () => {
    expect(outcomes.reduce((sum, { counts }) => sum + counts.unknown, 0)).toBe(395);
    const isProtocol = /^(r\d+(c\d+)?|[bc]r\d+c\d+|[a-z_]+\d?)\|/u;
    expect(outcomes.flatMap(({ unknownLines }) => unknownLines.filter(({ text }) => isProtocol.test(text)))).toEqual([]);
  });

  it('holds the final classification before its last page tells it', () => {
    const page = new CompetitionState();
    page.apply(lastOf(frames));
    expect(classification(page.view())).toHaveLength(18);
    expect(classification(beforeLastPage)).toEqual(classification(page.view()));
  });

  it('learns nothing of laps and stops from its last page', () => {
    expect(typesOf(lastOf(outcomes))).toEqual(['initialize']);
  });

  it('has as many valid laps and stops of each row as the row counts', () => {
    expect(final.rows[0]).toMatchObject({ laps: 604 });
    for (const { code, laps, stops } of final.rows) {
      expect(stops).toBe(16);
      expect(ofRow(final.lapList, code).filter(({ valid }) => valid)).toHaveLength(laps);
      expect(ofRow(final.stopList, code).filter(({ valid }) => valid)).toHaveLength(stops);
    }
  });

  it('has the best lap of each row among its valid laps', () => {
    for (const { code, bestLapMs } of final.rows) {
      const times = ofRow(final.lapList, code).flatMap(({ valid, timeMs, reason }) => (valid && timeMs !== null && reason === null ? [timeMs] : []));
      expect(Math.min(...times)).toBe(bestLapMs);
    }
  });

  it('keeps the laps and stops that the rollback took back', () => {
    const reasons = new Set(final.rows.flatMap(({ code }) => ofRow(final.lapList, code).filter(({ valid }) => !valid).map(({ reason }) => reason)));
    expect(reasons).toEqual(new Set(['rollback', 'withdrawn']));
    for (const { code } of final.rows) {
      expect(ofRow(final.lapList, code).some(({ reason }) => reason === 'rollback')).toBe(true);
      expect(ofRow(final.stopList, code).some(({ valid, reason }) => !valid && reason === 'rollback')).toBe(true);
    }
  });

  it('numbers the valid laps of each row from one without a hole', () => {
    for (const { code, laps } of final.rows) {
      const numbers = ofRow(final.lapList, code).filter(({ valid }) => valid).map(({ lap }) => lap);
      expect(numbers).toEqual(Array.from({ length: laps }, (_value, index) => index + 1));
    }
  });

  it('gives no ordinal of a row to two laps', () => {
    const keys = outcomes.flatMap((outcome) => payloads(outcome, 'add-lap').map(({ participant_code, ordinal }) => `${outcome.session}:${participant_code}:${ordinal}`));
    expect(keys.length).toBeGreaterThan(11_000);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('is two sessions, however often its pages are sent again', () => {
    expect(outcomes.flatMap((outcome) => payloads(outcome, 'start-session')).map(({ session, stage }) => [session, stage])).toEqual([[1, 'qualifying'], [2, 'race']]);
    expect(outcomes.filter(({ isInit }) => isInit)).toHaveLength(9);
    for (const outcome of outcomes) expect(typesOf(outcome).filter((type) => type === 'initialize')).toHaveLength(outcome.isInit ? 1 : 0);
  });

  it.each([0.1, 0.35, 0.6, 0.7971, 0.82, 0.97])('is the same race when it is restored after %d of its frames', (share) => {
    const cut = Math.floor(frames.length * share);
    const before = new CompetitionState();
    for (const frame of frames.slice(0, cut)) before.apply(frame);
    const stored: unknown = JSON.parse(JSON.stringify(before.snapshot()));
    const after = CompetitionState.restore(stored);
    let differing = 0;
    frames.slice(cut).forEach((frame, index) => {
      if (JSON.stringify(after.apply(frame)) !== JSON.stringify(outcomes[cut + index])) differing += 1;
    });
    expect(differing).toBe(0);
    expect(after.view()).toEqual(final);
  });
});

describeWithRecordings('all recordings', (folder) => {
  const recordings = recordingNames(folder).filter((name) => name !== ENDURANCE);
  const messages = folder === '' ? [] : readdirSync(join(folder, 'messages')).filter((file) => file.endsWith('.txt'));

  it.each(recordings)('%s is understood line by line, and tells laps', (file) => {
    const state = new CompetitionState();
    const outcomes = recordedFrames(folder, file).map((frame) => state.apply(frame));
    expect(outcomes.reduce((sum, { counts }) => sum + counts.unknown, 0)).toBe(0);
    expect(outcomes.some((outcome) => payloads(outcome, 'add-lap').length > 0)).toBe(true);
    expect(outcomes.flatMap(({ warnings }) => warnings)).toEqual([]);
  });

  it.each(recordings)('%s goes on as if nothing had happened when it is restored at any place', (file) => {
    const frames = recordedFrames(folder, file);
    const whole = new CompetitionState();
    const outcomes = frames.map((frame) => JSON.stringify(whole.apply(frame)));
    for (const share of [0.07, 0.31, 0.5, 0.83]) {
      const cut = Math.floor(frames.length * share);
      const before = new CompetitionState();
      for (const frame of frames.slice(0, cut)) before.apply(frame);
      const after = CompetitionState.restore(JSON.parse(JSON.stringify(before.snapshot())));
      expect(frames.slice(cut).findIndex((frame, index) => JSON.stringify(after.apply(frame)) !== outcomes[cut + index])).toBe(-1);
      expect(after.view()).toEqual(whole.view());
    }
  });

  it.each(messages.length > 0 ? messages : ['none'])('%s is understood', (file) => {
    const text = readFileSync(join(folder, 'messages', file), 'utf8');
    const outcome = new CompetitionState().apply({ atMs: 1_700_000_000_000, text });
    expect(outcome.counts.lines).toBeGreaterThan(0);
    expect(outcome.unknownLines).toEqual([]);
    expect(payloads(outcome, 'initialize')).toHaveLength(file.startsWith('init') ? 1 : 0);
  });
});
