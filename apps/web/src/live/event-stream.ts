/** One event of a stream of server-sent events. */
export interface StreamEvent {
  event: string;
  data: string;
  /** The last id the stream has given, also by an earlier event; empty when none. */
  id: string;
}

/** Most characters of one unfinished event; a full snapshot of five hundred rows has about 250 thousand. */
export const MAX_EVENT_CHARACTERS = 4_000_000;

/** Puts server-sent events together from pieces of text; lines end in LF or CRLF. */
export class EventAssembler {
  #rest = '';
  #event = '';
  #data: string[] = [];
  #characters = 0;
  #id: string;

  constructor(lastId = '') {
    this.#id = lastId;
  }

  /**
   * Takes the next piece of the stream and returns the events it completes.
   * @throws RangeError when one event grows beyond {@link MAX_EVENT_CHARACTERS}
   */
  push(piece: string): StreamEvent[] {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    const events: StreamEvent[] = [];
    for (const line of lines) this.#take(line.endsWith('\r') ? line.slice(0, -1) : line, events);
    if (this.#characters + this.#rest.length > MAX_EVENT_CHARACTERS) throw new RangeError('An event of the live stream is too long.');
    return events;
  }

  #take(line: string, events: StreamEvent[]): void {
    if (line === '') {
      if (this.#data.length > 0) events.push({ event: this.#event === '' ? 'message' : this.#event, data: this.#data.join('\n'), id: this.#id });
      this.#event = '';
      this.#data = [];
      this.#characters = 0;
      return;
    }
    const colon = line.indexOf(':');
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (name === 'event') this.#event = value;
    if (name === 'id') this.#id = value;
    if (name === 'data') {
      this.#data.push(value);
      this.#characters += value.length;
    }
  }
}

/**
 * Reads server-sent events from the body of a response until it ends.
 * @param onBytes called for every piece that arrives, also for comments: the sign of life of the link
 */
export async function* readEvents(body: ReadableStream<Uint8Array>, lastId: string, onBytes: () => void): AsyncGenerator<StreamEvent> {
  const assembler = new EventAssembler(lastId);
  const decoder = new TextDecoder();
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onBytes();
      yield* assembler.push(decoder.decode(value, { stream: true }));
    }
  } finally {
    // the link may already be gone; there is nobody left to tell
    await reader.cancel().catch(() => undefined);
  }
}
