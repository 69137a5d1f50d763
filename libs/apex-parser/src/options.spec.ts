import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMITS } from './options.js';

describe('the limits', () => {
  it('are those that docs/protocol.md lists', () => {
    const document = readFileSync(new URL('../../../docs/protocol.md', import.meta.url), 'utf8');
    const listed = [...document.matchAll(/^\| `(\w+)` \| (\d+) \| [^|]+ \|$/gmu)].map(([, name = '', value]) => [name, Number(value)]);
    expect(Object.fromEntries(listed)).toEqual(DEFAULT_LIMITS);
  });
});
