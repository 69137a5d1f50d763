import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DIALECTS, FRAME_FAULTS } from '@lts/race-simulator';

const PROGRAM = resolve(dirname(fileURLToPath(import.meta.url)), '../../../bench/truth-against-parse.mjs');
const RACES = 2 * DIALECTS.length;

function compare(...flags: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [PROGRAM, ...flags], { encoding: 'utf8' });
}

describe('simulated races through the command that parses recordings', () => {
  it('give laps, stops, positions and bests as they were, in every dialect', () => {
    const { status, stdout, stderr } = compare('--races', String(RACES), '--seed', '1');
    expect({ status, stderr, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`${RACES} races, 0 with disagreements`) });
    for (const { name } of DIALECTS) expect(stdout).toMatch(new RegExp(`^${name} +2 +[1-9]\\d* +\\d+ +[1-9]`, 'm'));
  }, 240_000);

  it.each(FRAME_FAULTS.filter(({ loses }) => !loses).map(({ name }) => name))('give the same when the frames are damaged by %s, which loses nothing', (name) => {
    const { status, stderr, stdout } = compare('--races', String(DIALECTS.length), '--seed', '11', '--hours', '0.25', '--faults', name);
    expect({ status, stderr, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`${DIALECTS.length} races, 0 with disagreements`) });
  }, 120_000);

  it('hold what the page tells that comes after frames were lost, damaged and disordered', () => {
    const lossy = FRAME_FAULTS.map(({ name }) => name).join(',');
    const { status, stderr, stdout } = compare('--races', String(DIALECTS.length), '--seed', '21', '--hours', '0.5', '--faults', lossy, '--last_page');
    expect({ status, stderr, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(`${DIALECTS.length} races, 0 with disagreements`) });
    for (const { name } of DIALECTS) expect(stdout).toMatch(new RegExp(`^${name} +1 +0 +0 +[1-9]`, 'm'));
  }, 120_000);

  it('give the same through the command itself, in a process of its own', () => {
    const { status, stderr, stdout } = compare('--races', '3', '--seed', '4', '--hours', '0.25', '--command');
    expect({ status, stderr, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining('3 races, 0 with disagreements') });
  }, 120_000);

  it('show the disagreement, with the command that makes the race, when frames are lost', () => {
    const { status, stdout } = compare('--races', '1', '--seed', '1', '--hours', '1', '--faults', 'silent');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^npm run simulate -- --seed 1 .* --faults silent --recording race\.ndjson --truth truth\.jsonl\n {4}r\d+ lap entry \d+: \d+ in \d+ ms in the race, /);
    expect(stdout).toMatch(/^1 races, 1 with disagreements$/m);
  }, 120_000);
});
