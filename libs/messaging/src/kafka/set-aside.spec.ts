import { describe, expect, it } from '@jest/globals';
import { SetAside } from './set-aside.js';

describe(SetAside.name, () => {
  it('ends only when everything that the partition passed by is done', () => {
    const aside = new SetAside();
    aside.add('cup', { next: '10', passed: '12' });
    aside.pass('cup', '15');
    aside.advance('cup', 15n);
    expect(aside.rejoin('cup')).toBe(false);
    aside.advance('cup', 16n);
    expect(aside.rejoin('cup')).toBe(true);
    expect(aside.has('cup')).toBe(false);
  });

  it('carries the positions through a commit and back', () => {
    const before = new SetAside();
    before.add('cup "A"', { next: '10', passed: '12' });
    before.add('123', { next: '9007199254740993', passed: '9007199254740999' });
    const after = new SetAside();
    after.restore(before.text(), 9007199254741000n);
    expect(after.nextOf('cup "A"')).toBe(10n);
    expect(after.nextOf('123')).toBe(9007199254740993n);
    after.advance('cup "A"', 9007199254740999n);
    expect(after.rejoin('cup "A"')).toBe(false);
    after.advance('cup "A"', 9007199254741000n);
    expect(after.rejoin('cup "A"')).toBe(true);
  });

  it('takes a text of other origin for none', () => {
    for (const text of [null, '', 'by hand', '[]', '{"aside":3}', '{"aside":{"cup":"x"}}']) {
      const aside = new SetAside();
      aside.restore(text, 5n);
      expect(aside.competitions).toEqual([]);
      expect(aside.text()).toBe('');
    }
  });

  it('has room for as many competitions as a commit can carry', () => {
    const aside = new SetAside();
    let count = 0;
    for (; aside.fits(`a-competition-of-some-length-${count}`, '123456789'); count += 1) aside.add(`a-competition-of-some-length-${count}`, { next: '123456789', passed: '123456790' });
    expect(count).toBeGreaterThan(50);
    expect(Buffer.byteLength(aside.text())).toBeLessThanOrEqual(4_000);
  });
});
