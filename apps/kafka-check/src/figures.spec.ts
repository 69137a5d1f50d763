import { describe, expect, it } from '@jest/globals';
import { Figures } from './figures.js';

describe(Figures.name, () => {
  it('tells how many messages there were and how long they took', () => {
    const figures = new Figures();
    expect(figures.summary('sent')).toBe('0 messages sent');
    for (const tookMs of [1, 2, 6]) figures.add(tookMs);
    expect(figures.summary('sent')).toBe('3 messages sent, 3.0 ms on average, 6.0 ms at most');
  });
});
