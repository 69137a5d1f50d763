import { describe, expect, it } from '@jest/globals';
import { FeedReader } from '../../test/feed-reader.js';
import { run } from '../../test/simulated-day.js';
import type { SimulatedFrame } from '../simulated-frame.js';
import { FRAME_FAULTS, withFaults } from './with-faults.js';

const { frames } = run({ hours: 1, teams: 6, eventful: true });
const NAMES = FRAME_FAULTS.map(({ name }) => name);

function damaged(...faults: string[]): SimulatedFrame[] {
  return [...withFaults(frames, faults, 7)];
}

function text(some: readonly SimulatedFrame[]): string {
  return some.map((frame) => frame.text).join('');
}

function tableOf(some: readonly SimulatedFrame[]): unknown {
  const reader = new FeedReader();
  for (const frame of some) reader.read(frame.text);
  return reader.table();
}

describe(withFaults.name, () => {
  it('leaves the frames alone without faults', () => {
    expect(damaged()).toEqual(frames);
  });

  it('lists the known names when it is asked for another one, at once', () => {
    expect(() => withFaults([], ['repeated', 'burnt'], 1)).toThrow(`There is no fault 'burnt'; there are ${NAMES.join(', ')}.`);
  });

  it.each(NAMES)('does some damage by %s, the same for the same seed and other for another', (name) => {
    expect(damaged(name)).not.toEqual(frames);
    expect(damaged(name)).toEqual(damaged(name));
    expect([...withFaults(frames, [name], 8)]).not.toEqual(damaged(name));
  });

  it.each(FRAME_FAULTS.filter(({ loses }) => !loses).map(({ name }) => name))('leaves a reader with the same table in the end when %s loses nothing', (name) => {
    expect(tableOf(damaged(name))).toEqual(tableOf(frames));
  });

  it('tears and joins without changing a byte', () => {
    expect(text(damaged('torn'))).toBe(text(frames));
    expect(text(damaged('joined'))).toBe(text(frames));
    expect(damaged('torn').length).toBeGreaterThan(frames.length);
    expect(damaged('joined').length).toBeLessThan(frames.length);
  });

  it('joins only what leaves within a second', () => {
    const sentAtMs = new Map<string, number>();
    for (const { atMs, text: whole } of frames) for (const line of whole.split('\n')) if (line !== '') sentAtMs.set(line, atMs);
    const lateness = damaged('joined').map(({ atMs, text: whole }) => atMs - (sentAtMs.get(whole.split('\n', 1)[0] ?? '') ?? atMs));
    expect(Math.max(...lateness)).toBeGreaterThan(0);
    expect(Math.max(...lateness)).toBeLessThanOrEqual(1_000);
  });

  it('repeats frames right after themselves', () => {
    const twice = damaged('repeated').filter((frame, index, all) => frame === all[index - 1]);
    expect(twice).toHaveLength(damaged('repeated').length - frames.length);
  });

  it('loses what lies in an outage and brings the page up to date after it', () => {
    const rest = damaged('outage');
    const kept = new Set(rest.map((frame) => frame.text));
    expect(frames.filter((frame) => !kept.has(frame.text)).length).toBeGreaterThan(20);
    expect(rest.filter((frame) => frame.text.startsWith('init|r|')).length).toBeGreaterThan(frames.filter((frame) => frame.text.startsWith('init|r|')).length);
    expect(tableOf(rest)).toEqual(tableOf(frames));
  });

  it('steps the clock back as well as forward', () => {
    const steps = damaged('clock-steps').map(({ atMs }, index) => atMs - (frames[index]?.atMs ?? 0));
    expect(Math.max(...steps)).toBeGreaterThan(1_000);
    expect(Math.min(...steps)).toBeLessThan(-1_000);
  });

  it('sends no first page when pages are missing', () => {
    expect(frames[0]?.text.startsWith('init|')).toBe(true);
    expect(damaged('missing-page')[0]?.text.startsWith('init|')).toBe(false);
  });

  it('puts junk between lines that no line of the protocol looks like', () => {
    const junk = text(damaged('garbage'));
    expect(junk).toContain('GET / HTTP/1.1');
    expect(junk.length).toBeGreaterThan(text(frames).length);
  });
});
