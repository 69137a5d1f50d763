import { describe, expect, it } from '@jest/globals';
import type { ParkedMessage } from '@lts/messaging';
import { commandOf, isAskedFor } from './command.js';

describe(commandOf.name, () => {
  it('reads the commands with their topics and offsets', () => {
    expect(commandOf(['list'])).toEqual({ kind: 'list', topics: [] });
    expect(commandOf(['list', 'standard.parked', 'raw-messages'])).toEqual({ kind: 'list', topics: ['standard', 'raw-messages'] });
    expect(commandOf(['show', 'standard', '12'])).toEqual({ kind: 'show', topic: 'standard', span: { from: 12n, to: 12n } });
    expect(commandOf(['replay', 'standard.parked', '12-20'])).toEqual({ kind: 'replay', topic: 'standard', span: { from: 12n, to: 20n } });
    expect(commandOf(['replay', 'standard'])).toEqual({ kind: 'replay', topic: 'standard', span: null });
  });

  it.each([
    [[], 'Nothing is asked for.'],
    [['replya', 'standard'], '"replya" is no command.'],
    [['show'], 'Which topic? show needs its name'],
    [['show', 'standard', 'all'], '"all" is no offset'],
    [['replay', 'standard', '20-12'], 'The range 20-12 ends before it begins.'],
    [['replay', 'standard', '1', '2'], '"2" is too much'],
  ])('says what is wrong with %j', (words, sentence) => {
    expect(() => commandOf(words)).toThrow(sentence);
    expect(() => commandOf(words)).toThrow('The commands are list, show and replay');
  });
});

describe(isAskedFor.name, () => {
  const message: ParkedMessage = {
    place: { topic: 'standard.parked', partition: 0, offset: '12' },
    at: '2026-01-01T00:00:00.000Z',
    state: 'waiting',
    record: { at: null, code: 'LTS_API_REJECTED', message: 'No.', place: { topic: 'standard', partition: 3, offset: '99' }, key: 'cup', headers: {}, content: { kind: 'whole', value: {} } },
  };

  it('goes by the competition and by the place on the parked topic, both ends included', () => {
    const asked = (span: [bigint, bigint] | null, competition?: string): boolean => isAskedFor(message, { span: span === null ? null : { from: span[0], to: span[1] }, competition });
    expect([asked(null), asked([12n, 12n]), asked([0n, 12n], 'cup')]).toEqual([true, true, true]);
    expect([asked(null, 'final'), asked([13n, 99n]), asked([0n, 11n])]).toEqual([false, false, false]);
  });
});
