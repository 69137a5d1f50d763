import { describe, expect, it } from '@jest/globals';
import type { Line } from './line.js';
import { Outbox } from './outbox.js';
import { Screen } from './screen.js';
import { spanishEndurance } from './dialects/spanish.js';

function outbox(): Outbox {
  return new Outbox(new Screen(spanishEndurance));
}

function cell(text: string, row = 'r1'): Line {
  return { kind: 'cell', row, column: 6, cls: 'in', text };
}

describe(Outbox.name, () => {
  it('makes one frame of all that falls into a slot of 200 ms', () => {
    const box = outbox();
    box.put(1_010, [cell('1')]);
    box.put(1_190, [cell('2', 'r2')]);
    box.put(1_201, [cell('3', 'r3')]);
    expect([...box.leave(2_000)]).toEqual([
      { atMs: 1_200, text: 'r1c6|in|1\nr2c6|in|2\n' },
      { atMs: 1_400, text: 'r3c6|in|3\n' },
    ]);
  });

  it('lets no later value of a cell overtake a delayed one', () => {
    const box = outbox();
    box.put(1_900, [cell('1')]);
    box.put(1_100, [cell('2')]);
    box.put(1_100, [cell('other', 'r2')]);
    expect([...box.leaveAll()].map(({ text }) => text)).toEqual(['r2c6|in|other\n', 'r1c6|in|1\nr1c6|in|2\n']);
  });

  it('shares the slot of what stands apart with nothing that came before it, and its frame with nothing at all', () => {
    const box = outbox();
    box.put(1_010, [cell('lap')]);
    box.putApart(1_020, [cell('taken back')]);
    box.put(1_030, [cell('of another', 'r2')]);
    box.put(1_040, [cell('next lap')]);
    expect([...box.leaveAll()]).toEqual([
      { atMs: 1_200, text: 'r1c6|in|lap\nr2c6|in|of another\n' },
      { atMs: 1_400, text: 'r1c6|in|taken back\n' },
      { atMs: 1_400, text: 'r1c6|in|next lap\n' },
    ]);
  });

  it('sends a page alone, in the order in which it was put in', () => {
    const box = outbox();
    box.put(1_000, [cell('1')]);
    box.putAlone(1_000, () => 'init|n|\n');
    box.put(1_000, [cell('2', 'r2')]);
    expect([...box.leaveAll()].map(({ text }) => text)).toEqual(['r1c6|in|1\n', 'init|n|\n', 'r2c6|in|2\n']);
  });

  it('sends an empty frame for each idle minute', () => {
    const box = outbox();
    box.put(1_000, [cell('1')]);
    box.put(151_000, [cell('2')]);
    expect([...box.leaveAll()].map(({ atMs, text }) => [atMs, text.length > 0])).toEqual([[1_000, true], [61_000, false], [121_000, false], [151_000, true]]);
  });

  it('keeps what is not due', () => {
    const box = outbox();
    box.put(1_000, [cell('1')]);
    expect([...box.leave(1_000)]).toEqual([]);
    expect([...box.leave(1_001)]).toHaveLength(1);
  });
});
