import { describe, expect, it } from '@jest/globals';
import { hash, newSecret, seal, unseal } from './secrets.js';

describe(seal.name, () => {
  it('gives a text that only the same key opens', () => {
    const key = newSecret();
    const sealed = seal('a bearer', key);
    expect(sealed).not.toBe(seal('a bearer', key));
    expect(unseal(sealed, key)).toBe('a bearer');
    expect(unseal(sealed, newSecret())).toBeNull();
    expect(unseal(sealed, hash(key))).toBeNull();
    expect(unseal('', key)).toBeNull();
  });
});
