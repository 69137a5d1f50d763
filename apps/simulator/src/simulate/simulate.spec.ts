import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DIALECTS, FRAME_FAULTS, RULE_SETS } from '@lts/race-simulator';
import { readEnv } from '@lts/env';
import { type RecordedFrame, readRecording } from '@lts/recordings';
import { FAULTS } from '../choices.js';
import { SimulateEnv } from './env.js';
import { helpText } from './help-text.js';
import { simulate } from './simulate.js';

describe(simulate.name, () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulate-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function run(...argv: string[]): Promise<{ stdout: string; stderr: string }> {
    const outputs = { stdout: new PassThrough(), stderr: new PassThrough() };
    const heard = { stdout: '', stderr: '' };
    outputs.stdout.on('data', (chunk: Buffer) => (heard.stdout += chunk.toString()));
    outputs.stderr.on('data', (chunk: Buffer) => (heard.stderr += chunk.toString()));
    await simulate(readEnv(SimulateEnv, { argv: ['--hours', '0.2', '--teams', '5', ...argv], variables: {}, file: null }).env, outputs);
    return heard;
  }

  const at = (name: string): string => join(folder, name);
  async function framesOf(path: string): Promise<RecordedFrame[]> {
    const frames = [];
    for await (const frame of readRecording(path)) frames.push(frame);
    return frames;
  }

  it('writes a recording that can be read, packed when its name says so, and nothing to stdout', async () => {
    const { stdout, stderr } = await run('--recording', at('race.ndjson'));
    await run('--recording', at('race.ndjson.gz'));
    const frames = await framesOf(at('race.ndjson'));
    expect(frames[0]?.text).toMatch(/init\|/);
    expect(frames.some(({ text }) => text.includes('light|lf|'))).toBe(true);
    expect(gunzipSync(readFileSync(at('race.ndjson.gz'))).equals(readFileSync(at('race.ndjson')))).toBe(true);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^seed 24, \\S+, \\S+: ${frames.length} frames, \\d+ truth records, \\d+ ms\\n$`));
  });

  it('writes the same bytes for the same seed, and others for another', async () => {
    const races = [];
    for (const seed of ['7', '7', '8']) {
      await run('--seed', seed, '--recording', at('race.ndjson'), '--truth', at('truth.jsonl'));
      races.push(readFileSync(at('race.ndjson'), 'utf8') + readFileSync(at('truth.jsonl'), 'utf8'));
    }
    expect(races[1]).toBe(races[0]);
    expect(races[2]).not.toBe(races[0]);
  });

  it('gives the recording to standard output when it is asked to', async () => {
    const { stdout } = await run('--recording', '-');
    await run('--recording', at('race.ndjson'));
    expect(stdout).toBe(readFileSync(at('race.ndjson'), 'utf8'));
  });

  it('records what a client with a broken link sees', async () => {
    await run('--hours', '1', '--recording', at('whole.ndjson'));
    await run('--hours', '1', '--faults', 'cut', '--recording', at('cut.ndjson'));
    const pages = (frames: RecordedFrame[]): number => frames.filter(({ text }) => text.startsWith('init|')).length;
    const whole = await framesOf(at('whole.ndjson'));
    const cut = await framesOf(at('cut.ndjson'));
    expect(pages(cut)).toBeGreaterThan(pages(whole) + 3);
    expect(cut.length).toBeLessThan(whole.length);
  });

  it('says in one sentence what it cannot do', async () => {
    await expect(run()).rejects.toThrow('Nothing would be written. Give --recording FILE, --truth FILE or both.');
    await expect(run('--recording', at('x'), '--truth', at('x'))).rejects.toThrow('--recording and --truth name the same file.');
    await expect(run('--truth', at('x'), '--dialect', 'klingon')).rejects.toThrow(`--dialect knows no "klingon". Give one of: ${DIALECTS.map(({ name }) => name).join(', ')}.`);
    await expect(run('--truth', at('x'), '--rules', 'none')).rejects.toThrow('--rules knows no "none".');
    await expect(run('--truth', at('x'), '--faults', 'cut,luck')).rejects.toThrow('--faults knows no "luck".');
    await expect(run('--truth', at('x'), '--hours', 'x')).rejects.toThrow('--hours must be a number from 0.05 to 48');
    await expect(run('--hours', 'x', '--dialect', 'klingon', '--faults', 'luck')).rejects.toThrow(/^Nothing would be written.*\n--hours .*\n--dialect .*\n--faults .*$/);
  });

  it('says in one sentence that a file cannot be written, at the start and when the disk is full', async () => {
    await expect(run('--recording', at('no/such/folder/race.ndjson'))).rejects.toMatchObject({ code: 'LTS_RECORDING_UNWRITABLE', message: expect.stringContaining('cannot be written') });
    await expect(run('--recording', '/dev/full')).rejects.toMatchObject({ code: 'LTS_RECORDING_UNWRITABLE' });
    await expect(run('--hours', '3', '--teams', '20', '--recording', '/dev/full')).rejects.toMatchObject({ code: 'LTS_RECORDING_UNWRITABLE' });
  });

  it('names every dialect, every set of rules and every fault in its help', () => {
    const names = [...DIALECTS, ...RULE_SETS, ...FRAME_FAULTS].map(({ name }) => name);
    for (const name of [...names, 'cut', 'half-open', 'silent', 'flood']) expect(helpText()).toContain(`\n  ${name}\n`);
    expect(helpText()).toMatch(/\nFaults of the link to a client:\n {2}cut\n[^]*\nFaults of the frames, the same for every client:\n[^]*\n {2}outage\n/);
  });

  it('has no fault of the frames under the name of one of the link', () => {
    expect(new Set(FAULTS.map(({ name }) => name)).size).toBe(FAULTS.length);
  });
});
