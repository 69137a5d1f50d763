import { describe, expect, it } from '@jest/globals';
import { MAX_MARKS, OurTeams, findOurRow } from './our-team.js';
import type { Row } from './live/messages.js';

function row(code: string, numberText: string): Row {
  return { code, numberText, position: 1, teamName: '', driverName: '', category: '', laps: 0, lastMs: 0, bestMs: 0, gap: null, interval: null, stops: 0, pitMs: null, state: 'running', atMs: null };
}

/** The part of the browser's storage that is used here. */
class MemoryStorage implements Storage {
  [name: string]: unknown;
  readonly texts = new Map<string, string>();
  get length(): number {
    return this.texts.size;
  }
  clear(): void {
    this.texts.clear();
  }
  key(): string | null {
    return null;
  }
  getItem(name: string): string | null {
    return this.texts.get(name) ?? null;
  }
  setItem(name: string, text: string): void {
    this.texts.set(name, text);
  }
  removeItem(name: string): void {
    this.texts.delete(name);
  }
}

describe(findOurRow.name, () => {
  const rows = [row('r1', '5'), row('r2', '7'), row('r3', '7')];

  it('finds the marked row', () => expect(findOurRow(rows, { code: 'r2', numberText: '7' })).toBe(rows[1]));

  it('follows the start number into another session, where the row has another id', () => {
    expect(findOurRow(rows, { code: 'r99', numberText: '5' })).toBe(rows[0]);
    expect(findOurRow(rows, { code: 'r2', numberText: '5' })).toBe(rows[0]);
  });

  it('guesses nothing when two rows have the number', () => expect(findOurRow(rows, { code: 'r99', numberText: '7' })).toBeNull());

  it('keeps the row when its number was corrected', () => expect(findOurRow(rows, { code: 'r1', numberText: '55' })).toBe(rows[0]));

  it('finds nothing without a mark', () => expect(findOurRow(rows, null)).toBeNull());
});

describe(OurTeams.name, () => {
  it('remembers one team of each competition over a reload', () => {
    const storage = new MemoryStorage();
    new OurTeams(storage).set('spring', { code: 'r1', numberText: '5' });
    new OurTeams(storage).set('autumn', { code: 'r2', numberText: '7' });
    expect(new OurTeams(storage).get('spring')).toEqual({ code: 'r1', numberText: '5' });
    new OurTeams(storage).set('spring', null);
    expect(new OurTeams(storage).get('spring')).toBeNull();
    expect(new OurTeams(storage).get('autumn')).toEqual({ code: 'r2', numberText: '7' });
  });

  it('forgets the oldest beyond its bound', () => {
    const teams = new OurTeams(new MemoryStorage());
    for (let index = 0; index <= MAX_MARKS; index += 1) teams.set(`c${index}`, { code: 'r1', numberText: '1' });
    expect(teams.get('c0')).toBeNull();
    expect(teams.get('c1')).not.toBeNull();
  });

  it('works without storage, and with one that holds nonsense', () => {
    const without = new OurTeams(null);
    without.set('spring', { code: 'r1', numberText: '5' });
    expect(without.get('spring')).toEqual({ code: 'r1', numberText: '5' });
    const storage = new MemoryStorage();
    for (const nonsense of ['{', '{"a":1}', '[3,["x"]]']) {
      storage.setItem('lts.our-team', nonsense);
      expect(new OurTeams(storage).get('spring')).toBeNull();
    }
  });
});
