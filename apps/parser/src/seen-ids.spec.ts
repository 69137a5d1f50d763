import { describe, expect, it } from '@jest/globals';
import { SeenIds } from './seen-ids.js';

describe(SeenIds.name, () => {
  it('remembers the last 16,384 ids at least, and forgets old ones', () => {
    const seen = new SeenIds();
    const ids = Array.from({ length: 100_000 }, (_, index) => `id-${index}`);
    for (const id of ids) seen.add(id);
    expect(ids.slice(-16_384).every((id) => seen.has(id))).toBe(true);
    expect(ids.filter((id) => seen.has(id)).length).toBeLessThanOrEqual(32_768);
  });
});
