import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { frameId } from '@lts/contracts';
import { Simulation } from '@lts/race-simulator';
import { describeWithRecordings } from '@lts/testing';
import { type ArrivedFrame, CompetitionParser } from '../src/competition-parser.js';
import { memoryIn, stateRecord } from '../src/state-record.js';

/** A record must fit into one send of the transport. */
const MOST_RECORD_BYTES = 900_000;

function arrived(frames: readonly { atMs: number; text: string }[]): ArrivedFrame[] {
  return frames.map(({ atMs, text }, index) => ({ id: frameId({ timeMs: frames[0]!.atMs + index, counter: index + 1 }), atMs, source: 'test', text, place: { topic: 'raw-messages', partition: 0, offset: String(3 * index) } }));
}

/** What each frame leads to, as text. */
function recordsOf(parser: CompetitionParser, frames: readonly ArrivedFrame[]): string[] {
  return frames.map((frame) => {
    parser.fold(frame);
    const text = JSON.stringify(parser.outbox);
    parser.discard();
    return text;
  });
}

async function expectSameAfterCut(frames: ArrivedFrame[], whole: string[], cut: number): Promise<void> {
  const before = new CompetitionParser('cup', {});
  recordsOf(before, frames.slice(0, cut));
  const text = JSON.stringify(await stateRecord('cup', before.memory()));
  expect(text.length).toBeLessThan(MOST_RECORD_BYTES);
  const memory = await memoryIn(JSON.parse(text), 'cup');
  const after = CompetitionParser.restore('cup', {}, memory!);
  const differing = recordsOf(after, frames.slice(cut)).flatMap((record, index) => (record === whole[cut + index] ? [] : [cut + index]));
  expect(differing).toEqual([]);
  for (const frame of frames.slice(Math.max(0, cut - 50), cut)) expect(after.fold(frame).kind).toBe('repeat');
  expect(after.partial).toBe(false);
}

/** Cuts spread by chance, but the same in every run: `count` of them among `length` frames. */
function cutsOf(seed: number, count: number, length: number): number[] {
  let random = seed;
  return Array.from({ length: count }, () => (random = (random * 1_103_515_245 + 12_345) % 2 ** 31) % length);
}

describe('a state that was stored', () => {
  it.each([1, 2, 3, 4])('goes on as the fold from the first frame at random cuts of generated race %d', async (seed) => {
    const frames = arrived([...new Simulation({ seed, teams: 8, hours: 1 / 3, rules: 'short-stints-13h', dialect: 'es-endurance', startMs: Date.UTC(2026, 0, 1, 10), day: false, eventful: true }).frames()]);
    const whole = recordsOf(new CompetitionParser('cup', {}), frames);
    expect(whole.filter((text) => text !== '[]').length).toBeGreaterThan(100);
    for (const cut of cutsOf(seed, 8, frames.length)) await expectSameAfterCut(frames, whole, cut);
  }, 60_000);

  it('is not read when it is of another version or competition, or broken', async () => {
    const record = await stateRecord('cup', new CompetitionParser('cup', {}).memory());
    expect(await memoryIn(record, 'cup')).not.toBeNull();
    for (const broken of [undefined, null, 'text', {}, { ...record, version: 1 }, { ...record, competition: 'other' }, { ...record, state: 'H4sI' }, { ...record, state: '' }]) {
      expect(await memoryIn(broken, 'cup')).toBeNull();
    }
  });

  it('says whether its fold began in the middle of the competition', () => {
    const frames = arrived([{ atMs: 1_700_000_000_000, text: 'init|n|' }, { atMs: 1_700_000_001_000, text: 'init|n|' }]);
    const whole = new CompetitionParser('cup', {});
    const late = new CompetitionParser('cup', {});
    for (const frame of frames) whole.fold(frame);
    for (const frame of frames.slice(1)) late.fold(frame);
    expect([whole.partial, late.partial]).toEqual([false, true]);
    expect(CompetitionParser.restore('cup', {}, late.memory()).partial).toBe(true);
  });
});

describeWithRecordings('a stored state of a recorded race', (folder) => {
  const files = folder === '' ? [] : readdirSync(join(folder, 'recordings')).filter((file) => file.endsWith('.ndjson.gz'));

  it.each(files.length > 0 ? files : ['none'])('%s goes on as the fold from the first frame at random cuts', async (file) => {
    const lines = gunzipSync(readFileSync(join(folder, 'recordings', file))).toString('utf8').split('\n');
    const frames = arrived(lines.filter((line) => line !== '').map((line) => {
      const { receivedAtMs, text } = JSON.parse(line) as { receivedAtMs: number; text: string };
      return { atMs: receivedAtMs, text };
    }));
    const whole = recordsOf(new CompetitionParser('cup', {}), frames);
    for (const cut of [...cutsOf(frames.length, 3, frames.length), frames.length]) await expectSameAfterCut(frames, whole, cut);
  }, 300_000);
});
