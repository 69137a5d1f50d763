import { describe, expect, it } from '@jest/globals';
import { lapKind } from './lap-kind.js';

describe(lapKind.name, () => {
  it('tells the best of the session from the best of the row and from any other lap', () => {
    expect(lapKind(64_000, 64_000, 64_000)).toBe('session-best');
    expect(lapKind(64_500, 64_500, 64_000)).toBe('own-best');
    expect(lapKind(64_501, 64_500, 64_000)).toBe('');
  });

  it('marks no lap before there is one', () => expect(lapKind(0, 0, 0)).toBe(''));
});
