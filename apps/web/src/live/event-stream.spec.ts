import { describe, expect, it } from '@jest/globals';
import { EventAssembler, MAX_EVENT_CHARACTERS, readEvents } from './event-stream.js';
import type { StreamEvent } from './event-stream.js';

const STREAM = ': hello\n\nevent: snapshot\nid: 7\ndata: {"team":"Süd"}\n\nevent:change\r\ndata: one\r\ndata: two\r\n\r\nid: 8\ndata\n\n';
const EVENTS: StreamEvent[] = [
  { event: 'snapshot', id: '7', data: '{"team":"Süd"}' },
  { event: 'change', id: '7', data: 'one\ntwo' },
  { event: 'message', id: '8', data: '' },
];

describe(EventAssembler.name, () => {
  it('puts the same events together wherever the stream is cut', () => {
    for (let cut = 0; cut <= STREAM.length; cut += 1) {
      const assembler = new EventAssembler();
      expect([...assembler.push(STREAM.slice(0, cut)), ...assembler.push(STREAM.slice(cut))]).toEqual(EVENTS);
    }
  });

  it('keeps the id of an earlier link until the stream gives another', () => {
    expect(new EventAssembler('41').push('data: x\n\n')).toEqual([{ event: 'message', id: '41', data: 'x' }]);
  });

  it('does not deliver an event that the stream did not finish', () => {
    expect(new EventAssembler().push('event: change\ndata: {}\n')).toEqual([]);
  });

  it('refuses an event without end instead of growing', () => {
    const assembler = new EventAssembler();
    const piece = `data: ${'x'.repeat(1_000_000)}\n`;
    expect(() => {
      for (let length = 0; length <= MAX_EVENT_CHARACTERS; length += 1_000_000) assembler.push(piece);
    }).toThrow(RangeError);
    expect(() => new EventAssembler().push('x'.repeat(MAX_EVENT_CHARACTERS + 1))).toThrow(RangeError);
  });
});

describe(readEvents.name, () => {
  it('joins characters that were cut between two pieces, and reports every piece', async () => {
    const bytes = new TextEncoder().encode(STREAM);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
        controller.close();
      },
    });
    let pieces = 0;
    const events: StreamEvent[] = [];
    for await (const event of readEvents(body, '', () => (pieces += 1))) events.push(event);
    expect(events).toEqual(EVENTS);
    expect(pieces).toBe(bytes.length);
  });
});
