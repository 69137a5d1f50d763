import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const PROGRAM = resolve(dirname(fileURLToPath(import.meta.url)), '../../../scripts/parse.mjs');
const HEADER = '<td data-id="c1" data-type="rk">Pos</td><td data-id="c2" data-type="gap">Pits</td><td data-id="c3" data-type="">Vueltas</td><td data-id="c4" data-type="">Club</td>';
const FRAMES = [
  `init|r|\ntitle2||CARRERA\ngrid||<tbody><tr data-id="r0" class="head">${HEADER}</tr><tr data-id="r7" data-pos="1"><td data-id="r7c3" class="in">4</td></tr></tbody>\nmsg||\n`,
  'r7c3|in|5\nr7|*|66000|\nr7c9|in|1\nr8|#|1',
  'GET / HTTP/1.1\n\u001b[31mred|x',
  `GET / HTTP/1.1\n${'?'.repeat(300)}`,
];

function parse(...flags: string[]): { status: number | null; stdout: string; stderr: string } {
  const path = join(mkdtempSync(join(tmpdir(), 'lts-parse-')), 'race.ndjson');
  writeFileSync(path, FRAMES.map((text, index) => `${JSON.stringify({ receivedAtMs: 1_700_000_000_000 + index * 1_000, text })}\n`).join(''));
  return spawnSync(process.execPath, [PROGRAM, ...flags, path], { encoding: 'utf8' });
}

describe('npm run parse', () => {
  it('--explain prints each line with the rule that takes it, and the columns of a table', () => {
    const { status, stdout, stderr } = parse('--explain');
    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.replace(/grid\|\|.*(…)/u, 'grid||$1'))).toEqual([
      '1:1       page            init|r|',
      '1:2       title           title2||CARRERA',
      expect.stringMatching(/^1:3 {7}table {11}grid\|\|… \(\d{3} characters\)$/u),
      '            c1   rk     "Pos"  position',
      '            c2   gap    "Pits"  gap, though its label says stops',
      '            c3   -      "Vueltas"  laps',
      '            c4   -      "Club"  free',
      '1:4       ticker          msg||',
      '2:1       laps            r7c3|in|5',
      '2:2       crossing        r7|*|66000|',
      '2:3       no-such-column  r7c9|in|1',
      '2:4       no-such-row     r8|#|1',
      '3:1       unknown         GET / HTTP/1.1',
      '3:2       unknown         \\u001b[31mred|x',
      '4:1       unknown         GET / HTTP/1.1',
      `4:2       unknown         ${'?'.repeat(160)} … (300 characters)`,
      '',
    ]);
    expect(stderr).toBe('4 frames, 12 lines, 4 of them unknown, 1 of rows and 1 of columns that no page has told of\n');
  }, 120_000);

  it('--unknown lists the lines that no rule takes, the most frequent first', () => {
    const { status, stdout } = parse('--unknown');
    expect(status).toBe(0);
    expect(stdout).toBe(`       2  GET / HTTP/1.1\n       1  \\u001b[31mred|x\n       1  ${'?'.repeat(160)} … (300 characters)\n`);
  }, 120_000);

  it('refuses two kinds of output at once in one sentence, and helps', () => {
    expect(parse('--unknown', '--state')).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('One of --state, --explain and --unknown at a time.') });
    expect(parse('--help')).toMatchObject({ status: 0, stdout: expect.stringMatching(/--explain[\s\S]*rule[\s\S]*--unknown/u) });
  }, 120_000);
});
