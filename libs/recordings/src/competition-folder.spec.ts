import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { folderOfCompetition } from './competition-folder.js';

const nameOf = (code: string): string => basename(folderOfCompetition('/out', code));

describe(folderOfCompetition.name, () => {
  it.each([
    ['night-race_24', 'night-race_24'],
    ['../../etc', '%2E%2E%2F%2E%2E%2Fetc'],
    ['a/b', 'a%2Fb'],
    ['a\\b', 'a%5Cb'],
    ['.', '%2E'],
    ['..', '%2E%2E'],
    ['', '%'],
    ['CON', '%43ON'],
    ['lpt1', '%6Cpt1'],
    ['con.txt', 'con%2Etxt'],
    ['c:d*?"<>|', 'c%3Ad%2A%3F%22%3C%3E%7C'],
    ['a\u0000b\n', 'a%00b%0A'],
    ['ñu 🏁', '%C3%B1u%20%F0%9F%8F%81'],
    ['100%', '100%25'],
    ['night ', 'night%20'],
  ])('writes the code %j as %s', (code, name) => {
    expect(nameOf(code)).toBe(name);
  });

  it('stays inside the folder, in one segment that any file system takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (code) => {
        const folder = folderOfCompetition('/out', code);
        expect(dirname(resolve(folder))).toBe(resolve('/out'));
        expect(basename(folder)).toMatch(/^[A-Za-z0-9_%~-]{1,120}$/);
      }),
    );
  });

  it('gives two codes two folders', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.string({ unit: 'grapheme', maxLength: 60 }), (one, other) => expect(nameOf(one) === nameOf(other)).toBe(one === other)));
  });

  it('keeps very long codes apart that begin alike', () => {
    const [one, other] = [`${'x'.repeat(5_000)}1`, `${'x'.repeat(5_000)}2`];
    expect(nameOf(one)).not.toBe(nameOf(other));
    expect(nameOf(one)).toHaveLength(120);
  });

  it('gives names that can be made, also for the worst codes', () => {
    const folder = mkdtempSync(join(tmpdir(), 'folders-'));
    for (const code of ['..', 'a/../../b', 'ñ'.repeat(200), 'NUL', '\u0000']) mkdirSync(folderOfCompetition(folder, code));
    rmSync(folder, { recursive: true });
  });
});
