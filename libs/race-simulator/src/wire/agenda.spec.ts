import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../random/seeded-random.js';
import { Agenda } from './agenda.js';

describe(Agenda.name, () => {
  it('does things in order of time, those of one moment in the order in which they were put in', () => {
    const random = new SeededRandom(3);
    const agenda = new Agenda();
    const wanted = Array.from({ length: 500 }, (_, order) => ({ atMs: random.whole(0, 60), order }));
    const done: { atMs: number; order: number }[] = [];
    for (const thing of wanted) agenda.at(thing.atMs, () => done.push(thing));
    while (agenda.nextMs < Number.POSITIVE_INFINITY) agenda.act();
    expect(done).toEqual([...wanted].sort((left, right) => left.atMs - right.atMs || left.order - right.order));
  });

  it('takes what is put in while something is done', () => {
    const agenda = new Agenda();
    const done: string[] = [];
    agenda.at(1, () => {
      done.push('first');
      agenda.at(2, () => done.push('second'));
    });
    agenda.at(3, () => done.push('third'));
    while (agenda.nextMs < Number.POSITIVE_INFINITY) agenda.act();
    expect(done).toEqual(['first', 'second', 'third']);
  });
});
